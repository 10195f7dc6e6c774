"""The bulk action “Publish”, in which a refused page does not stop the others."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.pages.bulk_actions.publish import PublishBulkAction

from core.publishing.bulk_refusals import Tell, TellsOfRefusalsMixin
from core.publishing.metadata.form import UNMODERATED
from core.publishing.permissions import may_change_content, metadata_names
from core.publishing.versions import changes_content

ALIAS = _("It follows another page: publish that one.")


class GatedPublishBulkAction(TellsOfRefusalsMixin, PublishBulkAction):
    """Wagtail's action, which names refused pages and leaves them unchanged."""

    refusal = _("“{title}” was not published. {reasons}")

    @classmethod
    def execute_action(
        cls,
        objects: list[Any],
        include_descendants: bool = False,
        user: Any = None,
        tell: Tell = lambda page, reasons: None,
        **kwargs: Any,
    ) -> tuple[int, int]:
        """Publish each page, and each draft beneath it, separately.

        ``tell`` is called with each page that was refused, and why.

        Returns:
            How many pages were published, and how many beneath them.
        """
        parents = sum([_publish(page.specific, user, tell) for page in objects])
        drafts = _drafts_beneath(objects, user) if include_descendants else ()
        return parents, sum([_publish(draft, user, tell) for draft in drafts])


def _drafts_beneath(pages: list[Any], user: Any) -> Iterator[Any]:
    for page in pages:
        for draft in page.get_descendants().not_live().specific():
            if user is None or draft.permissions_for_user(user).can_publish():
                yield draft


def _publish(page: Any, user: Any, tell: Tell) -> bool:
    """Publish the latest version of ``page``, or report why it is refused."""
    try:
        with transaction.atomic():
            reasons = _try_to_publish(page, user)
    except ValidationError as refusal:
        reasons = refusal.messages
    if reasons:
        tell(page, reasons)
    return not reasons


def _try_to_publish(page: Any, user: Any) -> list[str]:
    if page.alias_of_id:
        return [str(ALIAS)]
    revision = page.get_latest_revision() or page.save_revision(user=user)
    if (
        user is not None
        and not may_change_content(user)
        and changes_content(revision.as_object(), metadata_names(type(page)))
    ):
        return [str(UNMODERATED)]
    revision.publish(user=user)
    return []
