"""When pages go live and come off, and which nobody has approved to."""

from datetime import UTC, datetime
from typing import Any

from django.db.models import (
    AutoField,
    CharField,
    DateTimeField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Revision

from core.due.pages import KindOfPages, item_of, own_pages, told_of
from core.due.registry import DueItem, Kind, Span


class GoLive(KindOfPages):
    code = "go-live"
    name = _("Page goes live")
    icon = "view"
    has_own_line = True

    def rows(self, user: Any, span: Span) -> QuerySet[Page]:
        approved = _approved().filter(**span.of_moments("approved_go_live_at"))
        pages = told_of(own_pages(user), span).annotate(
            goes_live_at=_of_its_own(approved, "approved_go_live_at")
        )
        return pages.filter(goes_live_at__isnull=False).order_by("goes_live_at", "pk")

    def item(self, page: Any) -> DueItem:
        return item_of(self, page, page.goes_live_at)


class NeverApproved(KindOfPages):
    """A date that was typed and counts for nothing: nobody has scheduled the page."""

    code = "never-approved"
    name = _("Scheduled, but never approved")
    icon = "warning"
    has_own_line = True

    def rows(self, user: Any, span: Span) -> QuerySet[Page]:
        # As texts, as they lie in the version.
        typed = "latest_revision__content__go_live_at"
        until = {f"{typed}__lt": _as_text(span.ends)}
        since = {f"{typed}__gte": _as_text(span.begins)}
        # A date of a published page that was before its publication is that one's own,
        # which drafts keep.
        typed_at = KeyTextTransform("go_live_at", "latest_revision__content")
        waits = Q(live=False) | Q(last_published_at__lt=Cast(typed_at, DateTimeField()))
        drafts = own_pages(user).filter(
            waits,
            has_unpublished_changes=True,
            latest_revision__approved_go_live_at=None,
            **until,
            **since,
        )
        drafts = told_of(drafts.exclude(**{typed: None}), span)
        return drafts.annotate(typed=typed_at).order_by("typed", "pk")

    def item(self, page: Any) -> DueItem:
        return item_of(self, page, datetime.fromisoformat(page.typed))


class Expiry(KindOfPages):
    code = "expiry"
    name = _("Page comes off the site")
    icon = "no-view"
    passes = True

    def rows(self, user: Any, span: Span) -> QuerySet[Page]:
        scheduled = _approved().values_list(Cast("object_id", AutoField()))
        pages = own_pages(user).filter(
            Q(live=True) | Q(pk__in=scheduled), **span.of_moments("expire_at")
        )
        if span.first is None:
            pages = pages.filter(expire_at__gte=timezone.now())
        return told_of(pages, span).order_by("expire_at", "pk")

    def item(self, page: Any) -> DueItem:
        return item_of(self, page, page.expire_at)


def _approved() -> QuerySet[Revision]:
    versions: QuerySet[Revision] = Revision.page_revisions.filter(
        approved_go_live_at__isnull=False
    )
    return versions


def _as_text(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat()


def _of_its_own(versions: QuerySet[Revision], name: str) -> Subquery:
    own = versions.filter(object_id=Cast(OuterRef("pk"), CharField()))
    return Subquery(own.order_by(name).values(name)[:1])


def due_kinds() -> list[Kind]:
    return [GoLive(), NeverApproved(), Expiry()]
