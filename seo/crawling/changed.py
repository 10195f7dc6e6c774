"""Which pages search engines are told of by IndexNow, and when.

Of a page that was published, taken down, renamed or moved, and of all beneath it that
have a new address or are deleted; of none that is not for results.
"""

from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.signals import pre_delete
from django.dispatch import receiver
from django_tasks import task
from django_tasks_db.backend import DatabaseBackend
from wagtail.models import Page
from wagtail.signals import (
    page_published,
    page_slug_changed,
    page_unpublished,
    post_page_move,
)

from seo import readers
from seo.crawling.answer import Answer
from seo.crawling.asking import answer, answers
from seo.crawling.indexnow import is_on, send, tell_indexnow
from seo.redirects.leaving import keeps_addresses

AT_ONCE = 500  # pages of a section, each with two addresses: engines take 10,000


@task()
def tell_of_a_section(pk: int, before: str, last: int = 0) -> None:
    """Name what lies beneath a page that is renamed or moved, old and new addresses.

    `AT_ONCE` pages, and the next ones by a task of their own.

    Args:
        pk: The page. What lies beneath it may be somewhere else by now.
        before: Its ``url_path`` before.
        last: The highest number of a page that was named.

    Raises:
        OSError: The engine refuses, or does not answer.
    """
    top = Page.objects.filter(pk=pk).first()
    if top is None or not is_on():
        return
    beneath = Page.objects.filter(path__startswith=top.path, pk__gt=last)
    beneath = beneath.exclude(pk=top.pk).order_by("pk")
    pks = list(beneath.values_list("pk", flat=True)[:AT_ONCE])
    named: list[str] = []
    for seen in answers(pks).values():
        if _is_told(seen):
            old = before + seen.page.url_path.removeprefix(top.url_path)
            named += [seen.address, *_old_address(seen.page, old)]
    if named:
        send(list(dict.fromkeys(named)))
    if len(pks) == AT_ONCE:
        _enqueue(tell_of_a_section, pk, before, pks[-1])


def _enqueue(told: Any, *arguments: Any) -> None:
    """Queue a task: within the transaction where a worker waits; else after it."""
    if isinstance(told.get_backend(), DatabaseBackend):
        told.enqueue(*arguments)
    else:
        transaction.on_commit(lambda: told.enqueue(*arguments), robust=True)


def _is_told(seen: Answer, *, was_reachable: bool = False) -> bool:
    hidden = seen.password or seen.rules.noindex or seen.closed_by or seen.elsewhere
    is_there = seen.is_reachable or was_reachable
    return bool(seen.address and is_there and not hidden)


def _old_address(page: Page, url_path: str) -> Iterator[str]:
    """Yield the address that a page had, unless nothing of it may be kept."""
    if keeps_addresses(page) and (url := Page(url_path=url_path, pk=page.pk).full_url):
        yield url


def _queue(page: Page, *others: str, was_reachable: bool = False) -> None:
    """Queue the address of ``page`` and ``others``, unless it is not for results."""
    seen = answer(page) if is_on() else None
    if seen and _is_told(seen, was_reachable=was_reachable):
        _enqueue(tell_indexnow, list(dict.fromkeys([seen.address, *others])))


@receiver(page_published)
def tell_of_publishing(sender: Any, instance: Page, **kwargs: Any) -> None:
    _queue(instance)


@receiver(page_unpublished)
def tell_of_unpublishing(sender: Any, instance: Page, **kwargs: Any) -> None:
    _queue(instance, was_reachable=True)


@receiver(page_slug_changed)
def tell_of_a_new_slug(
    sender: Any, instance: Page, instance_before: Page, **kwargs: Any
) -> None:
    _tell_of_a_new_place(instance, instance_before.url_path)


@receiver(post_page_move)
def tell_of_a_move(
    sender: Any,
    instance: Page,
    url_path_before: str,
    url_path_after: str,
    **kwargs: Any,
) -> None:
    if url_path_before != url_path_after:
        _tell_of_a_new_place(instance, url_path_before)


def _tell_of_a_new_place(page: Page, before: str) -> None:
    """Name both addresses of the page, and of all beneath it."""
    _queue(page, *_old_address(page, before))
    if is_on() and not page.is_leaf():
        _enqueue(tell_of_a_section, page.pk, before)


@receiver(pre_delete, sender=Page)
def tell_of_deletion(
    sender: Any, instance: Page, origin: Any = None, **kwargs: Any
) -> None:
    """Name what is about to be deleted, whichever door that is asked at.

    Django sends it for every page before it deletes the first one: the pages are looked
    at together, with the first of them.
    """
    if not is_on() or getattr(origin, "is_told", False):
        return
    pages = readers.pages().reachable()
    if isinstance(origin, QuerySet):
        origin.is_told = True  # type: ignore[attr-defined]
        pages = pages.filter(pk__in=origin.order_by().values("pk"))
    else:
        pages = pages.filter(pk=instance.pk)
    pks = list(pages.values_list("pk", flat=True))
    for start in range(0, len(pks), AT_ONCE):
        found = answers(pks[start : start + AT_ONCE]).values()
        told = [each for each in found if _is_told(each)]
        if named := [e.address for e in told if keeps_addresses(e.page)]:
            _enqueue(tell_indexnow, named)
