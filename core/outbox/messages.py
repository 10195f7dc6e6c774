"""Serialises e-mails."""

import base64
import json
from email.mime.base import MIMEBase
from typing import Any

from django.core.mail import EmailMessage, EmailMultiAlternatives, make_msgid
from django.core.mail.utils import DNS_NAME

_PLAIN = ("subject", "body", "from_email", "content_subtype")
_LISTS = ("to", "cc", "bcc", "reply_to")


def to_text(message: EmailMessage) -> str:
    """Return ``message`` as text.

    It is given its Message-ID here, so that mail programs recognise it when it is sent
    twice, because a worker was stopped before it could take note.

    Raises:
        django.core.mail.BadHeaderError: A header holds a line break.
        TypeError: An attachment is a MIME object and not a name, content and type.
    """
    message.extra_headers.setdefault("Message-ID", make_msgid(domain=DNS_NAME))
    message.message()  # Whoever wrote it learns that it cannot be sent.
    kept: dict[str, Any] = {name: str(getattr(message, name)) for name in _PLAIN}
    kept |= {name: [str(each) for each in getattr(message, name)] for name in _LISTS}
    kept["headers"] = {
        name: str(value) for name, value in message.extra_headers.items()
    }
    kept["alternatives"] = [
        [str(content), mimetype]
        for content, mimetype in getattr(message, "alternatives", [])
    ]
    kept["attachments"] = [_packed(each) for each in message.attachments]
    return json.dumps(kept, ensure_ascii=False)


def from_text(text: str) -> EmailMultiAlternatives:
    """Return the e-mail that `to_text` serialised."""
    kept = json.loads(text)
    message = EmailMultiAlternatives(
        **{name: kept[name] for name in ("subject", "body", "from_email", *_LISTS)},
        headers=kept["headers"],
        alternatives=[tuple(each) for each in kept["alternatives"]],
        attachments=[_unpacked(each) for each in kept["attachments"]],
    )
    message.content_subtype = kept["content_subtype"]
    return message


def _packed(attachment: Any) -> list[str | None]:
    if isinstance(attachment, MIMEBase):
        raise TypeError("Attach a name, the content and its type.")
    name, content, mimetype = attachment
    if isinstance(content, bytes):
        return [name, base64.b64encode(content).decode(), mimetype, "base64"]
    return [name, content, mimetype, None]


def _unpacked(packed: list[Any]) -> tuple[str, str | bytes, str]:
    name, content, mimetype, encoding = packed
    return name, base64.b64decode(content) if encoding else content, mimetype
