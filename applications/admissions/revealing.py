"""Shows answers about health, and files, once somebody has said why; for ten minutes.

Whoever reloads the page, or opens one file after the other, is not asked each time. The
time is kept in the session, which ends with signing out, for this one application.
"""

import time
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import TextChoices
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from applications.models.applications import Application

LASTS = 10 * 60  # seconds
_KEY = "revealed_applications"


class Reason(TextChoices):
    """Why somebody looks.

    A choice and no words of one's own: the log is never changed, and must not come to
    hold what people are ill with.
    """

    DECIDE = "decide", _("To decide on the application")
    CONTACT = "contact", _("To prepare a call, a letter or a visit")
    OPINION = "opinion", _("To give a second opinion")
    REQUEST = "request", _("To answer what the applicant asks about their data")
    FAULT = "fault", _("To look into a complaint or a fault")


class RevealForm(forms.Form):
    reason = forms.ChoiceField(
        choices=Reason.choices,
        widget=forms.RadioSelect,
        label=_("Why you need to see them"),
        error_messages={
            "required": _("Choose why you need to see them: it stands in the log."),
            "invalid_choice": _("Choose one of the reasons below."),
        },
    )


def reveal(request: HttpRequest, application: Application, reason: str) -> None:
    """Record the reason, and only then show the application's answers for a while.

    Raises:
        core.encryption.KeysUnusableError: It cannot be recorded; nothing is shown.
    """
    log(instance=application, action="applications.reveal", data={"reason": reason})
    revealed = _still_revealed(request)
    revealed[str(application.pk)] = int(time.time()) + LASTS
    request.session[_KEY] = revealed


def hide(request: HttpRequest, pk: UUID) -> None:
    """Show the application's answers no more until the next reason."""
    revealed = _still_revealed(request)
    revealed.pop(str(pk), None)
    request.session[_KEY] = revealed


def revealed_until(request: HttpRequest, pk: UUID | None) -> datetime | None:
    """Return until when the application's answers are shown here; None: they are not.

    Whether the person may see them at all is another question (`Right.REVEAL`), which
    is asked each time.
    """
    until = _still_revealed(request).get(str(pk))
    return datetime.fromtimestamp(until, UTC) if until else None


def _still_revealed(request: HttpRequest) -> dict[str, int]:
    kept: dict[str, Any] = request.session.get(_KEY, {})
    now = time.time()
    return {pk: until for pk, until in kept.items() if until > now}


def revealed_words(data: dict[str, Any]) -> str:
    """Return what the log says, from an entry's data; they may have been erased."""
    reason = data.get("reason", "")
    if reason not in Reason.values:
        return gettext("Revealed answers about health")
    return gettext("Revealed answers about health: {reason}").format(
        reason=Reason(reason).label
    )
