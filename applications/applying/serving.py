"""Handles every request to an application form.

Nothing is acknowledged before it is stored, and nothing typed is lost: every refusal is
the same form, filled in, with a sentence. Answers are kept in that response only.
"""

from contextlib import suppress
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise

from applications.applying import intake, protection
from applications.applying.entered import finding, refusing
from applications.applying.forms import FIELD_PREFIX, TOKEN, ApplicationForm
from applications.applying.gone import answer_gone
from applications.applying.notices import (
    CHANGED,
    DATABASE_DOWN,
    EXPIRED,
    FAST,
    GONE,
    HONEYPOT_FILLED,
    OLD,
    UNAVAILABLE,
    UNKNOWN,
)
from applications.applying.one_page import by_staff
from applications.applying.one_page.showing import Received, show, show_again
from applications.applying.opening import admits, is_open
from applications.applying.steps import beginning, precheck, previewing
from applications.applying.steps.filling import GoneError, shown_definition
from applications.applying.steps.stepping import too_often, unavailable
from applications.applying.steps.taking_over import take_over
from applications.applying.tokens import (
    FASTEST,
    LONGEST,
    SENT,
    SENT_FOR,
    FormToken,
    thanks_token,
)
from applications.definitions import frozen, is_in_steps
from applications.limits import OverLimitError
from applications.models.applications import Application
from applications.models.definitions import FormDefinition
from core.encryption import EncryptionError
from core.views.private import keep_private


def serve(page: Any, request: HttpRequest) -> HttpResponse:
    """Show the form, or receive what was filled in."""
    definition = page.latest_definition
    if definition is None:
        return show(page, request)
    if (entry := finding.find(request)) and not is_in_steps(entry.definition.content):
        return by_staff.serve(page, request, entry)
    if request.method == "POST":
        if not admits(page, request):
            return _return_sent(page, request, definition)
        received = _read(page, request, definition)
        # A form of one page is taken even if it is one of several steps by now.
        if not is_in_steps(received.definition.content):
            return _receive(page, request, received)
        if _has_answers(request):
            return _in_steps(page, request, received, definition, UNKNOWN)
    if is_in_steps(definition.content) or beginning.is_begun(page, request):
        return beginning.serve(page, request)
    if not is_open(page):
        return show(page, request)
    form = ApplicationForm(definition.content)
    return show(page, request, form, _token_for(request, definition))


def _in_steps(
    page: Any,
    request: HttpRequest,
    received: Received,
    latest: FormDefinition,
    notice: Promise,
) -> HttpResponse:
    """Put what was typed on one page into the form's steps, or show it again."""
    shown, token = received.definition, received.token
    steps = latest if is_in_steps(latest.content) else shown
    key = token.submission_key if token else None
    try:
        return take_over(page, request, shown, steps, key)
    except GoneError:
        return show_again(page, request, received, GONE, 409)
    except OverLimitError as error:
        limit = error.limit
        return too_often(show_again(page, request, received, limit.advice, 429), limit)
    except precheck.TooLargeError:
        # A new token, with which it is taken as it is once they have agreed.
        anew = received._replace(token=None)
        return show_again(page, request, anew, notice)
    except (*DATABASE_DOWN, EncryptionError):
        return unavailable(show_again(page, request, received, UNAVAILABLE, 503))


def _return_sent(
    page: Any, request: HttpRequest, latest: FormDefinition
) -> HttpResponse:
    """Lead to what has arrived before, or show what was typed into a closed form."""
    received = _read(page, request, latest)
    if received.token and received.form.is_valid():
        with suppress(intake.ChangedError):
            key, answers = received.token.submission_key, received.form.answers
            if application := intake.earlier(key, answers):
                return _thank(page, application, received.token)
    return answer_gone(request, page=page)


def serve_expired(page: Any, request: HttpRequest) -> HttpResponse:
    """Show what was posted again when its CSRF token was missing or stale."""
    definition = page.latest_definition
    if definition is None:
        return show(page, request, status=403)
    if (entry := finding.find(request)) and not is_in_steps(entry.definition.content):
        return by_staff.show_expired(page, request, entry)
    if not _has_answers(request) and beginning.is_begun(page, request):
        # Such as a button: nothing was typed that is on this page only.
        return beginning.serve(page, request, EXPIRED, 403)
    if not admits(page, request):
        return answer_gone(request, page=page, status=403)
    received = _read(page, request, definition)
    if is_in_steps(received.definition.content):
        return beginning.serve(page, request, EXPIRED, 403)
    return show_again(page, request, received, EXPIRED, 403)


