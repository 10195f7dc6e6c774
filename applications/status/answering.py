"""Where an applicant answers what staff ask for later."""

from typing import Any

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from applications.applying.notices import DATABASE_DOWN, RETRY_AFTER, UNAVAILABLE
from applications.deciding.asking import answer, hold_open
from applications.deciding.record import read
from applications.links import access
from applications.links.views import see_other, stale
from applications.models.applications import Application
from applications.models.further_questions import (
    MOST_FILES,
    MOST_LETTERS,
    MOST_MEGABYTES,
    FurtherQuestion,
)
from applications.uploads.answers import kept_files, receive
from applications.uploads.checking import ACCEPT
from applications.uploads.field import limits_in_words
from applications.uploads.storing import DraftGone
from core.encryption import EncryptionError
from core.views.private import keep_private

_FILES = "files"
_CONFLICT, _UNPROCESSABLE, _UNAVAILABLE = 409, 422, 503


class _ClosedMeanwhile(Exception):
    """The question was answered or taken back, or all withdrawn, while one typed."""


class AnswerForm(forms.Form):
    """The words of an answer, which files may stand for."""

    text = forms.CharField(
        required=False,
        max_length=MOST_LETTERS,
        error_messages={
            "max_length": _("Shorten it to 5,000 characters."),
            "null_characters_not_allowed": _(
                "Take out what is no letter or sign: something unreadable was pasted."
            ),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def answer_question(request: HttpRequest, pk: Any) -> HttpResponseBase:
    """Show a question and take its answer, with nothing typed lost."""
    link = access.opened(request)
    application = link.application if link else None
    if application is None:
        # Half an hour is short for whoever looks for a letter while typing.
        return stale(request, typed=request.POST.get("text", "")[:MOST_LETTERS])
    question = _question(application, pk)
    if question is None:
        return see_other("applications:status")
    if not question.is_open or application.withdrawn_at:
        return _closed(request, question)
    if request.method != "POST":
        return _page(request, question)
    try:
        return _posted(request, question)
    except _ClosedMeanwhile:
        return _closed(request, question)
    except DraftGone:
        return stale(request, typed=request.POST.get("text", "")[:MOST_LETTERS])
    except (EncryptionError, *DATABASE_DOWN):
        response = _page(
            request, question, notice=UNAVAILABLE, status=_UNAVAILABLE, without=True
        )
        response.headers["Retry-After"] = str(RETRY_AFTER)
        return response


def _question(application: Application, pk: Any) -> FurtherQuestion | None:
    return FurtherQuestion.objects.filter(application=application, pk=pk).first()


def _closed(request: HttpRequest, question: FurtherQuestion) -> HttpResponse:
    """Lead to the status page, or show words that were not sent, to be copied."""
    typed = request.POST.get("text", "").strip()[: MOST_LETTERS * 2]
    current = _question(question.application, question.pk)
    if not typed or (current and read(current, "answer") == typed):
        return see_other("applications:status")
    context = {"application": question.application, "typed": typed}
    template = "applications/status/question_closed.html"
    response = render(request, template, context, status=_CONFLICT)
    response.headers["X-Robots-Tag"] = "noindex"
    return keep_private(response)


def _posted(request: HttpRequest, question: FurtherQuestion) -> HttpResponseBase:
    if removed := request.POST.get("remove", ""):
        _remove(question, removed)
        return _page(request, question)
    refused = _receive(request, question)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        error = str(form.errors["text"][0])
        return _page(request, question, refused=refused, error=error)
    if refused or "stay" in request.POST:
        return _page(request, question, refused=refused)
    text = form.cleaned_data["text"]
    if not text and not _files(question):
        return _page(request, question, error=_missing(question))
    if not answer(question, text):
        raise _ClosedMeanwhile
    return see_other("applications:status")


def _receive(request: HttpRequest, question: FurtherQuestion) -> list[str]:
    """Keep the posted files; return a sentence for each that was refused."""
    if not question.takes_files:
        return []
    asked = {
        "id": question.files_of,
        "most_files": MOST_FILES,
        "most_megabytes": MOST_MEGABYTES,
    }
    before = {file["id"] for file in _files(question)}
    received = receive(question.application, asked, _FILES, request)
    # Not before: a file is looked through for viruses, which nobody should wait for.
    with transaction.atomic():
        is_open = hold_open(question)
        if not is_open:
            _of(question).exclude(pk__in=before).delete()
    if not is_open:
        raise _ClosedMeanwhile
    return list(received["refused"])


@transaction.atomic
def _remove(question: FurtherQuestion, pk: str) -> None:
    if not hold_open(question):
        raise _ClosedMeanwhile
    for upload in _of(question):
        if str(upload.pk) == pk:
            upload.delete()


def _of(question: FurtherQuestion) -> Any:
    return question.application.uploads.filter(question=question.files_of)


def _files(question: FurtherQuestion) -> list[dict[str, Any]]:
    return kept_files(question.application).get(question.files_of, [])


def _missing(question: FurtherQuestion) -> str:
    if question.takes_files:
        return gettext("Write your answer, or choose a file.")
    return gettext("Write your answer.")


def _page(
    request: HttpRequest,
    question: FurtherQuestion,
    *,
    error: str = "",
    refused: list[str] | None = None,
    notice: Any = "",
    status: int = 0,
    without: bool = False,
) -> HttpResponse:
    """Render the page.

    Args:
        request: Whose.
        question: Which.
        error: What is wrong with the words.
        refused: What is wrong with files.
        notice: A sentence above everything.
        status: Of the answer; 0 for the usual one.
        without: Whether to ask the database for nothing more.
    """
    context = {
        "application": question.application,
        "question": question,
        "text": read(question, "text"),
        "typed": request.POST.get("text", "")[: MOST_LETTERS * 2],
        "files": [] if without else _files(question),
        "error": error,
        "refused": refused or [],
        "notice": notice,
        "most": MOST_LETTERS,
        "accept": ACCEPT,
        "limits": limits_in_words(MOST_FILES, MOST_MEGABYTES),
    }
    usual = _UNPROCESSABLE if error or refused else 200
    template = "applications/status/answer_question.html"
    response = render(request, template, context, status=status or usual)
    response.headers["X-Robots-Tag"] = "noindex"
    return keep_private(response)
