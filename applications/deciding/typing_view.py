"""A page on which staff type about one application, shown again if not stored."""

from typing import Any, ClassVar

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.generic import View
from wagtail.admin import messages

from applications.admissions.recording import RecordedMixin
from applications.admissions.rights import Right, allowed
from applications.inbox.history import last_change, told
from applications.inbox.refusals import Gone, Outdated, Refused
from applications.inbox.views import (
    CONFLICT,
    seen_version,
    sentence_for,
    submission_key,
)
from applications.models.applications import Application
from core.encryption import EncryptionError
from core.views.private import keep_private

_NOT_FOUND, _UNPROCESSABLE = 404, 422


class TypingView(RecordedMixin, View):
    """Shows a form about one application, and again wherever it was not stored."""

    http_method_names = ["get", "post"]
    model: ClassVar[Any] = Application
    title: ClassVar[Any] = ""
    button: ClassVar[Any] = ""
    template_name = "applications/admin/typing.html"

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        application = self.find(request, pk)
        return self.again(request, application, self.form(application))

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        try:
            application = self.find(request, pk)
        except Http404:
            return self._gone(request)
        form = self.form(application, request.POST)
        if self.is_not_yet(request):
            return self.not_yet(request, application, form)
        if not form.is_valid():
            return self.again(request, application, form, status=_UNPROCESSABLE)
        try:
            self.store(request, application, form)
        except Outdated:
            current = Application.objects.filter(pk=pk).first()
            if current is None:
                return self._gone(request)
            # Two presses of one button are one.
            if not self.is_stored(request, current):
                return self._compared(request, form, current)
        except Gone:
            return self._gone(request)
        except Refused as refusal:
            sentence = self.refused(refusal, application)
            return self.again(request, application, form, sentence, CONFLICT)
        except EncryptionError as error:
            return self.again(request, application, form, error.sentence, CONFLICT)
        messages.success(request, self.said(application))
        return redirect(reverse("application:inspect", args=[pk]))

    def _compared(
        self, request: HttpRequest, form: forms.Form, current: Application
    ) -> HttpResponse:
        """Say what a colleague did; what is posted next has seen it."""
        sentence = gettext("Nothing was stored. {change} Look at it before you go on.")
        sentence = sentence.format(change=told(last_change(current)))
        version = current.version
        return self.again(request, current, form, sentence, CONFLICT, version=version)

    def _gone(self, request: HttpRequest) -> HttpResponse:
        """Show what was typed about an application that is not there any more."""
        sentence = gettext(
            "Nothing was stored: the application is gone. What you typed is still here."
        )
        form = self.form(None, request.POST)
        return self.again(request, None, form, sentence, _NOT_FOUND)

    def find(self, request: HttpRequest, pk: Any) -> Application:
        """Return the application, as it is now, of a form that the user decides about.

        Raises:
            django.http.Http404: There is none, or it is not theirs.
        """
        decided = allowed(request.user, Right.DECIDE)
        return get_object_or_404(decided.select_related("definition__page"), pk=pk)

    def again(
        self,
        request: HttpRequest,
        application: Application | None,
        form: forms.Form,
        problem: Any = "",
        status: int = 200,
        **context: Any,
    ) -> HttpResponse:
        if "version" not in context:
            # The one that was seen, and not today's: a colleague's word stays theirs.
            context["version"] = (
                application.version
                if application and request.method != "POST"
                else seen_version(request)
            )
        context |= {
            "key": submission_key(request),
            "application": application,
            "form": form,
            "problem": problem,
            "title": self.title,
            "button": self.button,
        }
        page = render(request, self.template_name, context, status=status)
        return keep_private(page)

    def form(self, application: Application | None, posted: Any = None) -> forms.Form:
        """Return the form, also for an application that is gone."""
        raise NotImplementedError

    def is_stored(self, request: HttpRequest, application: Application) -> bool:
        """Return whether it was stored by an earlier press of the button."""
        return False

    def store(self, request: HttpRequest, application: Application, form: Any) -> None:
        """Store it.

        Raises:
            Refused: Nothing was stored.
            core.encryption.EncryptionError: There is no key to encrypt with.
        """
        raise NotImplementedError

    def said(self, application: Application) -> str:
        """Return what was done, in words."""
        raise NotImplementedError

    def refused(self, refusal: Refused, application: Application) -> str:
        return sentence_for(refusal, application)

    def is_not_yet(self, request: HttpRequest) -> bool:
        """Return whether a button was pressed that stores nothing."""
        return False

    def not_yet(
        self, request: HttpRequest, application: Application, form: Any
    ) -> HttpResponse:
        raise NotImplementedError
