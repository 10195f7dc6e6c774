"""The review of all answers, and sending them."""

import time
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from applications.applying import intake, protection
from applications.applying.entered import finding, refusing
from applications.applying.forms import TOKEN
from applications.applying.gone import answer_gone
from applications.applying.notices import (
    DATABASE_DOWN,
    EXPIRED,
    GONE,
    UNAVAILABLE,
    called_for,
)
from applications.applying.opening import is_open
from applications.applying.steps import filling as fillings
from applications.applying.steps.drawing import draw_review
from applications.applying.steps.filling import Filling
from applications.applying.steps.route import REVIEW
from applications.applying.steps.stepping import to, unavailable
from applications.applying.tokens import (
    FASTEST,
    SENT,
    SENT_FOR,
    FormToken,
    thanks_token,
)
from applications.models.applications import Application
from applications.models.drafts import Draft
from core.encryption import EncryptionError
from core.views.private import keep_private

_WARNINGS = {
    protection.Suspicion.HONEYPOT: "hidden",
    protection.Suspicion.FAST: "fast",
}


def serve_review(page: Any, request: HttpRequest) -> HttpResponse:
    """Show all answers, or send them."""
    filling = fillings.find(page, request)
    if filling is None or filling.draft is None:
        return _sent_before(page, request, filling)
    if filling.route.next_address != REVIEW:
        return to(page, request, filling.route.next_address)
    if request.method == "POST":
        return _send(filling, filling.draft, request)
    return draw_review(filling, request, called_for(request, filling))


def serve_expired(page: Any, request: HttpRequest) -> HttpResponse:
    """Show the review again when its CSRF token was missing or stale."""
    filling = fillings.find(page, request)
    if filling and not filling.is_begun and not is_open(page):
        # Sent or cleared in another window; there is nothing to begin.
        return answer_gone(request, GONE, 403, page)
    if filling is None or filling.route.next_address != REVIEW:
        return to(page, request, filling.route.next_address if filling else "")
    return draw_review(filling, request, EXPIRED, 403)


def _send(filling: Filling, draft: Draft, request: HttpRequest) -> HttpResponse:
    page = filling.page
    is_fast = time.time() - draft.created_at.timestamp() < FASTEST
    suspicion = None
    if not filling.is_entered:
        suspicion = protection.suspicion(request, is_fast=is_fast)
    if suspicion and not _is_warned(request):
        return to(page, request, REVIEW, notice=_WARNINGS[suspicion])
    if request.POST.get("version") != str(draft.version):
        return to(page, request, REVIEW, notice="changed")
    if filling.is_entered and not finding.may_be_sent(draft):
        return draw_review(filling, request, refusing.LOST_RIGHT, 403)
    answers = filling.route.answers
    try:
        if not filling.is_entered and (
            limit := protection.limit_reached(
                request, filling.definition.content, answers
            )
        ):
            response = draw_review(filling, request, limit.advice, 429)
            response.headers["Retry-After"] = str(limit.seconds)
            return response
        application = intake.store(
            filling.definition,
            draft.submission_key,
            answers,
            draft,
            suspicion=suspicion or "",
        )
        response = _thanks(application)
    except intake.ChangedError as error:
        response = _thanks(error.application)
    except intake.DraftChangedError:
        if Draft.objects.filter(pk=draft.pk).exists():
            return to(page, request, REVIEW, notice="changed")
        return draw_review(filling, request, GONE, 409)
    except (*DATABASE_DOWN, EncryptionError):
        return unavailable(draw_review(filling, request, UNAVAILABLE, 503))
    _remember(filling, response, draft.submission_key)
    return response


def _remember(filling: Filling, response: HttpResponse, key: UUID) -> None:
    """Have the browser know what it has sent, in place of what it had filled in."""
    fillings.forget_in_browser(filling, response)
    token = FormToken(filling.definition.pk, key, int(time.time()))
    response.set_cookie(
        SENT,
        str(token),
        max_age=SENT_FOR,
        path=filling.path,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )


def _is_warned(request: HttpRequest) -> bool:
    token = FormToken.read(request.POST.get(TOKEN, ""))
    return token is not None and token.warned


def _sent_before(
    page: Any, request: HttpRequest, filling: Filling | None
) -> HttpResponse:
    """Lead to the thanks for what this browser has sent, as after a double click.

    Or on going back; who has sent nothing is led to where the form begins.
    """
    sent = request.POST.get(TOKEN) or request.COOKIES.get(SENT, "")
    if token := FormToken.read(sent):
        key = token.submission_key
        if application := Application.objects.filter(submission_key=key).first():
            response = _thanks(application)
            if filling and request.method == "POST":
                # Such as when the answer to the first post never arrived.
                _remember(filling, response, key)
            return response
    return to(page, request, filling.route.next_address if filling else "")


def _thanks(application: Application) -> HttpResponse:
    """Return the redirect to the reference number; only after the commit."""
    token = thanks_token(application.pk)
    response = HttpResponseRedirect(reverse("applications:thanks", args=[token]))
    response.status_code = 303
    return keep_private(response)
