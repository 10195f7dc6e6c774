"""Whether an applicant hears by e-mail that there is news, said to whoever makes it."""

from django.utils.translation import gettext

from applications.contacts import email_of
from applications.models.applications import Application
from core.encryption import EncryptionError


def is_told(application: Application) -> bool:
    """Return whether an e-mail will be sent: not without an address, nor if marked."""
    if not application.is_written_to:
        return False
    # "" for no address: nothing need be decrypted to know.
    if application.contact_hash is not None:
        return bool(application.contact_hash)
    try:
        return bool(email_of(application))
    except EncryptionError:
        return False


def told_words(application: Application) -> str:
    """Return how the applicant hears of it, as a sentence."""
    if is_told(application):
        return gettext("The applicant is told by e-mail in ten minutes.")
    return gettext("No e-mail is sent to the applicant: call, or write a letter.")
