"""How often one address may begin and send a form, and ask for links and codes."""

import logging

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from users.address import client_address
from users.limits import CacheUnavailableError, Limit

logger = logging.getLogger(__name__)

_MINUTE = 60  # seconds
_HOUR = 60 * _MINUTE

_SENT = _(
    "Nothing has been sent yet: many applications have come from your network in a "
    "short time. Your answers are still here. Wait ten minutes, then send them again."
)
_SENT_FOR_EMAIL = _(
    "Nothing has been sent yet: several applications with your e-mail address have "
    "arrived within the hour. Your answers are still here. Wait an hour, then send "
    "them again, or call us."
)
_WAIT = _("There were many attempts. Wait ten minutes, then try again.")
_WAIT_AN_HOUR = _(
    "Several links were asked for with this address. Look for our e-mails, also among "
    "those marked as spam, or try again in an hour."
)
_BEGUN = _(
    "Nothing has been kept yet: many forms have been begun from your network in a "
    "short time. What you typed is still here. Wait ten minutes, then go on."
)
_FILES = _(
    "Many files have come from your network in a short time. Wait ten minutes, then "
    "choose it again."
)

# Many people may share an address: a ward, a family, a mobile network.
SENT_FROM_ADDRESS = Limit("applications-from-address", 20, 10 * _MINUTE, _SENT)
SENT_FOR_EMAIL = Limit("applications-for-email", 10, _HOUR, _SENT_FOR_EMAIL)
DRAFTS_FROM_ADDRESS = Limit("drafts-from-address", 30, 10 * _MINUTE, _BEGUN)
FILES_FROM_ADDRESS = Limit("files-from-address", 100, 10 * _MINUTE, _FILES)
LINKS_FROM_ADDRESS = Limit("links-from-address", 10, 10 * _MINUTE, _WAIT)
LINKS_FOR_EMAIL = Limit("links-for-email", 3, _HOUR, _WAIT_AN_HOUR)
FEEDBACK_FROM_ADDRESS = Limit("feedback-from-address", 10, 10 * _MINUTE, _WAIT)
SAVES_FROM_ADDRESS = Limit("saves-from-address", 10, 10 * _MINUTE, _WAIT)
SAVES_FOR_EMAIL = Limit("saves-for-email", 3, _HOUR, _WAIT_AN_HOUR)
CODES_FROM_ADDRESS = Limit("codes-from-address", 20, 10 * _MINUTE, _WAIT)
TRIES_FROM_ADDRESS = Limit("tries-from-address", 30, 10 * _MINUTE, _WAIT)


class OverLimitError(Exception):
    """Something was not done, since it would have been over ``limit``."""

    def __init__(self, limit: Limit) -> None:
        super().__init__(limit.name)
        self.limit = limit


def reached(
    request: HttpRequest, from_address: Limit, *others: tuple[Limit, str]
) -> Limit | None:
    """Count one more attempt; return the limit that it is over, None when within all.

    Args:
        request: Whose network address counts towards ``from_address``.
        from_address: How much may come from one.
        others: Further limits, each with whom it counts by, beside the network
            address: elsewhere a stranger could use up what is another's. "" counts
            nothing.

    Without a cache nothing is counted, and nobody sent away: codes are limited by the
    database as well, and an application matters more than its sender's number.
    """
    address = client_address(request)
    counted = [(limit, (who, address)) for limit, who in others if who]
    for limit, parts in [(from_address, (address,)), *counted]:
        try:
            if address and not limit.allows(*parts):
                logger.warning("Too many attempts: %s", limit.name)
                return limit
        except CacheUnavailableError:
            logger.warning("Attempts cannot be counted: %s", limit.name)
    return None
