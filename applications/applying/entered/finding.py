"""Drafts that staff type in: begun, and found by their browser and their account.

Their cookie is one of its own, so that what an officer has begun for themselves stays,
and nobody else's request asks the database for anything.
"""

import secrets
import time
from datetime import date
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from applications.applying.steps import drafts
from applications.applying.tokens import FormToken
from applications.models.bases.entries import Channel
from applications.models.definitions import FormDefinition
from applications.models.drafts import Draft
from applications.models.rights import Right, rights_to

COOKIE = "entry"
_SECRET_BYTES = 32


def begin(
    definition: FormDefinition,
    by: Any,
    *,
    channel: str,
    consent_given: str,
    received_on: date,
    tells_applicant: bool,
) -> tuple[Draft, str]:
    """Store an empty draft of ``by``, and return it with its secret.

    Raises:
        core.encryption.EncryptionError: There is no key to encrypt with.
    """
    secret, now = secrets.token_urlsafe(_SECRET_BYTES), timezone.now()
    draft = Draft.objects.create(
        definition=definition,
        secret_hash=drafts.hashed(secret),
        answers="{}",
        created_at=now,
        changed_at=now,
        expires_at=now + drafts.KEPT_LIFE,
        # Not by the browser: it is gone on with from the list in the admin.
        kept=True,
        channel=channel,
        entered_by=by,
        consent_given=consent_given,
        received_on=received_on,
        tells_applicant=tells_applicant,
    )
    return draft, secret


def of(user: Any) -> Any:
    """Return the drafts that ``user`` has not finished, the latest first."""
    entered = Draft.objects.alive().exclude(channel=Channel.WEB)
    return entered.filter(entered_by=user).select_related("definition__page")


def new_secret(draft: Draft) -> str:
    """Return a new secret, which closes the draft in the browser before."""
    secret = secrets.token_urlsafe(_SECRET_BYTES)
    Draft.objects.filter(pk=draft.pk).update(secret_hash=drafts.hashed(secret))
    return secret


def find(request: HttpRequest) -> Draft | None:
    """Return what this officer types in with this browser; asked for once a request."""
    secret = request.COOKIES.get(COOKIE, "")
    if not secret:
        return None
    if not hasattr(request, "entry"):
        user: Any = request.user
        own = of(user) if user.is_authenticated else Draft.objects.none()
        request.entry = own.filter(  # type: ignore[attr-defined]
            secret_hash=drafts.hashed(secret)
        ).first()
    entry: Draft | None = request.entry  # type: ignore[attr-defined]
    # Without a key it has been sent by this very request.
    return entry if entry and entry.pk else None


def may_be_sent(entry: Draft) -> bool:
    """Return whether who types it in may still decide about the form's applications."""
    form_pk = entry.definition.page_id
    return Right.DECIDE in rights_to(entry.entered_by, form_pk)


def token_of(entry: Draft) -> FormToken:
    """Return what its pages carry: under its key it is stored once."""
    return FormToken(entry.definition_id, entry.submission_key, int(time.time()))


def remember(response: HttpResponse, path: str, secret: str) -> None:
    """Let the browser keep the secret until it is closed, for this form only."""
    response.set_cookie(
        COOKIE,
        secret,
        path=path,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
