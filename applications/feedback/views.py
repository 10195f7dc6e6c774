"""Takes the answer to the question after the thanks."""

from dataclasses import replace
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from applications import limits
from applications.applying import protection
from applications.applying.asking import HARD, MOST_CHARACTERS, question_after
from applications.applying.forms import TOKEN
from applications.applying.notices import (
    DATABASE_DOWN,
    FAST,
    HONEYPOT_FILLED,
    RETRY_AFTER,
    UNAVAILABLE,
)
from applications.applying.tokens import FASTEST, FeedbackToken
from applications.feedback.keeping import keep
from applications.models.definitions import FormDefinition
from core.encryption import EncryptionError
from core.views.private import keep_private

_WORDS = _("Write a few words, or close this page: you need not answer.")
_TOO_LONG = _("Shorten it to 2,000 characters.")
_SIGNS = _("Take out what is no letter or sign: something unreadable was pasted.")
_WARNINGS: dict[protection.Suspicion, Promise] = {
    protection.Suspicion.HONEYPOT: HONEYPOT_FILLED,
    protection.Suspicion.FAST: FAST,
}


class FeedbackForm(forms.Form):
    text = forms.CharField(
        max_length=MOST_CHARACTERS,
        error_messages={
            "required": _WORDS,
            "max_length": _TOO_LONG,
            "null_characters_not_allowed": _SIGNS,
        },
    )


@csrf_exempt  # nobody is known here, and what was typed must not be lost to a token
@require_http_methods(["GET", "HEAD", "POST"])
def feedback(request: HttpRequest) -> HttpResponse:
    """Store what was hard, or show it again with what is wrong."""
    token = FeedbackToken.read(request.POST.get(TOKEN, ""))
    definition = token and FormDefinition.objects.filter(pk=token.definition_pk).first()
    if token is None or not definition:
        return redirect("/")  # typed by hand: there is nothing to answer
    form = FeedbackForm({"text": request.POST.get(HARD, "")})
    suspicion = protection.suspicion(request, is_fast=token.age < FASTEST)
    if suspicion and not token.warned:
        warned = replace(token, warned=True)
        return _again(request, warned, _WARNINGS[suspicion])
    if not form.is_valid():
        return _again(request, token, str(form.errors["text"][0]), is_mistake=True)
    if limit := limits.reached(request, limits.FEEDBACK_FROM_ADDRESS):
        response = _again(request, token, limit.advice, status=429)
        response.headers["Retry-After"] = str(limit.seconds)
        return response
    try:
        keep(definition.page, token.submission_key, form.cleaned_data["text"])
    except (*DATABASE_DOWN, EncryptionError):
        response = _again(request, token, UNAVAILABLE, status=503)
        response.headers["Retry-After"] = str(RETRY_AFTER)
        return response
    response = redirect("applications:feedback-sent")
    response.status_code = 303
    return keep_private(response)


@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    return _page(request, "sent", {})


def _again(
    request: HttpRequest,
    token: FeedbackToken,
    problem: str | Promise,
    *,
    is_mistake: bool = False,
    status: int = 422,
) -> HttpResponse:
    question = question_after(token) | {
        "typed": request.POST.get(HARD, "").replace("\0", ""),
        "error" if is_mistake else "notice": problem,
    }
    return _page(request, "again", {"question": question}, status)


def _page(
    request: HttpRequest, name: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    template = f"applications/feedback/{name}.html"
    response = keep_private(render(request, template, context, status=status))
    response.headers["X-Robots-Tag"] = "noindex"
    return response
