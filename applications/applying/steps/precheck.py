"""Answers before the consent: in the browser alone, encrypted, until it is closed."""

import json
import time
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from core import encryption

COOKIE = "precheck"
# Browsers take 4,096 bytes with name and attributes.
MOST_BYTES = 3_600
LONGEST = 24 * 60 * 60  # seconds


class TooLargeError(Exception):
    """More was typed than a cookie holds."""


def read(page: Any, request: HttpRequest) -> tuple[int, dict[str, Any]] | None:
    """Return the definition's key and what was typed; None without a valid cookie."""
    token = request.COOKIES.get(COOKIE, "")
    if not token:
        return None
    try:
        definition_pk, began, typed = json.loads(
            encryption.decrypt(token, _place(page))
        )
    except (encryption.EncryptionError, ValueError):
        return None
    return (definition_pk, typed) if time.time() - began < LONGEST else None


def form_of(request: HttpRequest, model: Any) -> Any:
    """Return the form whose answers the browser carries, None when it carries none.

    Args:
        request: Of an address that may have been another form's.
        model: Of forms. There are few, so that each may be tried.
    """
    if not request.COOKIES.get(COOKIE):
        return None
    return next((page for page in model.objects.all() if read(page, request)), None)


def keep(
    response: HttpResponse,
    page: Any,
    path: str,
    definition_pk: int,
    typed: dict[str, Any],
) -> None:
    """Let the browser carry what was typed.

    Raises:
        TooLargeError: It cannot.
        core.encryption.EncryptionError: There is no key to encrypt with.
    """
    text = json.dumps(
        [definition_pk, int(time.time()), typed],
        ensure_ascii=False,
        separators=(",", ":"),
    )
    token = encryption.encrypt(text, _place(page))
    if len(token) > MOST_BYTES:
        raise TooLargeError
    response.set_cookie(
        COOKIE,
        token,
        path=path,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _place(page: Any) -> tuple[str, str, str]:
    return ("applications", "precheck", str(page.pk))
