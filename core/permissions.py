"""What somebody may do with a page who may not change what it says."""

from typing import Any

from wagtail.models import PagePermissionTester

EDIT_CONTENT = "users.edit_page_content"


def may_change_content(user: Any) -> bool:
    """Tell whether ``user`` may change what pages say."""
    return bool(user.has_perm(EDIT_CONTENT))


class ContentPermissionTester(PagePermissionTester):
    """Wagtail's tester; metadata alone is no right to take pages away.

    To Wagtail, who may change and publish a page may also delete, unpublish, sort and
    close it.
    """

    @property
    def _may_change_content(self) -> bool:
        return may_change_content(self.user)

    def can_add_subpage(self) -> bool:
        return self._may_change_content and bool(super().can_add_subpage())

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        return self._may_change_content and bool(super().can_delete(ignore_bulk))

    def can_copy(self) -> bool:
        return self._may_change_content and bool(super().can_copy())

    def can_unpublish(self) -> bool:
        return self._may_change_content and bool(super().can_unpublish())

    def can_unschedule(self) -> bool:
        return self._may_change_content and bool(super().can_unschedule())

    def can_reorder_children(self) -> bool:
        return self._may_change_content and bool(super().can_reorder_children())

    def can_set_view_restrictions(self) -> bool:
        return self._may_change_content and bool(super().can_set_view_restrictions())
