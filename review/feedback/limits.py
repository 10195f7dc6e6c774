"""How much may come from one network, which is kept as a hash and only for minutes."""

import logging

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from users.address import client_address
from users.limits import CacheUnavailableError, Limit

logger = logging.getLogger(__name__)

_TEN_MINUTES = 10 * 60  # seconds

# Many people may share a network: a ward, a family, a mobile provider.
REPORTS = Limit(
    "reader-reports",
    10,
    _TEN_MINUTES,
    _(
        "Nothing has been sent yet: many reports have come from your network in a "
        "short time. What you typed is still here. Wait ten minutes, then send it "
        "again."
    ),
)
ANSWERS = Limit("useful-answers", 60, _TEN_MINUTES)
ANSWERS_ON_PAGE = Limit("useful-answers-on-page", 5, _TEN_MINUTES)


def is_within(request: HttpRequest, limit: Limit, *about: object) -> bool:
    """Count one attempt more, and return whether it is within ``limit``.

    Without a cache nothing is counted, and nobody sent away.
    """
    try:
        if limit.allows(client_address(request), *about):
            return True
    except CacheUnavailableError:
        logger.warning("Attempts cannot be counted: %s", limit.name)
        return True
    logger.warning("Too many attempts: %s", limit.name)
    return False
