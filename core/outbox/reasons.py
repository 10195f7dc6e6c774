"""Why an e-mail was not sent, in words for staff who run no mail server."""

from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext

_REFUSED = {"SMTPRecipientsRefused"}
_CONTENT = {"SMTPDataError"}
_SENDER = {"SMTPSenderRefused"}
_LOGIN = {"SMTPAuthenticationError"}
_UNSAFE = {"SSLCertVerificationError", "SSLError", "SMTPNotSupportedError"}
_UNREACHABLE = {
    "ConnectionAbortedError",
    "ConnectionRefusedError",
    "ConnectionResetError",
    "OSError",
    "SMTPConnectError",
    "SMTPHeloError",
    "SMTPServerDisconnected",
    "TimeoutError",
    "gaierror",
    "timeout",
}
_KEYS = {"KeysUnusableError", "UnknownKeyError"}


def reason(error: str, since: datetime) -> str:
    """Return a sentence about an error, "" for none.

    Args:
        error: The name of its type, as `OutgoingMail.last_error` keeps it.
        since: When the e-mail was written.
    """
    if not error:
        return ""
    if error in _UNREACHABLE:
        when = date_format(timezone.localtime(since), "DATETIME_FORMAT")
        sentence = gettext("The mail server has not been reached since {when}.")
        return sentence.format(when=when)
    if error in _REFUSED:
        return gettext("The mail server refused the address it was to go to.")
    if error in _CONTENT:
        return gettext("The mail server refused what the e-mail says.")
    if error in _SENDER:
        return gettext("The mail server refused the address it comes from.")
    if error in _LOGIN:
        return gettext("The mail server refused the site's name or password.")
    if error in _UNSAFE:
        return gettext("No safe connection to the mail server could be made.")
    if error in _KEYS:
        return gettext("The key that opens this e-mail is missing.")
    return gettext("Something went wrong that an administrator must look into.")
