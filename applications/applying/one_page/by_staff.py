"""Takes what staff type into a form of one page for somebody."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from applications.applying import intake
from applications.applying.entered import finding, refusing
from applications.applying.forms import ApplicationForm
from applications.applying.notices import DATABASE_DOWN, EXPIRED, UNAVAILABLE
from applications.applying.one_page.showing import Received, show, show_again
from applications.applying.steps.stepping import unavailable
from applications.applying.tokens import thanks_token
from applications.models.applications import Application
from applications.models.drafts import Draft
from core.encryption import EncryptionError
from core.views.private import keep_private


def serve(page: Any, request: HttpRequest, entry: Draft) -> HttpResponse:
    """Show the form as it was when the entry began, or store what was typed.

    Neither speed nor a filled hidden field stops staff, nor how often they send.
    """
    if request.method != "POST":
        form = ApplicationForm(entry.definition.content)
        return show(page, request, form, finding.token_of(entry))
    received = _received(request, entry)
    if not received.form.is_valid():
        return show_again(page, request, received)
    try:
        if not finding.may_be_sent(entry):
            return show_again(page, request, received, refusing.LOST_RIGHT, 403)
        key, answers = entry.submission_key, received.form.answers
        application = intake.store(entry.definition, key, answers, entry)
    except intake.ChangedError as error:
        words = refusing.SENT.format(reference=error.application.reference)
        return refusing.answer(request, page, words)
    except intake.DraftChangedError:
        return refusing.answer(request, page, refusing.ANOTHERS)
    except (*DATABASE_DOWN, EncryptionError):
        return unavailable(show_again(page, request, received, UNAVAILABLE, 503))
    return _thank(page, request, application)


def show_expired(page: Any, request: HttpRequest, entry: Draft) -> HttpResponse:
    """Show what was typed again when its CSRF token was missing or stale."""
    return show_again(page, request, _received(request, entry), EXPIRED, 403)


def _received(request: HttpRequest, entry: Draft) -> Received:
    form = ApplicationForm(entry.definition.content, request.POST)
    return Received(entry.definition, form, finding.token_of(entry))


def _thank(page: Any, request: HttpRequest, application: Application) -> HttpResponse:
    thanks = reverse("applications:thanks", args=[thanks_token(application.pk)])
    response = redirect(thanks)
    response.status_code = 303
    response.delete_cookie(finding.COOKIE, path=page.get_url_parts(request)[2])
    return keep_private(response)
