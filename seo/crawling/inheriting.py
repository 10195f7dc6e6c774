"""Which rules for crawlers hold for many pages, asked of the database.

The rules are columns of each page type. What pages hand on is read once, and is a few
hundred rows at most: sections, and of them those that chose something.
"""

from collections.abc import Callable
from datetime import date, datetime
from functools import cache
from typing import Any, NamedTuple

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Substr
from django.utils import timezone
from wagtail.models import Page, get_page_models

from seo.crawling.fields import CrawlingMixin
from seo.crawling.rules import AFTER, FIELDS, NO, end_of


class Branch(NamedTuple):
    """A page that hands on to those below whether search engines show them."""

    pk: int
    path: str
    robots_index: str
    robots_unavailable: str
    robots_unavailable_after: date | None


@cache
def page_types() -> tuple[type[Any], ...]:
    """Return the page types that have the fields."""
    return tuple(m for m in get_page_models() if issubclass(m, CrawlingMixin))


def with_rules(pages: QuerySet[Any]) -> QuerySet[Any]:
    """Annotate plain pages of all types with the fields of `FIELDS`, in one query."""
    return pages.annotate(**{name: of_any_type(name) for name in FIELDS})


def of_any_type(name: str) -> Any:
    """Return the expression for a field that every page type has of its own."""
    columns = [F(f"{model._meta.model_name}__{name}") for model in page_types()]
    return Coalesce(*columns) if len(columns) > 1 else columns[0]


def read_branches() -> tuple[Branch, ...]:
    """Return the pages that hand on whether search engines show those below."""
    sections = with_rules(Page.objects.filter(numchild__gt=0)).filter(
        ~Q(robots_index="") | ~Q(robots_unavailable=""), robots_branch=True
    )
    found = sections.order_by("path").values_list(*Branch._fields)
    return tuple(Branch(*row) for row in found)


def followers(page: Any) -> list[int]:
    """Return the published pages below that are in search or not as ``page`` is."""
    if not page.robots_branch:
        return []
    closer = tuple(
        branch.path
        for branch in read_branches()
        if branch.robots_index and branch.path.startswith(page.path)
        if branch.pk != page.pk
    )
    below = with_rules(page.get_descendants().live()).filter(robots_index="")
    rows = below.values_list("pk", "path")
    return [pk for pk, path in rows if not path.startswith(closer)]


_branches: list[Callable[[], tuple[Branch, ...]]] = [read_branches]


def register_branches(read: Callable[[], tuple[Branch, ...]]) -> None:
    """Register what returns `read_branches` without asking each time."""
    _branches[:] = [read]


def open_to_search(pages: QuerySet[Any]) -> QuerySet[Any]:
    """Return the ``pages`` that no rule keeps out of search results today.

    Args:
        pages: Of one type, or of all, annotated by `with_rules`.
    """
    today = timezone.localdate(timezone=timezone.get_default_timezone())
    over = Q(robots_unavailable=AFTER, robots_unavailable_after__lt=today)
    pages = pages.exclude(robots_index=NO).exclude(over)
    branches = _branches[0]()
    hidden = {each.pk for each in branches if each.robots_index == NO}
    left = {each.pk for each in branches if _is_over(each, today)}
    for name, closed in (("robots_index", hidden), ("robots_unavailable", left)):
        if closed:
            deciding = [each for each in branches if getattr(each, name)]
            pages = pages.alias(**{f"{name}_from": _nearest(deciding)}).filter(
                ~Q(**{name: ""})
                | Q(**{f"{name}_from": None})
                | ~Q(**{f"{name}_from__in": closed})
            )
    return pages


def _is_over(branch: Branch, today: date) -> bool:
    last = branch.robots_unavailable_after
    is_left = branch.robots_unavailable == AFTER and last is not None
    return is_left and bool(last and last < today)


def _nearest(branches: list[Branch]) -> Subquery:
    """Return the key of the nearest of ``branches`` above each page.

    A page above has the beginning of the page's path for its own, which has an index;
    only the lengths that occur are looked up.
    """
    lengths = sorted({len(each.path) for each in branches})
    beginnings = [Substr(OuterRef("path"), 1, length) for length in lengths]
    above = Page.objects.filter(
        pk__in=[each.pk for each in branches], path__in=beginnings
    ).exclude(pk=OuterRef("pk"))
    return Subquery(above.order_by("-depth").values("pk")[:1])


def next_end(now: datetime) -> datetime | None:
    """Return when a page's last day in search results is next over."""
    today = timezone.localdate(now, timezone.get_default_timezone())
    first, *others = (
        model._base_manager.order_by()
        .filter(robots_unavailable=AFTER, robots_unavailable_after__gte=today)
        .values_list("robots_unavailable_after", flat=True)
        for model in page_types()
    )
    days = first.union(*others, all=True).order_by("robots_unavailable_after")
    last = days.first()
    return end_of(last) if last and last.year < date.max.year else None
