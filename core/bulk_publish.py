"""Publishing many pages at once, without one bad page holding the others back."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from wagtail.admin.views.pages.bulk_actions.publish import PublishBulkAction

from core import gate
from core.drafts import changes_content
from core.forms import METADATA_FIELDS, UNMODERATED
from core.permissions import may_change_content


class GatedPublishBulkAction(PublishBulkAction):
    """Wagtail's action; pages that the gate refuses are named and left as they are."""

    def prepare_action(self, objects: list[Any], objects_without_access: Any) -> Any:
        refused = [page for page in objects if self._refuses(page)]
        for page in refused:
            objects.remove(page)
        return super().prepare_action(objects, objects_without_access)

    def _refuses(self, page: Any) -> bool:
        latest = page.specific.get_latest_revision_as_object()
        reasons = " ".join(p.sentence for p in gate.publishing_problems(latest))
        if not may_change_content(self.request.user) and changes_content(
            latest, METADATA_FIELDS
        ):
            reasons = f"{UNMODERATED} {reasons}"
        if reasons:
            messages.error(self.request, f"“{page.title}” was not published. {reasons}")
        return bool(reasons)

    @classmethod
    def execute_action(
        cls,
        objects: list[Any],
        include_descendants: bool = False,
        user: Any = None,
        **kwargs: Any,
    ) -> tuple[int, int]:
        """Publish each page, and each draft beneath it, for itself.

        Returns:
            How many pages were published, and how many beneath them.
        """
        parents, _ = super().execute_action(objects, False, user=user, **kwargs)
        children = 0
        for page in objects if include_descendants else ():
            for draft in page.get_descendants().not_live().specific():
                if (
                    user is not None
                    and not draft.permissions_for_user(user).can_publish()
                ):
                    continue
                try:
                    with transaction.atomic():
                        revision = draft.get_latest_revision() or draft.save_revision(
                            user=user
                        )
                        revision.publish(user=user)
                except gate.PublishBlocked:
                    continue
                children += 1
        return parents, children
