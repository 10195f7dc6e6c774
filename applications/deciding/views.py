"""Admin views that ask for more, decide, and take opinions."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import View
from wagtail.admin import messages

from applications.admissions.recording import RecordedMixin
from applications.admissions.rights import Right, allowed
from applications.deciding import asking
from applications.deciding.decision import (
    both_are_in,
    decide,
    give_opinion,
    needs_second_reader,
)
from applications.deciding.forms import AskForm, DecideForm, OpinionForm
from applications.deciding.typing_view import TypingView
from applications.inbox.news import told_words
from applications.inbox.refusals import OpinionsAreIn, Refused
from applications.inbox.states import states_of
from applications.inbox.views import (
    seen_version,
    submission_key,
)
from applications.models.applications import Application
from applications.models.decisions import OUTCOMES, Opinion
from applications.models.further_questions import FurtherQuestion
from core.encryption import EncryptionError


class AskView(TypingView):
    """Asks the applicant for more."""

    title = _("Ask for more")
    button = _("Ask")

    def form(self, application: Application | None, posted: Any = None) -> AskForm:
        return AskForm(posted)

    def is_stored(self, request: HttpRequest, application: Application) -> bool:
        return application.further_questions.filter(
            pk=submission_key(request), asked_by=request.user.pk
        ).exists()

    def store(self, request: HttpRequest, application: Application, form: Any) -> None:
        asking.ask(
            application,
            form.cleaned_data["text"],
            takes_files=form.cleaned_data["takes_files"],
            by=request.user,
            seen_version=seen_version(request),
            key=submission_key(request),
        )

    def said(self, application: Application) -> str:
        return " ".join([gettext("It is asked."), told_words(application)])


class TakeBackView(RecordedMixin, View):
    """Takes a question back that was not answered."""

    http_method_names = ["post"]
    model = FurtherQuestion

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        decided = allowed(request.user, Right.DECIDE)
        asked = FurtherQuestion.objects.filter(application__in=decided)
        question = get_object_or_404(asked, pk=pk)
        if asking.take_back(question, by=request.user):
            messages.success(request, gettext("The question was taken back."))
        else:
            messages.error(request, gettext("It was answered or taken back before."))
        return redirect(reverse("application:inspect", args=[question.application_id]))


class DecideView(TypingView):
    """Decides, with a look at what the applicant will read."""

    title = _("Decide")
    button = _("Decide")
    template_name = "applications/admin/decide.html"

    def form(self, application: Application | None, posted: Any = None) -> DecideForm:
        states = _outcomes(application) if application else []
        return DecideForm(posted, states=states)

    def is_stored(self, request: HttpRequest, application: Application) -> bool:
        return application.decision_set.filter(
            pk=submission_key(request), decided_by=request.user.pk
        ).exists()

    def again(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        application = args[0]
        if application:
            kwargs["has_outcomes"] = bool(_outcomes(application))
            kwargs["waits"] = needs_second_reader(application) and not both_are_in(
                application
            )
        return super().again(request, *args, **kwargs)

    def store(self, request: HttpRequest, application: Application, form: Any) -> None:
        by_key = {state.key: state for state in _outcomes(application)}
        decide(
            application,
            by_key[form.cleaned_data["state"]],
            form.cleaned_data["reasons"],
            by=request.user,
            seen_version=seen_version(request),
            key=submission_key(request),
        )

    def said(self, application: Application) -> str:
        return " ".join([gettext("It is decided."), told_words(application)])

    def is_not_yet(self, request: HttpRequest) -> bool:
        return "insert" in request.POST or "look" in request.POST

    def not_yet(
        self, request: HttpRequest, application: Application, form: Any
    ) -> HttpResponse:
        data = form.with_reason() if "insert" in request.POST else request.POST
        typed = {name: data.get(name, "") for name in ("state", "reasons")}
        page = self.form(application)
        page.initial = typed
        look = typed["reasons"] if "look" in request.POST else ""
        return self.again(request, application, page, look=look)


class OpinionView(TypingView):
    """Takes the opinion of one of two readers."""

    title = _("Your opinion")
    button = _("Store it")

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        try:
            return super().get(request, pk)
        except EncryptionError as error:
            # What one thought cannot be read: it can be written again.
            application = self.find(request, pk)
            return self.again(request, application, OpinionForm(), error.sentence)

    def form(self, application: Application | None, posted: Any = None) -> OpinionForm:
        own = self._own(application) if application and posted is None else None
        initial = {"outcome": own.outcome, "text": own.text} if own else {}
        return OpinionForm(posted, initial=initial)

    def _own(self, application: Application) -> Opinion | None:
        given = Opinion.objects.filter(application=application)
        return given.filter(reader=self.request.user.pk).first()

    def store(self, request: HttpRequest, application: Application, form: Any) -> None:
        given = form.cleaned_data
        give_opinion(application, given["outcome"], given["text"], by=request.user)

    def said(self, application: Application) -> str:
        return gettext("Your opinion is stored.")

    def refused(self, refusal: Refused, application: Application) -> str:
        if isinstance(refusal, OpinionsAreIn):
            return gettext("Nothing was stored: both opinions are in.")
        return super().refused(refusal, application)


def _outcomes(application: Application) -> list[Any]:
    states = states_of(application.definition.page)
    return [state for state in states if state.status in OUTCOMES]
