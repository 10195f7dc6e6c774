"""Drafts: begun, found by the browser that began them, changed, forgotten."""

import hashlib
import json
import secrets
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from applications.contacts import contact_hashes
from applications.models.applications import Application
from applications.models.bases.entries import Channel
from applications.models.definitions import FormDefinition
from applications.models.drafts import Draft
from applications.models.links import AccessLink

COOKIE = "draft"
_SECRET_BYTES = 32
# After the last change; the browser forgets the draft when it is closed.
LIFE = timedelta(days=1)
# Kept on the device, which remembers it as long, or for a link that was mailed.
KEPT_LIFE = timedelta(days=28)
# A step that is sent again because no answer came.
_REPEATED = timedelta(hours=1)


def find(request: HttpRequest) -> Draft | None:
    """Return the living draft that this browser began, of whichever form.

    What staff type in is found otherwise, with their account.
    """
    secret = request.COOKIES.get(COOKIE, "")
    if not secret:
        return None
    return (
        Draft.objects.alive()
        .select_related("definition")
        .filter(secret_hash=hashed(secret), channel=Channel.WEB)
        .first()
    )


def begin(
    definition: FormDefinition,
    typed: dict[str, Any],
    kept: bool = False,
    key: UUID | None = None,
) -> tuple[Draft, str]:
    """Store a new draft and return it with its secret, which is stored nowhere.

    Args:
        definition: Of the form.
        typed: So far, by id.
        kept: Whether the device keeps it.
        key: That came with the empty step. What is sent again with it, as by a double
            click, goes into the same draft.
    """
    secret, now = secrets.token_urlsafe(_SECRET_BYTES), timezone.now()
    with transaction.atomic():
        if key and (again := _begun(definition, key)):
            before = json.loads(again.answers)
            again.version += before | typed != before
            again.answers = json.dumps(before | typed, ensure_ascii=False)
            again.kept, again.expires_at = kept, _expiry(kept)
            again.secret_hash = hashed(secret)
            again.save()
            return again, secret
        if key is None or _is_taken(key):
            key = uuid4()
        draft, is_new = Draft.objects.get_or_create(
            submission_key=key,
            definition=definition,
            defaults={
                "secret_hash": hashed(secret),
                "answers": json.dumps(typed, ensure_ascii=False),
                "kept": kept,
                "created_at": now,
                "changed_at": now,
                "expires_at": _expiry(kept),
            },
        )
    # Another request has begun it at this moment.
    return (draft, secret) if is_new else begin(definition, typed, kept, key)


def _begun(definition: FormDefinition, key: UUID) -> Draft | None:
    """Return the draft that was begun with ``key`` a while ago and not used since.

    Only such a one: the key stands in pages, and must not open what was filled in.
    """
    return (
        Draft.objects.select_for_update()
        .filter(
            submission_key=key,
            definition=definition,
            changed_at=F("created_at"),
            created_at__gt=timezone.now() - _REPEATED,
        )
        .first()
    )


def _is_taken(key: UUID) -> bool:
    found = (Draft.objects, Application.objects)
    return any(each.filter(submission_key=key).exists() for each in found)


def change(draft: Draft, typed: dict[str, Any], kept: bool | None = None) -> Draft:
    """Store what was typed into one step, and return the draft as it is now.

    Two windows on different steps take nothing from one another.

    Args:
        draft: As it was found.
        typed: What is new, by id.
        kept: Whether the device keeps it; None leaves it as it is.

    Raises:
        Draft.DoesNotExist: It was sent or cleared meanwhile.
    """
    with transaction.atomic():
        row = Draft.objects.select_for_update().get(pk=draft.pk)
        row.answers = json.dumps(json.loads(row.answers) | typed, ensure_ascii=False)
        row.version += 1
        row.changed_at = timezone.now()
        row.kept = row.kept if kept is None else kept
        row.expires_at = _expiry(row.kept or row.links.usable().exists())
        row.save(
            update_fields=["answers", "version", "changed_at", "kept", "expires_at"]
        )
    return row


def take_over(link: AccessLink) -> str:
    """Return a new secret for a link's draft, which closes it in the browser before.

    Links to it that were mailed to other addresses end: whoever has them has not gone
    on. The device that goes on has not been asked to keep it.
    """
    secret = secrets.token_urlsafe(_SECRET_BYTES)
    with transaction.atomic():
        draft = Draft.objects.filter(links=link)
        draft.update(secret_hash=hashed(secret), kept=False)
        others = AccessLink.objects.filter(draft=link.draft)
        others.exclude(contact_hash__in=contact_hashes(link.email)).revoke()
    return secret


def typed_in(draft: Draft) -> dict[str, Any]:
    """Return what was typed so far, by id.

    Raises:
        core.encryption.EncryptionError: It cannot be read.
    """
    typed: dict[str, Any] = json.loads(draft.answers)
    return typed


def remember(
    response: HttpResponse, path: str, secret: str, kept_until: datetime | None
) -> None:
    """Let the browser keep the secret, for this form only.

    Args:
        response: The cookie goes with it.
        path: Of the form's page.
        secret: The draft's.
        kept_until: None: until the browser is closed.
    """
    response.set_cookie(
        COOKIE,
        secret,
        expires=kept_until,
        path=path,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def hashed(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _expiry(kept: bool) -> datetime:
    return timezone.now() + (KEPT_LIFE if kept else LIFE)
