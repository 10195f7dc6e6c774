"""Handles every request to an application form.

Nothing is acknowledged before it is stored, and nothing typed is lost: every refusal is
the same form, filled in, with a sentence. Answers are kept in that response only.
"""

from typing import Any, NamedTuple

from django.conf import settings
from django.db import InterfaceError, InternalError, OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from applications.applying import intake
from applications.applying.forms import HONEYPOT, TOKEN, ApplicationForm
from applications.applying.tokens import FASTEST, LONGEST, FormToken, thanks_token
from applications.definitions import frozen
from applications.models.definitions import FormDefinition
from core.encryption import EncryptionError

UNKNOWN = _(
    "Nothing has been sent yet: this form could not be recognised, so we have prepared "
    "it again. Check your answers and send it again."
)
OLD = _(
    "Nothing has been sent yet: this form was open for more than a day, so we have "
    "prepared it again. Check your answers and send it again."
)
EXPIRED = _(
    "Nothing has been sent yet: this form was open for a long time, or your browser "
    "does not accept cookies from this site. Your answers are still here. Send them "
    "again."
)
FAST = _(
    "Nothing has been sent yet: this was faster than people answer, so we make sure "
    "that you are not a program. Wait a few seconds and send it again."
)
HONEYPOT_FILLED = _(
    "Nothing has been sent yet: a hidden field was filled in, perhaps by your "
    "browser. We have emptied it. Send the form again."
)
CHANGED = _(
    "You have already sent this form with other answers. It arrived under the "
    "reference number {reference}. To send these answers as well, as a "
    "second application, send it again."
)
UNAVAILABLE = _(
    "Nothing has been sent: we cannot store your answers at the moment. They are still "
    "here. Wait a minute and send them again."
)
RETRY_AFTER = 60  # seconds
SENT = "sent_application"  # the cookie's name
SENT_FOR = 60 * 60  # seconds
# What a database that is locked, full, read-only or gone raises.
DATABASE_DOWN = (OperationalError, InternalError, InterfaceError)


class Received(NamedTuple):
    """What was posted: the form with its answers, and its token if that is valid."""

    definition: FormDefinition
    form: ApplicationForm
    token: FormToken | None


def serve(page: Any, request: HttpRequest) -> HttpResponse:
    """Show the form, or receive what was filled in."""
    definition = page.latest_definition
    if definition is None:
        return _show(page, request)
    if request.method != "POST":
        form = ApplicationForm(definition.content)
        return _show(page, request, form, _token_for(request, definition))
    return _receive(page, request, _read(page, request, definition))


def serve_expired(page: Any, request: HttpRequest) -> HttpResponse:
    """Show what was posted again when its CSRF token was missing or stale."""
    definition = page.latest_definition
    if definition is None:
        return _show(page, request, status=403)
    return _show_again(page, request, _read(page, request, definition), EXPIRED, 403)


def serve_preview(page: Any, request: HttpRequest) -> HttpResponse:
    """Show the draft's questions in a form that has nothing to send."""
    request.is_preview = True  # type: ignore[attr-defined]
    return _show(page, request, ApplicationForm(frozen(page)))


def keep_private(response: HttpResponse) -> HttpResponse:
    """Keep ``response`` out of caches, and its address out of Referer headers.

    The policy is not ``no-referrer``: with it browsers send ``Origin: null`` when the
    form is posted, which the protection against forged requests must refuse.
    """
    patch_cache_control(response, no_store=True, private=True)
    response.headers["Referrer-Policy"] = "same-origin"
    return response


def _read(page: Any, request: HttpRequest, latest: FormDefinition) -> Received:
    """Bind the posted data to the definition that was shown, or to the latest."""
    token = FormToken.read(request.POST.get(TOKEN, ""))
    shown = token and page.definitions.filter(pk=token.definition_pk).first()
    if token is None or not shown:
        return Received(latest, ApplicationForm(latest.content, request.POST), None)
    return Received(shown, ApplicationForm(shown.content, request.POST), token)


def _receive(page: Any, request: HttpRequest, received: Received) -> HttpResponse:
    definition, form, token = received
    if token is None:
        return _show_again(page, request, received, UNKNOWN)
    if request.POST.get(HONEYPOT):
        return _show_again(page, request, received, HONEYPOT_FILLED)
    if not form.is_valid():
        return _show_again(page, request, received)
    try:
        application = intake.earlier(token.submission_key, form.answers)
        if application is None:
            if token.age < FASTEST:
                return _show_again(page, request, received, FAST)
            if token.age > LONGEST:
                return _show_again(page, request, _made_anew(page, request), OLD)
            application = intake.store(definition, token.submission_key, form.answers)
        thanks = reverse("applications:thanks", args=[thanks_token(application.pk)])
    except intake.ChangedError as error:
        anew = received._replace(token=None)
        notice = CHANGED.format(reference=error.application.reference)
        return _show_again(page, request, anew, notice, 409)
    except (*DATABASE_DOWN, EncryptionError):
        if not connection.in_atomic_block:
            # A broken connection would break the page with the kept answers too.
            connection.close_if_unusable_or_obsolete()
        response = _show_again(page, request, received, UNAVAILABLE, 503)
        response.headers["Retry-After"] = str(RETRY_AFTER)
        return response
    response = redirect(thanks)
    response.status_code = 303
    _remember(page, response, token)
    return keep_private(response)


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


def _made_anew(page: Any, request: HttpRequest) -> Received:
    latest = page.latest_definition
    return Received(latest, ApplicationForm(latest.content, request.POST), None)


def _show_again(
    page: Any,
    request: HttpRequest,
    received: Received,
    notice: str | Promise = "",
    status: int = 422,
) -> HttpResponse:
    token = received.token or FormToken.new(received.definition.pk)
    return _show(page, request, received.form, token, notice, status)


def _show(
    page: Any,
    request: HttpRequest,
    form: ApplicationForm | None = None,
    token: FormToken | None = None,
    notice: str | Promise = "",
    status: int = 200,
) -> HttpResponse:
    context = page.get_context(request)
    context |= {
        "form": form,
        "form_token": str(token or ""),
        "form_token_name": TOKEN,
        "honeypot_name": HONEYPOT,
        "notice": notice,
        "is_preview": getattr(request, "is_preview", False),
    }
    if form is not None and form.errors:
        page.seo_title = gettext("Error: {title}").format(
            title=page.seo_title or page.title
        )
    template = page.get_template(request)
    return keep_private(TemplateResponse(request, template, context, status=status))
