"""System checks: settings that applications need, and what should have been deleted."""

from datetime import timedelta
from typing import Any

from django.core.checks import Error
from django.utils import timezone

from applications.admissions.retention import due
from applications.models import Draft
from core import encryption
from core.checks.left_undone import Work


def field_keys(app_configs: Any, **kwargs: Any) -> list[Error]:
    """Report a missing or malformed key at start-up, before the first application."""
    try:
        encryption.check_keys()
    except encryption.KeysUnusableError:
        return [
            Error(
                "FIELD_KEYS must hold keys, each urlsafe base64 of 32 bytes.",
                hint=(
                    "Make one with: python -c 'import base64, secrets; "
                    "print(base64.urlsafe_b64encode(secrets.token_bytes(32)).decode())'"
                ),
                id="applications.E001",
            )
        ]
    return []


def _kept_too_long() -> int:
    late = timezone.now() - timedelta(days=2)
    return due(late).count() + Draft.objects.expired(late).count()


DELETIONS = Work(
    id="applications.W010",
    count=_kept_too_long,
    sentence="Applications and drafts that should have been deleted by now: {count}.",
    hint="Let manage.py delete_due_applications run each night (clinic-nightly.timer); "
    "what it could not delete, its log names.",
)
