"""System checks: settings that applications need."""

from typing import Any

from django.core.checks import Error

from core import encryption


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
