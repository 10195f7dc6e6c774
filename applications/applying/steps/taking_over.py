"""What was typed into a form of one page, put into the steps that it has by now."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from applications.applying.steps import filling as fillings
from applications.applying.steps.filling import Filling
from applications.applying.steps.route import read_posted
from applications.applying.steps.stepping import to
from applications.definitions import FILE, asked, is_in_steps
from applications.models.definitions import FormDefinition


def take_over(
    page: Any,
    request: HttpRequest,
    shown: FormDefinition,
    latest: FormDefinition,
    key: UUID | None,
) -> HttpResponse:
    """Keep what was posted, and lead to the first step that lacks something.

    With the consent that is a draft, under ``key``; without it the browser carries it.
    What this browser has begun in steps is gone on with.

    Args:
        page: The form.
        request: With what was typed.
        shown: The definition into which it was typed.
        latest: Its steps.
        key: That came with the form, if it did.

    Raises:
        filling.GoneError: That was sent or cleared at this moment.
        limits.OverLimitError: Many drafts were begun from where ``request`` comes.
        precheck.TooLargeError: More was typed without the consent than a cookie holds.
        core.encryption.EncryptionError: There is no key to encrypt with.
        django.db.DatabaseError: Nothing was stored.
    """
    filling = fillings.find(page, request)
    begun = filling is not None and filling.is_begun
    if filling is None or not begun or not is_in_steps(filling.definition.content):
        filling = Filling(page, page.get_url_parts(request)[2], latest)
    known = {q["id"] for q in asked(shown.content) if q["kind"] != FILE}
    typed: dict[str, Any] = {}
    for step in filling.route.all_steps:
        if any(question["id"] in known for question in step.questions):
            typed |= read_posted(step, filling.route.form, request.POST, known)
    # An old window's blanks take nothing from what was answered since.
    typed = {
        name: value
        for name, value in typed.items()
        if not (_is_blank(value) and filling.typed.get(name))
    }
    step = filling.route.all_steps[filling.begins_at - 1]
    address = filling.with_typed(typed).route.next_address
    response = to(page, request, address, notice="in-steps")
    fillings.check_limit(filling, request, step, typed)
    fillings.save(filling, step, typed, response, key)
    return response


def _is_blank(value: Any) -> bool:
    return not any(value) if isinstance(value, list) else not value
