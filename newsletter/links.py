"""Signed links for subscribers, without their addresses."""

from datetime import timedelta
from typing import Literal

from django.core import signing
from django.core.exceptions import ValidationError
from django.urls import reverse

from newsletter.models import Subscriber

Purpose = Literal["confirm", "unsubscribe"]

# How long each kind of link holds; one to unsubscribe must hold as long as the e-mail.
LIFETIMES: dict[Purpose, timedelta | None] = {
    "confirm": timedelta(days=7),
    "unsubscribe": None,
}


def link(subscriber: Subscriber, purpose: Purpose) -> str:
    """Return the signed path for ``purpose``."""
    token = signing.dumps(str(subscriber.uuid), salt=_salt(purpose))
    return reverse(f"newsletter:{purpose}", args=[token])


def subscriber_of(token: str, purpose: Purpose) -> Subscriber | None:
    """Return the subscriber of a link, None when it is altered, expired or unknown."""
    try:
        uuid = signing.loads(token, salt=_salt(purpose), max_age=LIFETIMES[purpose])
        return Subscriber.objects.filter(uuid=uuid).first()
    except (signing.BadSignature, ValidationError):
        return None


def _salt(purpose: Purpose) -> str:
    return f"newsletter.{purpose}"
