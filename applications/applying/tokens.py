"""Signed tokens in the form and in the thank-you address."""

import time
import uuid
from dataclasses import dataclass
from typing import ClassVar, Self

from django.core import signing

from core import encryption

# Nobody reads and answers a form faster; programs do.
FASTEST = 3  # seconds
# A form left open longer is offered again, since its questions may have changed.
LONGEST = 24 * 60 * 60  # seconds
SENT = "sent_application"  # the cookie's name
SENT_FOR = 60 * 60  # seconds
_THANKS_PLACE = ("applications", "thanks")


@dataclass(frozen=True)
class FormToken:
    """Which form was shown, when first, and the key under which it is stored once.

    One that came back because it looked like a program's is ``warned``: sent again like
    that it is stored, with a mark.
    """

    salt: ClassVar[str] = "applications.form"
    definition_pk: int
    submission_key: uuid.UUID
    shown_at: int
    warned: bool = False

    @classmethod
    def new(cls, definition_pk: int) -> Self:
        return cls(definition_pk, uuid.uuid4(), int(time.time()))

    @classmethod
    def read(cls, text: str) -> Self | None:
        """Parse ``text`` as a token; None when this site did not sign it as one."""
        try:
            definition_pk, key, shown_at, *warned = signing.loads(text, salt=cls.salt)
            return cls(definition_pk, uuid.UUID(key), shown_at, bool(warned))
        except (signing.BadSignature, ValueError, TypeError):
            return None

    def __str__(self) -> str:
        values = [self.definition_pk, self.submission_key.hex, self.shown_at]
        values += [1] if self.warned else []
        return signing.dumps(values, salt=self.salt)

    @property
    def age(self) -> float:
        """Seconds since the form was first shown."""
        return time.time() - self.shown_at


class FeedbackToken(FormToken):
    """The same for the question after the thanks, under a key of its own.

    It is handed out while the form is closed, too: it must not pass for one with which
    a form may still be sent.
    """

    salt: ClassVar[str] = "applications.feedback"


def thanks_token(application_pk: uuid.UUID) -> str:
    """Return an opaque token for the thank-you page of one application."""
    return encryption.encrypt(application_pk.hex, _THANKS_PLACE)


def application_pk(token: str) -> uuid.UUID | None:
    """Return the primary key in a thank-you token, None when it was altered."""
    try:
        return uuid.UUID(encryption.decrypt(token, _THANKS_PLACE))
    except (encryption.EncryptionError, ValueError):
        return None
