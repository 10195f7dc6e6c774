"""The bulk action “Publish”, in which a refused page does not stop the others."""

from collections.abc import Callable, Iterator
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin.views.pages.bulk_actions.publish import PublishBulkAction
from wagtail.models import Page

from core.publishing.bulk_refusals import Tell, TellsOfRefusalsMixin
from core.publishing.metadata.form import UNMODERATED
from core.publishing.permissions import may_change_content, metadata_names
from core.publishing.schedule import ENDED, has_ended
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
        tell_left_out: Callable[[int], None] = lambda count: None,
        **kwargs: Any,
    ) -> tuple[int, int]:
        """Publish each page, and each draft beneath it, separately.

        Pages beneath whose time is over are no drafts: each comes back by itself alone.
        ``tell`` is called with each page that was refused, and why, ``tell_left_out``
        with how many of those there are.

        Returns:
            How many pages were published, and how many beneath them.
        """
        parents = sum([_publish(page.specific, user, tell) for page in objects])
        if not include_descendants:
            return parents, 0
        ended = {pk for page in objects for pk in _beneath(page, expired=True)}
        if ended:
            tell_left_out(len(ended))
        drafts = _drafts_beneath(objects, user)
        return parents, sum([_publish(draft, user, tell) for draft in drafts])

    def object_context(self, obj: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().object_context(obj)
        count = _beneath(context["item"], expired=False).count()
        return {**context, "draft_descendant_count": count}

    def get_execution_context(self) -> dict[str, Any]:
        context = super().get_execution_context()
        return {**context, "tell_left_out": self._tell_left_out}

    def _tell_left_out(self, count: int) -> None:
        sentence = ngettext(
            "A page beneath was left out, since its time is over. Publish it by itself "
            "if it is to come back.",
            "{count} pages beneath were left out, since their time is over. Publish "
            "those by themselves that are to come back.",
            count,
        )
        messages.warning(self.request, sentence.format(count=count))


def _beneath(page: Any, *, expired: bool) -> QuerySet[Any]:
    """Return the keys of the pages beneath that are not live."""
    pages: QuerySet[Any] = page.get_descendants().not_live().filter(expired=expired)
    return pages.values_list("pk", flat=True)


def _drafts_beneath(pages: list[Any], user: Any) -> Iterator[Any]:
    for page in pages:
        drafts = Page.objects.filter(pk__in=_beneath(page, expired=False))
        for draft in drafts.order_by("path").specific():
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
    if has_ended(revision):
        return [str(ENDED)]
    if (
        user is not None
        and not may_change_content(user)
        and changes_content(revision.as_object(), metadata_names(type(page)))
    ):
        return [str(UNMODERATED)]
    revision.publish(user=user)
    return []
