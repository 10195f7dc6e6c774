"""Which link this browser has asked a code for, and which one it has opened.

Both are said by signed cookies that no script reads and that go to few addresses: the
token of the link stays in the e-mail.
"""

import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from applications.models.links import AccessLink, hash_of

ASKED = "asked_link"  # the cookies' names
OPENED = "opened_link"
ASKED_FOR = timedelta(hours=1)
OPENED_FOR = timedelta(minutes=30)


@dataclass(frozen=True)
class Asked:
    """A link that a code was asked for, and what tells this browser from others."""

    link: AccessLink
    browser: str


def ask(response: HttpResponse, link: AccessLink) -> None:
    """Have this browser remember that a code was asked for ``link``."""
    value = [link.pk.hex, secrets.token_urlsafe(16)]
    _set(response, ASKED, value, ASKED_FOR, reverse("applications:code"))


def asked(request: HttpRequest) -> Asked | None:
    """Return what this browser has asked for, None when it is no longer of use."""
    pk, browser = _read(request, ASKED, ASKED_FOR) or ("", "")
    links = AccessLink.objects.usable().select_related("draft__definition__page")
    link = pk and links.filter(pk=pk).first()
    return Asked(link, hash_of(browser)) if link else None


def open_in(response: HttpResponse, link: AccessLink) -> None:
    """Have this browser see where ``link`` leads, for half an hour."""
    value = [link.pk.hex, link.closings]
    _set(response, OPENED, value, OPENED_FOR, reverse("applications:status"))


def opened(request: HttpRequest) -> AccessLink | None:
    """Return the link that this browser has opened, None when that is over."""
    pk, closings = _read(request, OPENED, OPENED_FOR) or ("", 0)
    if not pk:
        return None
    return (
        AccessLink.objects.usable()
        .select_related("application__definition__page")
        .filter(pk=pk, closings=closings, application__isnull=False)
        .first()
    )


def leads_nowhere(request: HttpRequest) -> bool:
    """Return whether this browser had opened a link to what has since been deleted."""
    pk, _ = _read(request, OPENED, OPENED_FOR) or ("", 0)
    return bool(pk) and not AccessLink.objects.filter(pk=pk).exists()


def close(response: HttpResponse) -> None:
    """Have this browser forget what it has asked for and opened."""
    response.delete_cookie(OPENED, path=reverse("applications:status"))
    response.delete_cookie(ASKED, path=reverse("applications:code"))


def _read(request: HttpRequest, name: str, lifetime: timedelta) -> Any:
    try:
        return signing.loads(
            request.COOKIES.get(name, ""), salt=f"applications.{name}", max_age=lifetime
        )
    except signing.BadSignature:
        return None


def _set(
    response: HttpResponse, name: str, value: Any, lifetime: timedelta, path: str
) -> None:
    response.set_cookie(
        name,
        signing.dumps(value, salt=f"applications.{name}"),
        max_age=lifetime,
        path=path,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )
