"""Pages of which something is due."""

from abc import abstractmethod
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.db.models import F, Q, QuerySet
from django.urls import reverse
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from core.due.registry import DueItem, Kind, Span

ACTIONS = ["change", "publish"]


def works_on_pages(user: Any) -> bool:
    return bool(page_permission_policy.user_has_any_permission(user, ACTIONS))


def own_pages(user: Any) -> QuerySet[Page]:
    """Return the pages that ``user`` works on; an alias is its source's affair."""
    pages: QuerySet[Page] = (
        page_permission_policy.instances_user_has_any_permission_for(user, ACTIONS)
    )
    return pages.filter(alias_of=None)


class KindOfPages(Kind):
    """Something that is due of pages, each a row of one query."""

    is_of_pages = True

    def concerns(self, user: Any) -> bool:
        return works_on_pages(user)

    @abstractmethod
    def rows(self, user: Any, span: Span) -> QuerySet[Page]:
        """Return the pages of `told_of` of which it is due, the earliest first."""

    @abstractmethod
    def item(self, page: Any) -> DueItem:
        """Return what is due of one of the `rows`."""

    def find(self, user: Any, span: Span, most: int | None = None) -> Iterator[DueItem]:
        yield from map(self.item, self.rows(user, span)[:most])

    def count(self, user: Any, span: Span) -> int:
        return self.rows(user, span).count()


def told_of(
    pages: QuerySet[Page], span: Span, others: Q | None = None
) -> QuerySet[Page]:
    """Return those of ``pages`` asked for, with what `item_of` asks them for.

    Args:
        pages: The pages.
        span: Which type, section and whose work alone are asked for.
        others: By what else a page is somebody's work.
    """
    told = pages.annotate(last_editor=F("latest_revision__user"))
    if span.page_type:
        told = told.filter(content_type=span.page_type)
    if span.section:
        told = told.filter(path__startswith=span.section)
    if span.of is None:
        return told
    own = Q(owner=span.of) | Q(last_editor=span.of)
    return told.filter(own | others if others else own)


def discreet_title(page: Page) -> str:
    """Return what is told of a page elsewhere, "" for its title.

    A type of page says so whose titles may name somebody, also before they are public.
    """
    return str(getattr(page.specific_class, "discreet_title", ""))


def item_of(kind: Kind, page: Page, when: date | datetime, **others: Any) -> DueItem:
    """Return what is due of a page of `told_of`, which may be edited then."""
    told: Any = page
    people = {told.owner_id, told.last_editor, *others.pop("people", ())}
    given = {
        "key": str(page.pk),
        "title": page.get_admin_display_title(),
        "url": reverse("wagtailadmin_pages:edit", args=[page.pk]),
        "changed_at": page.latest_revision_created_at,
        "discreet_title": discreet_title(page),
        **others,
    }
    return DueItem(
        kind=kind, when=when, page=page, people=frozenset(people - {None}), **given
    )
