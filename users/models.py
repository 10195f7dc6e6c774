"""The user model."""

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import F

from users.signals import access_renewed


class User(AbstractUser):
    """A member of staff; of our own from the first migration, so that it can grow."""

    # Part of what every session is checked against.
    session_generation = models.PositiveIntegerField(
        default=0, db_default=0, editable=False
    )

    class Meta(AbstractUser.Meta):
        permissions = [
            # Held by editors and moderators, not by SEO specialists: the page form of
            # those without it (core.publishing.forms) keeps the metadata alone.
            ("edit_page_content", "Can change what pages say"),
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        # Django forgets the new one when it has stored it.
        typed = getattr(self, "_password", None)
        is_new_password = self.pk is not None and typed is not None
        super().save(*args, **kwargs)
        if is_new_password:
            access_renewed.send(type(self), user=self)

    def end_sessions(self) -> None:
        """End all sessions of this user.

        ``update_session_auth_hash`` keeps the session of one request.
        """
        self.session_generation = F("session_generation") + 1
        self.save(update_fields=["session_generation"])
        self.refresh_from_db(fields=["session_generation"])
        access_renewed.send(type(self), user=self)

    def get_session_auth_hash(self) -> str:
        return f"{super().get_session_auth_hash()}:{self.session_generation}"

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        for fallback in super().get_session_auth_fallback_hash():
            yield f"{fallback}:{self.session_generation}"
