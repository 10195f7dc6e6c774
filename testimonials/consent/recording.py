"""What the log says of consents: who looked at one, and what was done with it."""

import logging
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from core.encryption import EncryptionError
from testimonials.models.consent import Consent
from testimonials.models.consent_log import ConsentLogEntry
from testimonials.models.subject import Subject

logger = logging.getLogger(__name__)

LOOKED = "testimonials.consent_look"
SAVED = "testimonials.consent_file"
KEPT = "testimonials.consent_kept"
SEEN_TO = "testimonials.consent_elsewhere"
MAILED = "testimonials.consent_link"
ENDED = "testimonials.consent_link_ended"
GIVEN = "testimonials.consent_given"
NARROWED = "testimonials.consent_narrowed"
TAKEN_BACK = "testimonials.consent_taken_back"
CONFIRMED = "testimonials.consent_confirmed"

_WORDS = {
    LOOKED: (_("Look at a consent"), _("Looked at it")),
    SAVED: (_("Save a signed consent"), _("Saved the signed document")),
    KEPT: (_("Keep a signed consent"), _("Added a signed document")),
    SEEN_TO: (
        _("See to social media and print"),
        _("Saw to social media and print"),
    ),
    MAILED: (_("Mail a person the link to their consents"), _("Mailed the link")),
    ENDED: (_("End the link to a person's consents"), _("Ended the link")),
    GIVEN: (_("Give consent"), _("The person gave it")),
    NARROWED: (_("Narrow a consent"), _("The person took a part of it back")),
    TAKEN_BACK: (_("Take a consent back"), _("The person took it back")),
    CONFIRMED: (_("Confirm a consent"), _("The person confirmed it")),
}


def record(consents: Iterable[Consent], action: str, user: Any) -> None:
    """Say in the log what a member of staff does with each of ``consents``.

    Raises:
        core.encryption.KeysUnusableError: There is no key to seal the log with; then
            nothing may be shown.
    """
    for consent in consents:
        log(consent, action, user=user)


def record_for(subject: Subject, action: str, user: Any) -> None:
    """Say it of each consent of ``subject``, or of them where there is none yet.

    Raises:
        core.encryption.KeysUnusableError: There is no key to seal the log with.
    """
    consents = list(subject.consents.all())
    record(consents, action, user)
    if not consents:
        log(subject, action, user=user)


def record_act(consents: Iterable[Consent], action: str) -> None:
    """Say in the log what the person did, who must not be kept from it without a key.

    The consents themselves say it, too.
    """
    try:
        record(consents, action, None)
    except EncryptionError:
        logger.exception("What a person did with a consent is not in the log.")


def consent_actions(actions: Any) -> None:
    """Name them, for Wagtail's hook ``register_log_actions``."""
    actions.register_model(Consent, ConsentLogEntry)
    for action, (label, message) in _WORDS.items():
        actions.register_action(action, label, message)