def _has_answers(request: HttpRequest) -> bool:
    return any(name.startswith(FIELD_PREFIX) for name in request.POST)


def serve_preview(page: Any, request: HttpRequest, mode: str = "") -> HttpResponse:
    """Show the draft's questions in a form that has nothing to send."""
    request.is_preview = True  # type: ignore[attr-defined]
    content = frozen(page)
    if is_in_steps(content):
        return previewing.serve(page, request, content, mode)
    return show(page, request, ApplicationForm(content))


def _read(page: Any, request: HttpRequest, latest: FormDefinition) -> Received:
    """Bind the posted data to the definition that was shown, or to the latest.

    Raises:
        Http404: What was shown is another form, or one that was deleted.
    """
    token = FormToken.read(request.POST.get(TOKEN, ""))
    shown = shown_definition(page, request)
    if token is None or shown is None:
        return Received(latest, ApplicationForm(latest.content, request.POST), None)
    return Received(shown, ApplicationForm(shown.content, request.POST), token)


def _receive(page: Any, request: HttpRequest, received: Received) -> HttpResponse:
    definition, form, token = received
    if token is None:
        return show_again(page, request, received, UNKNOWN)
    suspicion = protection.suspicion(request, is_fast=token.age < FASTEST)
    if suspicion is protection.Suspicion.HONEYPOT and not token.warned:
        return _warn(page, request, received, HONEYPOT_FILLED)
    if not form.is_valid():
        return show_again(page, request, received)
    try:
        application = intake.earlier(token.submission_key, form.answers)
        if application is None:
            if suspicion and not token.warned:
                return _warn(page, request, received, FAST)
            if refusal := _refusal(page, request, received, token):
                return refusal
            application = intake.store(
                definition,
                token.submission_key,
                form.answers,
                suspicion=suspicion or "",
            )
        return _thank(page, application, token)
    except intake.ChangedError as error:
        if error.application.is_entered:
            # Such as on going back: it must not become an applicant's own.
            words = refusing.SENT.format(reference=error.application.reference)
            return refusing.answer(request, page, words)
        anew = received._replace(token=None)
        notice = CHANGED.format(reference=error.application.reference)
        return show_again(page, request, anew, notice, 409)
    except (*DATABASE_DOWN, EncryptionError):
        return unavailable(show_again(page, request, received, UNAVAILABLE, 503))


def _thank(page: Any, application: Application, token: FormToken) -> HttpResponse:
    """Return the redirect to the reference number; only after the commit."""
    thanks = reverse("applications:thanks", args=[thanks_token(application.pk)])
    response = redirect(thanks)
    response.status_code = 303
    _remember(page, response, token)
    return keep_private(response)


def _refusal(
    page: Any, request: HttpRequest, received: Received, token: FormToken
) -> HttpResponse | None:
    """Return why what was filled in without mistakes is not stored yet."""
    if token.age > LONGEST:
        latest = page.latest_definition
        if is_in_steps(latest.content):
            return _in_steps(page, request, received, latest, OLD)
        form = ApplicationForm(latest.content, request.POST)
        return show_again(page, request, Received(latest, form, None), OLD)
    form = received.form
    limit = protection.limit_reached(request, form.content, form.answers)
    if limit is None:
        return None
    return too_often(show_again(page, request, received, limit.advice, 429), limit)


def _warn(
    page: Any, request: HttpRequest, received: Received, notice: Promise
) -> HttpResponse:
    """Show the form again, once: whoever then sends it is believed, with a mark."""
    token = received.token and replace(received.token, warned=True)
    return show_again(page, request, received._replace(token=token), notice)


def _remember(page: Any, response: HttpResponse, token: FormToken) -> None:
    """Remember the token, so that sending the form again stores nothing twice.

    Going back loads the form anew, and browsers fill the answers in again. The cookie
    says which form was sent and nothing of its answers; it goes to this page only.
    """
    response.set_cookie(
        SENT,
        str(token),
        max_age=SENT_FOR,
        path=page.url,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )


def _token_for(request: HttpRequest, definition: FormDefinition) -> FormToken:
    """Return the token of the form sent a while ago, or a new one.

    The same answers are then the same application; other answers are told of.
    """
    sent = FormToken.read(request.COOKIES.get(SENT, ""))
    if sent and sent.definition_pk == definition.pk and sent.age < LONGEST:
        return sent
    return FormToken.new(definition.pk)
