"""What looks like a program's, and what comes too often."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

from applications import limits
from applications.applying.forms import HONEYPOT
from applications.contacts import contact_hash, email_in
from applications.models.applications import Application
from users.limits import Limit

Suspicion = Application.Suspicion


def suspicion(request: HttpRequest, *, is_fast: bool) -> Suspicion | None:
    """Return why what was sent looks like a program's, None if it does not.

    It is asked for again, once; who then sends it is believed, and it gets a mark.
    """
    if request.POST.get(HONEYPOT):
        return Suspicion.HONEYPOT
    return Suspicion.FAST if is_fast else None


def limit_reached(
    request: HttpRequest, content: dict[str, Any], answers: Mapping[str, Any]
) -> Limit | None:
    """Count one application more; return the limit that it is over, None if none.

    Args:
        request: Whose network address counts.
        content: The frozen definition.
        answers: By question id.
    """
    contact = contact_hash(email_in(content, answers))
    return limits.reached(
        request, limits.SENT_FROM_ADDRESS, (limits.SENT_FOR_EMAIL, contact)
    )
