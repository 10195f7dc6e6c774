"""Limits on sign-in attempts, counted in the shared cache.

A name alone is never limited: somebody elsewhere could lock its owner out by failing on
purpose. Failures are counted by address, and by name and address.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass

from allauth.core.exceptions import ImmediateHttpResponse
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.crypto import salted_hmac
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy

from users.address import client_address

logger = logging.getLogger(__name__)

_MINUTE = 60  # seconds
_HOUR = 60 * _MINUTE
_DAY = 24 * _HOUR
_WAIT = gettext_lazy("Wait five minutes, then try again.")


@dataclass(frozen=True)
class Limit:
    """A number of attempts in a number of seconds from the first."""

    name: str
    attempts: int
    seconds: int
    # What somebody over the limit is told to do.
    advice: str | Promise = ""

    def allows(self, *who: object) -> bool:
        """Count one more attempt, and return whether it is within the limit.

        Raises:
            CacheUnavailableError: It could not be counted.
        """
        key = self._key(who)
        try:
            cache.add(key, 0, self.seconds)
            count = cache.incr(key)
        except ValueError as error:
            raise CacheUnavailableError from error
        return count <= self.attempts

    def take_back(self, *who: object) -> None:
        """Uncount one attempt that succeeded."""
        try:
            cache.decr(self._key(who))
        except ValueError:
            # It is forgotten already.
            return

    def _key(self, who: Sequence[object]) -> str:
        text = "\0".join(str(part) for part in who)
        digest = salted_hmac(f"users.limits.{self.name}", text, algorithm="sha256")
        return f"users.limits:{self.name}:{digest.hexdigest()}"


class CacheUnavailableError(Exception):
    """The cache does not store values."""


# Wrong passwords and codes together.
FAILURES_FROM_ADDRESS = Limit("failures-from-address", 20, 5 * _MINUTE, _WAIT)
FAILURES_FOR_NAME = Limit("failures-for-name", 5, 5 * _MINUTE, _WAIT)
# Whoever gets as far as the code knows the password. A new one starts a new count.
WRONG_CODES = Limit(
    "wrong-codes",
    50,
    _DAY,
    gettext_lazy(
        "Many wrong codes were entered for this account by somebody who knows its "
        "password. Choose a new password, then sign in with that."
    ),
)
RESETS_FROM_ADDRESS = Limit("resets-from-address", 5, 5 * _MINUTE, _WAIT)
RESET_MAILS = Limit("reset-mails", 3, _HOUR)

Attempts = Sequence[tuple[Limit, tuple[object, ...]]]


def count(request: HttpRequest, attempts: Attempts) -> None:
    """Count attempts, given as (limit, key) pairs.

    Raises:
        ImmediateHttpResponse: One is over its limit (429), or cannot be counted (503).
    """
    for limit, who in attempts:
        try:
            allowed = limit.allows(*who)
        except CacheUnavailableError as error:
            logger.exception("Attempts to sign in cannot be counted.")
            raise ImmediateHttpResponse(_uncountable(request)) from error
        if not allowed:
            logger.warning("Too many attempts to sign in: %s", limit.name)
            raise ImmediateHttpResponse(_too_many(request, limit))


def is_within(request: HttpRequest, limit: Limit, *about: object) -> bool:
    """Count one more from the network that ``request`` comes from, and ``about``.

    Return whether it is within ``limit``. Where no network is known nothing is counted,
    and without a cache nobody is sent away: what protects an account is `count`.
    """
    address = client_address(request)
    try:
        if not address or limit.allows(address, *about):
            return True
    except CacheUnavailableError:
        logger.warning("Attempts cannot be counted: %s", limit.name)
        return True
    logger.warning("Too many attempts: %s", limit.name)
    return False


def take_back(attempts: Attempts) -> None:
    """Uncount attempts that succeeded."""
    for limit, who in attempts:
        limit.take_back(*who)


def _too_many(request: HttpRequest, limit: Limit) -> HttpResponse:
    title = gettext("Too many attempts")
    context = {"title": title, "advice": limit.advice}
    response = render(request, "users/refused.html", context, status=429)
    response.headers["Retry-After"] = str(limit.seconds)
    return response


def _uncountable(request: HttpRequest) -> HttpResponse:
    context = {
        "title": gettext("Signing in is not possible right now"),
        "advice": gettext("Your password was not checked. Try again in a minute."),
    }
    response = render(request, "users/refused.html", context, status=503)
    response.headers["Retry-After"] = str(_MINUTE)
    return response
