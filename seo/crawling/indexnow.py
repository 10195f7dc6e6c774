"""Tells search engines that take part in IndexNow which pages have changed.

Off unless ``INDEXNOW_KEY`` is set. Told by a task, never while somebody waits; core
tries it again when it fails. See https://www.indexnow.org/documentation.
"""

import json
import re
from typing import Any
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.db import transaction
from django.dispatch import receiver
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from django_tasks import task
from django_tasks_db.backend import DatabaseBackend
from wagtail.models import Page
from wagtail.signals import (
    page_published,
    page_slug_changed,
    page_unpublished,
    post_page_move,
)

from seo.crawling.asking import answer

KEY = r"[A-Za-z0-9-]{8,128}"
_TIMEOUT = 20  # seconds


@require_safe
def key_file(request: HttpRequest, key: str) -> HttpResponse:
    """Answer at ``/<key>.txt`` with the key, which proves whose the site is."""
    if not settings.INDEXNOW_KEY or key != settings.INDEXNOW_KEY:
        raise Http404("There is no such file.")
    return HttpResponse(key, content_type="text/plain; charset=utf-8")


@task()
def tell_indexnow(addresses: list[str]) -> None:
    """Name addresses of pages that were changed or are gone.

    Raises:
        OSError: The engine refuses, or does not answer.
    """
    if not is_on():
        return
    base = urlsplit(settings.WAGTAILADMIN_BASE_URL)
    own = [each for each in addresses if urlsplit(each).hostname == base.hostname]
    if not own:
        return
    said = {
        "host": base.netloc,
        "key": settings.INDEXNOW_KEY,
        "keyLocation": f"{base.scheme}://{base.netloc}/{settings.INDEXNOW_KEY}.txt",
        "urlList": own,
    }
    request = Request(  # noqa: S310  an address of the settings
        settings.INDEXNOW_URL,
        data=json.dumps(said).encode(),
        headers={"Content-Type": "application/json; charset=utf-8"},
        method="POST",
    )
    with urlopen(request, timeout=_TIMEOUT):  # noqa: S310
        pass


def is_on() -> bool:
    """Return whether engines are told of anything."""
    return bool(settings.INDEXNOW_KEY and settings.SEARCH_ENGINES_ALLOWED)


def _queue(page: Page, *others: str, was_reachable: bool = False) -> None:
    """Queue the address of ``page`` and ``others``, unless it is not for results.

    Within the transaction where a worker waits; else once it has ended.
    """
    seen = answer(page) if is_on() else None
    if seen is None or not seen.address:
        return
    hidden = seen.password or seen.rules.noindex or seen.closed_by or seen.elsewhere
    if hidden or not (seen.is_reachable or was_reachable):
        return
    addresses = list(dict.fromkeys([seen.address, *others]))
    if isinstance(tell_indexnow.get_backend(), DatabaseBackend):
        tell_indexnow.enqueue(addresses)
    else:
        transaction.on_commit(lambda: tell_indexnow.enqueue(addresses), robust=True)


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
    """Name both addresses of the page; engines find those below by the redirects."""
    _queue(instance, instance_before.full_url or instance.full_url or "")


@receiver(post_page_move)
def tell_of_a_move(
    sender: Any,
    instance: Page,
    url_path_before: str,
    url_path_after: str,
    **kwargs: Any,
) -> None:
    if url_path_before != url_path_after:
        before = Page(url_path=url_path_before, pk=instance.pk)
        _queue(instance, before.full_url or instance.full_url or "")


def key_is_one(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Refuse a key that engines would not take."""
    key = settings.INDEXNOW_KEY
    if not key or re.fullmatch(KEY, key):
        return []
    return [
        Error(
            "INDEXNOW_KEY is none: it has 8 to 128 letters, digits and hyphens.",
            id="seo.E001",
        )
    ]
