"""QuerySet of pages of any type."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db.models import (
    CharField,
    Exists,
    ExpressionWrapper,
    F,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Value,
)
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction
from wagtail.query import PageQuerySet

from delivery.calendar import period
from delivery.once import once_per_generation

_withheld: list[Callable[[], Any]] = []


def withhold(pages: Callable[[], Any]) -> None:
    """Hide the pages of the queryset that ``pages()`` returns from all readers.

    For published pages that may not be shown now, such as a story without consent.
    """
    _withheld.append(pages)


def not_past() -> Q:
    """Return the condition that a page's time is not over."""
    return Q(expire_at=None) | Q(expire_at__gt=timezone.now())


def is_published(page: Any) -> bool:
    """Return whether ``page`` is published and its time not over."""
    return bool(page.live and not is_past(page))


def all_pages() -> "PublicPageQuerySet":
    """Return the pages of all types, in no order."""
    return PublicPageQuerySet(Page)


def shown_pages() -> "PublicPageQuerySet":
    """Return the pages of all types that anyone may read now."""
    return all_pages().shown()


def next_end(now: datetime) -> datetime | None:
    """Return when the time of a published page is next over, None without any."""
    pages = Page.objects.filter(live=True, expire_at__gt=now)
    ends: datetime | None = pages.aggregate(end=Min("expire_at"))["end"]
    return ends


def is_past(page: Any) -> bool:
    """Return whether the time of ``page`` is over."""
    return bool(page.expire_at and page.expire_at <= timezone.now())


class PublicPageQuerySet(PageQuerySet):
    """Pages as readers meet them: the one place that decides what they see.

    Completes the sentence “pages …”. A page is gone at the instant of its ``expire_at``
    and not when a timer next unpublishes it, so nothing that readers reach asks for
    ``live`` alone (tests/site/test_what_readers_see.py).
    """

    def published(self) -> "PublicPageQuerySet":
        """Return the published pages whose time is not over."""
        return self.filter(not_past(), live=True)

    def reachable(self) -> "PublicPageQuerySet":
        """Return the published pages that answer, some by asking for a password."""
        return self.published().not_withheld()

    def not_withheld(self) -> "PublicPageQuerySet":
        """Return the pages, published or not, that are not hidden from all readers."""
        return self.exclude(pk__in=withheld_pages())

    def live(self) -> "PublicPageQuerySet":
        """Return the `published` pages; Wagtail's own name for them."""
        return self.published()

    def originals(self) -> "PublicPageQuerySet":
        """Return the pages without aliases of a published one, for lists of all."""
        if not any_page_is_an_alias():
            return self.all()
        gone = Q(alias_of__live=False) | Q(alias_of__expire_at__lte=timezone.now())
        return self.filter(Q(alias_of=None) | gone)

    def listed_in(self, index: Any) -> "PublicPageQuerySet":
        """Return the children of ``index``, without aliases beside their original."""
        children = self.child_of(index)
        if not any_page_is_an_alias():
            return children
        beside = all_pages().descendant_of(index).published()
        return children.exclude(alias_of__in=beside)

    def public(self) -> "PublicPageQuerySet":
        """Return the pages without view restrictions."""
        if not any_page_is_restricted():
            return self.all()
        return self.exclude(_is_private())

    def marked_private(self) -> "PublicPageQuerySet":
        """Return the pages that somebody has made private, and the aliases of such."""
        return self.filter(path__in=[*_private()])

    def shown(self) -> "PublicPageQuerySet":
        """Return the published pages that anyone may read now."""
        return self.reachable().public()

    def for_links(self) -> "PublicPageQuerySet":
        """Fetch what links, buttons and cards print, and who may read it."""
        return self.only("title", "url_path", "search_description", "live", "expire_at")

    def with_restrictions(self) -> "PublicPageQuerySet":
        """Annotate ``is_restricted``."""
        if any_page_is_restricted():
            return self.annotate(is_restricted=_is_private())
        return self.annotate(is_restricted=Value(False))


@once_per_generation
def any_page_is_restricted() -> bool:
    """Return whether any page is for some readers only; on most sites none is."""
    return bool(PageViewRestriction.objects.exists())


@once_per_generation
def any_page_is_an_alias() -> bool:
    """Return whether any page repeats another; on most sites none does."""
    return bool(Page.objects.exclude(alias_of=None).exists())


def _is_private() -> Exists:
    own = ExpressionWrapper(OuterRef("path"), CharField())
    above = all_pages().marked_private().alias(own=own)
    return Exists(above.filter(own__startswith=F("path")))


def restrictions_of(page: Any) -> QuerySet[PageViewRestriction]:
    """Return the restrictions of ``page``, of those above it, and of their sources.

    An alias keeps what is set on it beside what holds for its source, which is all that
    Wagtail asks, although its editor offers to set both.
    """
    if not any_page_is_restricted():
        return PageViewRestriction.objects.none()
    above = [pks for path, pks in _private().items() if page.path.startswith(path)]
    return PageViewRestriction.objects.filter(page__in=frozenset().union(*above))


@once_per_generation
def _private() -> dict[str, frozenset[int]]:
    """Return the paths beneath which pages are private, and whose restrictions hold."""
    marked = Page.objects.exclude(view_restrictions=None).values_list("path", "pk")
    private = {path: frozenset([pk]) for path, pk in marked}
    restricted = frozenset[int]().union(*private.values())
    known = Page.objects.exclude(alias_of=None).only("path", "alias_of")
    aliases = list(known) if any_page_is_an_alias() else []
    sources = {alias.pk: alias.alias_of_id for alias in aliases}
    for alias in aliases:
        shows = [alias.pk]
        while (source := sources.get(shows[-1], alias.pk)) not in shows:
            shows.append(source)  # which may be an alias itself
        if found := restricted.intersection(shows):
            private[alias.path] = found
    return private


def withheld_pages() -> frozenset[int]:
    """Return the primary keys of the pages that are hidden from all readers now."""
    return _withheld_in(period())


@once_per_generation
def _withheld_in(_period: datetime | None) -> frozenset[int]:
    return frozenset(
        pk for pages in _withheld for pk in pages().values_list("pk", flat=True)
    )
