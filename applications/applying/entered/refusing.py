"""What staff are told whose application cannot be gone on with in this browser."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from applications.applying.entered import finding
from applications.applying.forms import FIELD_PREFIX, TOKEN
from applications.applying.gone import typed_texts
from applications.applying.tokens import FormToken
from applications.models.applications import Application
from core.views.private import keep_private

ANOTHERS = _(
    "Nothing has been stored: the application that was being entered in this browser "
    "is another person's, or was sent or deleted, or you are no longer signed in. If "
    "you are not, sign in in another window, then come back and send this page again."
)
OTHER = _(
    "Nothing has been stored: another application is being entered in this browser "
    "since this page was shown. Choose in the list with which one to go on."
)
SENT = _(
    "This was sent before with other answers, under the reference number {reference}. "
    "Nothing more has been stored."
)
LOST_RIGHT = _(
    "Nothing has been sent: you may no longer enter applications for this form. What "
    "you typed is still here; ask who grants the rights to the form, then send it "
    "again."
)


def refusal(page: Any, request: HttpRequest) -> str | Promise:
    """Return why a request goes on with no entry although it has the cookie of one.

    Otherwise what staff type would be taken for an applicant's. "" lets it pass.

    Raises:
        Http404: It is of another form, which was at this address before.
    """
    if not request.COOKIES.get(finding.COOKIE):
        return ""
    token = FormToken.read(request.POST.get(TOKEN, ""))
    entry = finding.find(request)
    if entry is None:
        # By a double click: it is led to what has just been stored.
        return "" if token and _is_sent(token) else ANOTHERS
    if entry.definition.page_id != page.pk:
        raise Http404
    if token and token.submission_key != entry.submission_key:
        return OTHER
    return ""


def answer(
    request: HttpRequest, page: Any, words: str | Promise, status: int = 409
) -> HttpResponse:
    """Say so, and show again what was posted.

    Whoever only looks is shown the form as everybody is, the next time.
    """
    typed = [
        (name, value)
        for name, values in request.POST.lists()
        if name.startswith(FIELD_PREFIX)
        for value in values
    ]
    context = {"words": words, "answers": typed_texts(typed), "page": page}
    page.robots_index = "no"
    template = "applications/entering/refused.html"
    response = TemplateResponse(request, template, context, status=status)
    if request.method != "POST":
        response.delete_cookie(finding.COOKIE, path=page.get_url_parts(request)[2])
    return keep_private(response)


def _is_sent(token: FormToken) -> bool:
    return Application.objects.filter(submission_key=token.submission_key).exists()
