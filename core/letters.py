"""E-mails, as text and as HTML, in one dress."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string


def letter(
    subject: str,
    template: str,
    context: dict[str, Any],
    to: Sequence[str],
    headers: dict[str, str] | None = None,
) -> EmailMultiAlternatives:
    """Return an e-mail that is ready to be sent.

    Args:
        subject: In one line.
        template: Its templates' name without the ending: ``.txt`` holds the words,
            ``.html`` extends ``core/letter.html``. Both are given ``context``, of
            which the dress needs ``site_name`` and ``root_url``.
        context: What the templates print.
        to: One address or several, each of which sees the others.
        headers: Beyond the usual ones.
    """
    context = {**context, "subject": subject}
    message = EmailMultiAlternatives(
        subject=subject,
        body=render_to_string(f"{template}.txt", context),
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=list(to),
        headers=headers,
    )
    message.attach_alternative(
        render_to_string(f"{template}.html", context), "text/html"
    )
    return message
