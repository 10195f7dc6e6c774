"""Keeps what the gate would say of published pages, for the dashboard and a report.

To ask the gate about every page takes too long for a request. A page that is published
has no problem left unanswered, so only time brings new ones: a consent that is
withdrawn, a work that is retracted, a rule that is added.
"""

from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.dispatch import receiver
from wagtail.models import Page
from wagtail.query import PageQuerySet
from wagtail.signals import page_published, page_unpublished

from core.models.base_page import BasePage
from core.models.live_problems import LiveProblem
from core.publishing import gate

_AT_ONCE = 50  # pages that are fetched together


def look_at_all() -> int:
    """Find the problems of all published pages; return how many pages have some."""
    LiveProblem.objects.filter(page__live=False).delete()
    return sum(bool(look_at(page)) for page in _live_pages())


@transaction.atomic
def look_at(page: Any) -> list[gate.Problem]:
    """Find and keep the problems of a published page; what is mended is forgotten.

    Of two who look at once the second asks what the first has kept.
    """
    Page.objects.select_for_update().filter(pk=page.pk).first()
    # Before the gate is asked: what somebody else finds meanwhile is not forgotten.
    known = {(kept.code, kept.place): kept for kept in _kept(page)}
    found = gate.publishing_problems(page)
    wanted = {(problem.code, problem.contentpath) for problem in found}
    gone = [kept.pk for key, kept in known.items() if key not in wanted]
    LiveProblem.objects.filter(pk__in=gone).delete()
    LiveProblem.objects.bulk_create(
        [
            LiveProblem(page_id=page.pk, code=code, place=place)
            for code, place in sorted(wanted - known.keys())
        ],
        ignore_conflicts=True,
    )
    return found


def pages_with_problems(pages: PageQuerySet) -> PageQuerySet:
    """Return those of ``pages`` that are published and have problems."""
    return pages.filter(live=True, pk__in=LiveProblem.objects.values("page"))


def _kept(page: Any) -> Any:
    return LiveProblem.objects.filter(page_id=page.pk)


def _live_pages() -> Iterator[BasePage]:
    pks = list(Page.objects.live().order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(pks), _AT_ONCE):
        pages = Page.objects.live().filter(pk__in=pks[start : start + _AT_ONCE])
        yield from (page for page in pages.specific() if isinstance(page, BasePage))


@receiver(page_published)
def look_again(sender: Any, instance: Any, **kwargs: Any) -> None:
    """See what is mended of a page that had problems.

    The gate lets pass what whoever published cannot mend (`of_concern`).
    """
    if instance.live and _kept(instance).exists():
        look_at(instance)


@receiver(page_unpublished)
def forget(sender: Any, instance: Any, **kwargs: Any) -> None:
    """Forget the problems of a page that is gone."""
    if not instance.live:
        _kept(instance).delete()
