"""The page on which readers report a problem with a page."""

import uuid
from typing import Any

from django.db import (
    IntegrityError,
    InterfaceError,
    InternalError,
    OperationalError,
    transaction,
)
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from core import encryption
from core.encryption import EncryptionError
from core.page_language import language_of
from core.querysets import all_pages, shown_pages
from core.views.private import keep_private
from core.views.same_origin import is_from_here
from review.feedback.forms import MOST_CHARACTERS, MOST_OF_PASSAGE, ReportForm
from review.feedback.limits import REPORTS
from review.feedback.places import Section, sections
from review.feedback.tokens import ReportToken
from review.models.reader_reports import ReaderReport
from users.limits import is_within

SEE_OTHER = 303
_MAX_ID_DIGITS = 9  # more do not fit into the database's integers
_RETRY_AFTER = 60  # seconds
_DOWN = (OperationalError, InternalError, InterfaceError, EncryptionError)
_OLD = _(
    "Nothing has been sent yet: this form was open for a long time, so we have "
    "prepared it again. What you typed is still here. Send it again."
)
_FAST = _(
    "Nothing has been sent yet: this was faster than people write, so we make sure "
    "that you are not a program. Wait a few seconds and send it again."
)
_HONEYPOT = _(
    "Nothing has been sent yet: a hidden field was filled in, perhaps by your browser. "
    "We have emptied it. Send the form again."
)
_ELSEWHERE = _(
    "Nothing has been sent yet: your browser sent the form from another site. What you "
    "typed is still here. Send it again from here."
)
_UNAVAILABLE = _(
    "Nothing has been sent: we cannot store your report at the moment. What you typed "
    "is still here. Wait a minute and send it again."
)


def page_asked_for(pk: str) -> Any:
    """Return the page with this primary key if anybody may read it, else None."""
    return shown_pages().filter(pk=pk).first() if is_key(pk) else None


def _page_known(pk: str) -> Any:
    """Return the page with this primary key, which readers may not see by now."""
    # The root is no page.
    return all_pages().filter(pk=pk, depth__gt=1).first() if is_key(pk) else None


def is_key(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= _MAX_ID_DIGITS


@csrf_exempt  # nobody is known here, and what was typed must not be lost to a token
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    """Show the form for the page that the address names, or store what was sent."""
    if request.method != "POST":
        page = page_asked_for(request.GET.get("page", ""))
        return _in_language_of(page, request, ReportForm(), ReportToken.new())
    page = page_asked_for(request.POST.get("page", ""))
    form = ReportForm(request.POST)
    token = ReportToken.read(request.POST.get("token", ""))
    if token is None:
        return _in_language_of(page, request, form, ReportToken.new(), _OLD, 422)
    if not is_from_here(request):
        return _in_language_of(page, request, form, token, _ELSEWHERE, 403)
    if form.is_from_a_machine:
        return _in_language_of(page, request, form, token, _HONEYPOT, 422)
    if not form.is_valid():
        return _in_language_of(page, request, form, token, status=422)
    if token.is_fast:
        return _in_language_of(page, request, form, token, _FAST, 422)
    if not is_within(request, REPORTS):
        response = _in_language_of(page, request, form, token, REPORTS.advice, 429)
        response.headers["Retry-After"] = str(REPORTS.seconds)
        return response
    try:
        _keep(token.key, _page_known(request.POST.get("page", "")), form.cleaned_data)
    except _DOWN:
        response = _in_language_of(page, request, form, token, _UNAVAILABLE, 503)
        response.headers["Retry-After"] = str(_RETRY_AFTER)
        return response
    query = f"?page={page.pk}" if page else ""
    response = HttpResponseRedirect(f"{reverse('feedback:sent')}{query}")
    response.status_code = SEE_OTHER
    return keep_private(response)


def _keep(key: uuid.UUID, page: Any, typed: dict[str, str]) -> None:
    """Store a report, without its page if that was deleted just now."""
    try:
        with transaction.atomic():
            _store(key, page, typed)
    except IntegrityError:
        if page is None:
            raise
        _store(key, None, typed)


def _store(key: uuid.UUID, page: Any, typed: dict[str, str]) -> None:
    """Store a report; the same under the same key once.

    What was changed after going back stands beside the first, once as well.
    """
    values = {
        "page": page,
        "kind": typed["kind"],
        "passage": typed["passage"],
        "text": typed["text"],
        "email": typed["email"] or None,
        "language": get_language() or "",
    }
    if page is not None:
        with language_of(page):
            values["language"] = get_language() or ""
    first, is_new = ReaderReport.objects.get_or_create(pk=key, defaults=values)
    told = ("kind", "passage", "text", "email")
    if not is_new and any(getattr(first, name) != values[name] for name in told):
        words = "\0".join(str(values[name] or "") for name in told)
        another = uuid.uuid5(key, encryption.digest(words))
        ReaderReport.objects.get_or_create(pk=another, defaults=values)


@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    """Thank, and lead back to the page."""
    page = page_asked_for(request.GET.get("page", ""))
    return _rendered(request, "sent", page, {})


def _in_language_of(
    page: Any,
    request: HttpRequest,
    form: ReportForm,
    token: ReportToken,
    notice: str | Promise = "",
    status: int = 200,
) -> HttpResponse:
    asked = request.POST if request.method == "POST" else request.GET
    known = page or _page_known(asked.get("page", ""))
    context = {
        **drawn(form, token, known.pk if known else None),
        "sections": _sections(page),
        "notice": notice,
    }
    return _rendered(request, "report", page, context, status)


def _sections(page: Any) -> list[Section]:
    """Return the paragraphs of a page to choose from; none while the database is away.

    What was chosen before is offered all the same.
    """
    try:
        return sections(page.specific) if page else []
    except _DOWN:
        return []


def drawn(form: ReportForm, token: ReportToken, page_pk: Any) -> dict[str, Any]:
    """Return what draws the form, which asks nothing of the database."""
    return {
        "form": form,
        "token": str(token),
        "page_pk": page_pk,
        "kinds": ReaderReport.Kind.choices,
        "most_characters": MOST_CHARACTERS,
        "most_of_passage": MOST_OF_PASSAGE,
    }


def _rendered(
    request: HttpRequest,
    name: str,
    page: Any,
    context: dict[str, Any],
    status: int = 200,
) -> HttpResponse:
    template = f"review/feedback/{name}.html"
    context = {"reported_page": page, **context}
    if page is None:
        response = render(request, template, context, status=status)
    else:
        with language_of(page):
            response = render(request, template, context, status=status)
    response.headers["X-Robots-Tag"] = "noindex"
    return keep_private(response)
