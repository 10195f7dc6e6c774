"""What applicants are told when something goes otherwise than they meant."""

from typing import Any

from django.db import InterfaceError, InternalError, OperationalError
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

UNKNOWN = _(
    "Nothing has been sent yet: this form could not be recognised, so we have prepared "
    "it again. Check your answers and send it again."
)
OLD = _(
    "Nothing has been sent yet: this form was open for more than a day, so we have "
    "prepared it again. Check your answers and send it again."
)
EXPIRED = _(
    "Nothing has been sent yet: this form was open for a long time, or your browser "
    "does not accept cookies from this site. Your answers are still here. Send them "
    "again."
)
FAST = _(
    "Nothing has been sent yet: this was faster than people answer, so we make sure "
    "that you are not a program. Wait a few seconds and send it again."
)
HONEYPOT_FILLED = _(
    "Nothing has been sent yet: a hidden field was filled in, perhaps by your "
    "browser. We have emptied it. Send the form again."
)
CHANGED = _(
    "You have already sent this form with other answers. It arrived under the "
    "reference number {reference}. To send these answers as well, as a "
    "second application, send it again."
)
UNAVAILABLE = _(
    "Nothing has been sent: we cannot store your answers at the moment. They are still "
    "here. Wait a minute and send them again."
)
GONE = _(
    "What you filled in before is no longer here: it was sent or cleared in another "
    "window, or kept for as long as we said. What you typed on this page is still "
    "here; copy what you need before you begin anew."
)
TOO_LARGE = _(
    "This is more text than can be kept before you agree to our reading it. Shorten "
    "it, and send it again."
)
AGREE_FIRST = _(
    "Your answers are still here, but the long ones cannot be kept before you agree. "
    "Tick the box with which you agree, and continue."
)
NOT_AGREED = _(
    "What you typed on this page has not been stored: you have taken back what you "
    "agreed to. Copy what you need, go back to the step where you agree, and tick the "
    "box again."
)
# Notices that an address may ask for, after a redirect.
CALLED_FOR = {
    "hidden": HONEYPOT_FILLED,
    "fast": FAST,
    "changed": _(
        "Nothing has been sent yet: your answers were changed in another window since "
        "this page was shown. Check them, and send them again."
    ),
    "saved": _(
        "We are sending you an e-mail with a link. With it you can go on later, in "
        "this browser or another. You may also go on now."
    ),
    "not-kept": _(
        "The long answers of the step that you left have not been kept: that needs "
        "your agreement. The others are still here."
    ),
    "in-steps": _(
        "We have divided this form into steps since you opened it. What you typed is "
        "in them; check it, and add what is missing."
    ),
    "moved": _(
        "This form has moved to another address. What you typed is still here; go on "
        "as before."
    ),
    "cleared": _("Your answers have been deleted from this device and from our site."),
}
# Of these nothing is wrong.
GOOD = tuple(CALLED_FOR[name] for name in ("saved", "in-steps", "moved", "cleared"))
MORE = _("Your answer leads to one more question. Please answer it, too.")

RETRY_AFTER = 60  # seconds
# What a database that is locked, full, read-only or gone raises.
DATABASE_DOWN = (OperationalError, InternalError, InterfaceError)


def called_for(request: HttpRequest, filling: Any) -> str | Promise:
    """Return the notice that an address asks for, "" when it asks for none of ours.

    Args:
        request: For the address, which anybody may have made up or kept.
        filling: What the browser has filled in, None for nothing: what is said of it
            must be true.
    """
    name = request.GET.get("notice", "")
    if name == "cleared" and filling is not None and filling.is_begun:
        return ""
    if name in {"moved", "in-steps"} and (filling is None or not filling.is_begun):
        return ""
    if name == "saved" and (filling is None or not filling.has_link):
        return ""
    return CALLED_FOR.get(name, "")
