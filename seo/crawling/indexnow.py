"""Tells search engines that take part in IndexNow which pages have changed.

Off unless ``INDEXNOW_KEY`` is set. Told by a task, never while somebody waits; core
tries it again when it fails. `seo.crawling.changed` says which. See https://www.indexnow.org/documentation.
"""

import json
import re
from typing import Any
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from django_tasks import task

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
    send(addresses)


def send(addresses: list[str]) -> None:
    """Send addresses, up to 10,000; those of other hosts are left out.

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
