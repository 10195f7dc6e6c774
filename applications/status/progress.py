"""How an application stands, in words for the applicant."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext

from applications.inbox.states import state_of
from applications.models.applications import Application
from applications.models.site_settings import ApplicationSettings
from applications.models.states import ApplicationState

_Status = Application.Status


@dataclass(frozen=True)
class Progress:
    """A heading, a text, and by when the applicant hears from us.

    Args:
        heading: How it stands, in a few words.
        text: What that means and what comes next, in paragraphs.
        by: The day by which an answer was promised; None: no promise.
        is_late: Whether that day has passed.
    """

    heading: str
    text: str
    by: date | None = None
    is_late: bool = False


def progress(application: Application) -> Progress:
    """Return how an application stands.

    In the words of its form's state; where that has none, in those of its site's
    settings; where those have none either, in the usual ones.
    """
    site = application.definition.page.get_site()
    texts = ApplicationSettings.objects.filter(site=site).first()
    texts = texts or ApplicationSettings()
    state = state_of(application)
    usual = _usual(application.status, texts)
    by = _promised(application, state, texts.answer_within)
    return Progress(
        state.heading or usual.heading,
        state.text or usual.text,
        by,
        is_late=by is not None and by < timezone.localdate(),
    )


def _usual(status: str, texts: ApplicationSettings) -> Progress:
    match status:
        case _Status.RECEIVED:
            text = texts.received_text or gettext(
                "It is stored safely, and nobody has opened it yet. Next, somebody of "
                "our team reads it and answers you."
            )
            return Progress(gettext("It has arrived"), text)
        case _Status.READING:
            text = texts.read_text or gettext(
                "Somebody of our team has opened it. Next, we answer you."
            )
            return Progress(gettext("It is being read"), text)
        case _Status.ASKED:
            text = gettext(
                "To go on, we need something more from you. If you do not know what, "
                "call us."
            )
            return Progress(gettext("We need more from you"), text)
        case _Status.ACCEPTED:
            text = gettext(
                "We have decided, and would like to go on with you. Next, we tell you "
                "how."
            )
            return Progress(gettext("It is accepted"), text)
        case _Status.DECLINED:
            text = gettext(
                "We have decided that we cannot go on with it. If you do not know why, "
                "or something has changed, call us."
            )
            return Progress(gettext("It is declined"), text)
        case _Status.WITHDRAWN:
            text = gettext(
                "Nobody works on it any more. The answers are kept until the time that "
                "we must keep them for is over. To have them deleted now, delete it."
            )
            return Progress(gettext("You have withdrawn it"), text)
    text = texts.closed_text or gettext(
        "We have done what there was to do. If you have heard nothing from us, or "
        "something has changed, call us."
    )
    return Progress(gettext("It is closed"), text)


def _promised(
    application: Application, state: ApplicationState, usual_days: int | None
) -> date | None:
    """Return the promised day: counted from the state's first, or from the receipt."""
    if state.pk:
        since, days = application.in_state_since, state.answer_within
    else:
        waits = application.status in {_Status.RECEIVED, _Status.READING}
        since, days = application.submitted_at, usual_days if waits else None
    if days is None:
        return None
    return timezone.localtime(since).date() + timedelta(days=days)
