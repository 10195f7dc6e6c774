"""What is answered where a form is no longer there, and nobody can go on with it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from applications.applying.forms import FIELD_PREFIX
from core.views.private import keep_private

TICKED = "on"  # what a browser sends for a box, such as consent
_WORDS = _(
    "Nothing has been sent: this form is no longer here. What you typed is on this "
    "page only; copy what you need before you leave it."
)


_CLOSED = _(
    "Nothing has been sent. What you typed is on this page only; copy what you need "
    "before you leave it."
)


def answer_gone(
    request: HttpRequest,
    words: str | Promise = _WORDS,
    status: int = 410,
    page: Any = None,
) -> HttpResponse:
    """Say that a form is gone or closed, and show again what was posted to it.

    Args:
        request: With what was posted.
        words: What has become of the form, and of what was typed.
        status: Of the answer.
        page: The form, if it is only closed; 409 then.
    """
    if page is not None and words is _WORDS:
        words, status = _CLOSED, 403 if status == 403 else 409
    typed = [
        (name, value)
        for name, values in request.POST.lists()
        if name.startswith(FIELD_PREFIX)
        for value in values
    ]
    context = {"words": words, "answers": typed_texts(typed), "form_page": page}
    template = "applications/gone.html"
    return keep_private(TemplateResponse(request, template, context, status=status))


def typed_texts(fields: list[tuple[str, str]]) -> list[str]:
    """Return the answers as text, such as ``27, 3, 1974`` for the parts of a date."""
    answers: dict[str, list[str]] = {}
    for name, value in fields:
        if value and value != TICKED:
            answers.setdefault(name.partition("_")[0], []).append(value)
    return [", ".join(values) for values in answers.values()]
