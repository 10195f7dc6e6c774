"""Keeps what was said, once, and for half a year."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from applications.models.feedback import Feedback, this_week

# As the form says.
KEPT = timedelta(weeks=26)


def keep(form: Any, key: UUID, text: str) -> None:
    """Store what was said about a form; the same words under the same key once.

    Other words, typed after going back, stand beside the first: nobody is told that
    they have arrived when they have not.

    Raises:
        core.encryption.EncryptionError: There is no key to encrypt with.
        django.db.DatabaseError: Nothing was stored.
    """
    first, _ = Feedback.objects.get_or_create(
        pk=key, defaults={"form": form, "text": text}
    )
    if first.text != text:
        Feedback.objects.create(form=form, text=text)


def delete_old() -> int:
    """Delete what was kept for as long as the form said; return how many."""
    deleted, _ = Feedback.objects.filter(week__lt=this_week() - KEPT).delete()
    return deleted
