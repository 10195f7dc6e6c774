"""Admin views that change one application: move it, and take the move back."""

from typing import Any, ClassVar
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.views.generic import View
from wagtail.admin import messages

from applications.admissions.recording import RecordedMixin
from applications.admissions.rights import Right, allowed
from applications.inbox import moving
from applications.inbox.history import last_change, told
from applications.inbox.refusals import (
    Gone,
    NoDay,
    NoSuchState,
    NothingToUndo,
    Outdated,
    Refused,
    SecondReaderMissing,
    Withdrawn,
)
from applications.inbox.states import state_of, states_of, with_key
from applications.models.applications import Application
from applications.models.states import ApplicationState
from core.views.private import keep_private

CONFLICT = 409
# Of the number of a version.
_DIGITS = 9
# The form on the application's page that takes the last move back.
UNDO_FORM = "undo-move"


def seen_version(request: HttpRequest) -> int:
    """Return which version the page showed that was posted, 0 when it does not say."""
    posted = request.POST.get("version", "")
    is_number = posted.isascii() and posted.isdigit() and len(posted) <= _DIGITS
    return int(posted) if is_number else 0


def submission_key(request: HttpRequest) -> UUID:
    """Return the key that a form was posted with, or a new one for it.

    What is stored has it as its primary key, so that two presses of one button are one.
    """
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError:
        return uuid4()


def sentence_for(refusal: Refused, application: Application) -> str:
    """Return what to tell whoever asked for the change."""
    match refusal:
        case Gone():
            text = gettext("{application} was deleted.")
        case Withdrawn():
            text = gettext("The applicant has withdrawn {application}.")
        case SecondReaderMissing():
            text = gettext(
                "{application} was not changed: two people must give their opinion "
                "before it is decided."
            )
        case NothingToUndo():
            text = gettext("There is nothing to take back at {application}.")
        case NoDay(typed=typed):
            text = gettext("{application} was not changed: “{typed}” is no day.")
            text = text.replace("{typed}", typed)
        case _:
            text = gettext("{application} was not changed: this state is gone.")
    return text.replace("{application}", str(application))


class HandlingView(RecordedMixin, View):
    """Changes one application whose form's applications the user decides about."""

    http_method_names = ["post"]
    # What it was posted with, to be posted again by whoever still wants it.
    fields: ClassVar[tuple[str, ...]] = ()
    model: ClassVar[Any] = Application

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        decided = allowed(request.user, Right.DECIDE)
        application = get_object_or_404(
            decided.select_related("definition__page"), pk=pk
        )
        try:
            try:
                self.act(request, application)
            except Outdated:
                current = _as_it_is(application)
                entry = last_change(current)
                # Two presses of one button are one.
                is_mine = entry is not None and entry.user_id == request.user.pk
                if not (is_mine and self.is_so(request, current)):
                    return self._compared(request, current, told(entry))
            said = self.said(request, _as_it_is(application))
        except Refused as refusal:
            messages.error(request, sentence_for(refusal, application))
            if isinstance(refusal, Gone):
                return redirect("application:index")
            return self._back_to(application)
        messages.success(request, said)
        return self._back_to(application)

    def act(self, request: HttpRequest, application: Application) -> None:
        """Do it.

        Raises:
            BadRequest: No page of ours posts this.
            Refused: With nothing changed.
        """
        raise NotImplementedError

    def wanted(self, request: HttpRequest, application: Application) -> str:
        """Return what was asked for, in words."""
        raise NotImplementedError

    def is_so(self, request: HttpRequest, current: Application) -> bool:
        """Return whether the application is as was asked for."""
        raise NotImplementedError

    def said(self, request: HttpRequest, current: Application) -> str:
        """Return what was done, in words."""
        raise NotImplementedError

    def _compared(
        self, request: HttpRequest, current: Application, change: str
    ) -> HttpResponse:
        """Show what a colleague did beside what was asked for, with a button for it."""
        context = {
            "application": current,
            "change": change,
            "state": state_of(current),
            "wanted": self.wanted(request, current),
            "posted": [(name, request.POST.get(name, "")) for name in self.fields],
        }
        template = "applications/admin/conflict.html"
        return keep_private(render(request, template, context, status=CONFLICT))

    def _back_to(self, application: Application) -> HttpResponse:
        return redirect(reverse("application:inspect", args=[application.pk]))


def _as_it_is(application: Application) -> Application:
    known = Application.objects.select_related("definition__page", "assignee")
    current = known.filter(pk=application.pk).first()
    if current is None:
        raise Gone
    return current


class StateView(HandlingView):
    """Moves an application to the state whose button was pressed."""

    fields = ("state",)

    def act(self, request: HttpRequest, application: Application) -> None:
        state = self._state(request, application)
        if state is None:
            # Such as one that was removed while the page was open.
            raise NoSuchState
        moving.move(
            application, state, by=request.user, seen_version=seen_version(request)
        )

    def wanted(self, request: HttpRequest, application: Application) -> str:
        state = self._state(request, application)
        name = state.name if state else ""
        return gettext("Put it into the state “{state}”.").format(state=name)

    def is_so(self, request: HttpRequest, current: Application) -> bool:
        return state_of(current).key == request.POST.get("state")

    def said(self, request: HttpRequest, current: Application) -> str:
        sentence = gettext("{application} is now in the state “{state}”.").format(
            application=current, state=state_of(current).name
        )
        undo = format_html(
            '<button class="button button-small button-secondary" type="submit"'
            ' form="{}">{}</button>',
            UNDO_FORM,
            gettext("Take it back"),
        )
        return format_html("{} {}", sentence, undo)

    def _state(
        self, request: HttpRequest, application: Application
    ) -> ApplicationState | None:
        states = states_of(application.definition.page)
        return with_key(states, request.POST.get("state", ""))


class UndoView(HandlingView):
    """Takes the last move of an application back."""

    def act(self, request: HttpRequest, application: Application) -> None:
        moving.undo(application, by=request.user, seen_version=seen_version(request))

    def wanted(self, request: HttpRequest, application: Application) -> str:
        return gettext("Take the last move back.")

    def is_so(self, request: HttpRequest, current: Application) -> bool:
        return not current.previous_status

    def said(self, request: HttpRequest, current: Application) -> str:
        return gettext("{application} is again in the state “{state}”.").format(
            application=current, state=state_of(current).name
        )
