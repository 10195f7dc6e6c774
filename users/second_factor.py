"""Who needs a second factor, and whether they have given it."""

import time
from collections.abc import Callable
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import update_session_auth_hash
from django.core.cache import cache
from django.db import transaction
from django.http import HttpRequest
from wagtail.log_actions import log

from users import limits
from users.address import client_address
from users.models import User

# Who has given a code in this session: nobody else's code counts after another sign-in.
_GIVEN = "second_factor_given_by"
_SIGNED_IN_AT = "signed_in_at"


_others_who_need_it: list[Callable[[Any], bool]] = []


def register(asks: Callable[[Any], bool]) -> None:
    """Let an app above say who else needs it, by what no permission tells."""
    _others_who_need_it.append(asks)


def is_required_of(user: Any) -> bool:
    """Return whether ``user`` needs a second factor."""
    names = settings.SECOND_FACTOR_PERMISSIONS
    # Without any, a password is enough, as on a developer's machine.
    return bool(names) and (
        any(user.has_perm(name) for name in names)
        or any(asks(user) for asks in _others_who_need_it)
    )


def is_set_up(user: Any) -> bool:
    return Authenticator.objects.filter(
        user_id=user.pk, type=Authenticator.Type.TOTP
    ).exists()


def was_given(request: HttpRequest) -> bool:
    """Return whether the user has given a code in this session."""
    return request.session.get(_GIVEN) == request.user.pk


def note_given(request: HttpRequest, user: Any) -> None:
    request.session[_GIVEN] = user.pk


def note_sign_in(request: HttpRequest) -> None:
    request.session[_SIGNED_IN_AT] = time.time()


def signed_in_recently(request: HttpRequest) -> bool:
    """Return whether the user signed in recently enough not to be asked again."""
    age = time.time() - float(request.session.get(_SIGNED_IN_AT, 0))
    return age < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT


def is_first_use(user: Any, code: str) -> bool:
    """Record the use of ``code``, and return whether it is its first.

    Allauth notes it for one period, but accepts codes of several.
    """
    periods = 2 * settings.MFA_TOTP_TOLERANCE + 1
    # As allauth compares codes: without spaces and dashes.
    bare = "".join(filter(str.isalnum, code))
    key = f"users.used-codes:{user.pk}:{bare}"
    return bool(cache.add(key, "used", periods * settings.MFA_TOTP_PERIOD))


def attempts(request: HttpRequest, user: Any) -> limits.Attempts:
    """Return the limits that an attempt to give a code counts against."""
    address = client_address(request)
    return [
        (limits.FAILURES_FROM_ADDRESS, (address,)),
        (limits.FAILURES_FOR_NAME, ("code", user.pk, address)),
        (limits.WRONG_CODES, (user.pk, user.password)),
    ]


def note_set_up(request: HttpRequest, user: User) -> None:
    """End the other sessions of somebody who has just set up their second factor."""
    _end_other_sessions(request, user)
    note_given(request, user)
    log(user, "users.second_factor.set_up", user=user)


def note_removal(request: HttpRequest, user: User) -> None:
    """End the other sessions of somebody who has just removed their second factor."""
    _end_other_sessions(request, user)
    request.session.pop(_GIVEN, None)
    log(user, "users.second_factor.removed", user=user)


@transaction.atomic
def reset(user: User) -> bool:
    """Remove a lost second factor; return whether there was one.

    Whoever has found it is signed out, too.
    """
    removed, _ = Authenticator.objects.filter(user_id=user.pk).delete()
    if removed:
        user.end_sessions()
        log(user, "users.second_factor.reset")
    return bool(removed)


def _end_other_sessions(request: HttpRequest, user: User) -> None:
    user.end_sessions()
    update_session_auth_hash(request, user)
