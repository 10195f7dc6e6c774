"""Page permissions of users who may change metadata but not content."""

from typing import Any

from django.db.models import Model
from wagtail.admin.panels import ObjectList
from wagtail.models import PagePermissionTester

EDIT_CONTENT = "users.edit_page_content"


def may_change_content(user: Any) -> bool:
    """Return whether ``user`` may change page content."""
    return bool(user.has_perm(EDIT_CONTENT))


def metadata_names(page_type: type[Model]) -> frozenset[str]:
    """Return the fields and relations that a user without that right may change.

    It is what the promote tab declares, so that a panel's place decides.
    """
    tab = ObjectList(page_type.promote_panels)  # type: ignore[attr-defined]
    declared = tab.bind_to_model(page_type).get_form_options()
    return frozenset([*declared.get("fields", ()), *declared.get("formsets", ())])


class ContentPermissionTester(PagePermissionTester):
    """Wagtail's tester, in which a right to metadata is no right to unpublish.

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
