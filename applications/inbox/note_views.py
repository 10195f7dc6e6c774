"""Admin views on which notes are written and corrected, with nothing typed lost."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import View
from wagtail.admin import messages

from applications.admissions.rights import Right, allowed
from applications.inbox.noting import add, correct
from applications.inbox.refusals import Gone, Outdated
from applications.inbox.views import CONFLICT, seen_version, submission_key
from applications.models.applications import Application
from applications.models.notes import MOST_LETTERS, ApplicationNote
from core.encryption import EncryptionError
from core.views.private import keep_private

_NOT_FOUND, _UNPROCESSABLE = 404, 422


class NoteForm(forms.Form):
    """The words of a note."""

    text = forms.CharField(
        label=_("Note"),
        max_length=MOST_LETTERS,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("For colleagues alone, encrypted, and deleted with it."),
        error_messages={"required": _("Write something.")},
    )


class _NoteView(View):
    """Shows what was typed again, with a sentence, wherever it was not stored."""

    def again(
        self,
        request: HttpRequest,
        form: NoteForm,
        problem: Any,
        status: int,
        **context: Any,
    ) -> HttpResponse:
        context |= {
            "form": form,
            "problem": problem,
            "url": request.path,
            "key": submission_key(request),
        }
        template = "applications/admin/note.html"
        return keep_private(render(request, template, context, status=status))


class AddNoteView(_NoteView):
    """Writes a note on an application."""

    http_method_names = ["post"]
    model = Application

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        form = NoteForm(request.POST)
        application = allowed(request.user, Right.DECIDE).filter(pk=pk).first()
        if not form.is_valid():
            return self.again(
                request, form, "", _UNPROCESSABLE, application=application
            )
        try:
            if application is None:
                raise Gone
            text, key = form.cleaned_data["text"], submission_key(request)
            add(application, text, by=request.user, key=key)
        except Gone:
            sentence = gettext("The note was not stored: its application is gone.")
            return self.again(request, form, sentence, _NOT_FOUND)
        except EncryptionError as error:
            return self.again(
                request, form, error.sentence, CONFLICT, application=application
            )
        messages.success(request, gettext("The note was stored."))
        return redirect(reverse("application:inspect", args=[pk]))


class CorrectNoteView(_NoteView):
    """Corrects one's own note."""

    http_method_names = ["get", "post"]
    model = ApplicationNote

    def _note(self, request: HttpRequest, pk: Any) -> ApplicationNote:
        decided = allowed(request.user, Right.DECIDE)
        notes = ApplicationNote.objects.select_related("application")
        own = notes.filter(author=request.user.pk, application__in=decided)
        return get_object_or_404(own, pk=pk)

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        note = self._note(request, pk)
        text, problem = _text_of(note)
        form = NoteForm(initial={"text": text})
        return self.again(
            request,
            form,
            problem,
            200,
            application=note.application,
            version=note.version,
        )

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        note, form = self._note(request, pk), NoteForm(request.POST)
        seen = seen_version(request)
        context: dict[str, Any] = {"application": note.application, "version": seen}
        if not form.is_valid():
            return self.again(request, form, "", _UNPROCESSABLE, **context)
        try:
            correct(note, form.cleaned_data["text"], by=request.user, seen_version=seen)
        except Outdated:
            note.refresh_from_db()
            context |= {"version": note.version, "stored": _text_of(note)[0]}
            sentence = gettext(
                "Nothing was stored: the note was corrected meanwhile, such as in "
                "another tab. Compare both, and store yours if it is the right one."
            )
            return self.again(request, form, sentence, CONFLICT, **context)
        except Gone:
            sentence = gettext("The note was not stored: its application is gone.")
            return self.again(request, form, sentence, CONFLICT)
        except EncryptionError as error:
            return self.again(request, form, error.sentence, CONFLICT, **context)
        messages.success(request, gettext("The note was corrected."))
        return redirect(reverse("application:inspect", args=[note.application_id]))


def _text_of(note: ApplicationNote) -> tuple[str, Any]:
    """Return a note's words, or why they cannot be read."""
    try:
        return note.text, ""
    except EncryptionError as error:
        return "", error.sentence
