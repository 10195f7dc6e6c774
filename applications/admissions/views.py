"""The admin view in which an application is read."""

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.utils import get_user_display_name
from wagtail.admin.views.generic import InspectView
from wagtail.log_actions import log

from applications.admissions.files import with_files
from applications.admissions.log_report import PERMISSION as LOG_PERMISSION
from applications.admissions.marks import marks_of
from applications.admissions.recording import RecordedMixin
from applications.admissions.revealing import (
    RevealForm,
    hide,
    reveal,
    revealed_until,
)
from applications.admissions.rights import Right, allowed, rights_to
from applications.answers import shown_answers
from applications.models.applications import Application
from core.views.private import keep_private


class InspectApplicationView(RecordedMixin, InspectView):
    """Shows what the person may see of an application; reading it is logged.

    Answers stand beside the questions as they were asked. Those about health, and
    files, are shown once they are revealed (`revealing`).
    """

    any_permission_required = None
    permission_required = "view"
    page_title = _("Application")
    reveal_form: RevealForm | None = None

    def get_object(self, queryset: Any = None) -> Application:
        visible = allowed(self.request.user, Right.SEE)
        return get_object_or_404(visible.select_related("definition__page"), pk=self.pk)

    @cached_property
    def rights(self) -> set[Right]:
        return rights_to(self.request.user, self.object.definition.page_id)

    @cached_property
    def until(self) -> datetime | None:
        """Until when hidden answers are shown here."""
        if Right.REVEAL not in self.rights:
            return None
        return revealed_until(self.request, self.object.pk)

    def get_fields(self) -> list[str]:
        return []

    def get_delete_url(self) -> str | None:
        url: str | None = super().get_delete_url()
        return url if Right.DELETE in self.rights else None

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        # First the log, then the answers: nobody reads unrecorded.
        if Right.READ in self.rights:
            data = {"is_revealed": True} if self.until else None
            log(instance=self.object, action="applications.read", data=data)
        return keep_private(super().get(request, *args, **kwargs))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Reveal what is hidden, or hide it again."""
        if Right.REVEAL not in self.rights:
            raise PermissionDenied
        if "hide" in request.POST:
            hide(request, self.object.pk)
        else:
            self.reveal_form = RevealForm(request.POST)
            if not self.reveal_form.is_valid():
                return self.get(request, *args, **kwargs)
            reveal(request, self.object, self.reveal_form.cleaned_data["reason"])
        # Keyboards and screen readers go on at the answers.
        return keep_private(redirect(f"{request.path}#answers"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context["is_beyond"] = self.object.definition.page.is_full(before=self.object)
        if self.object.is_entered:
            officer = self.object.entered_by
            left = gettext("Somebody who has left")
            context["entered_by"] = get_user_display_name(officer) if officer else left
        if Right.READ in self.rights:
            context |= self._answers()
        if self.request.user.has_perm(LOG_PERMISSION):
            log_url = reverse("application_log")
            context["log_url"] = f"{log_url}?application={self.object.pk}"
        if Right.DECIDE in self.rights and self.object.suspicion:
            context["spam_url"] = reverse("application:spam", args=[self.object.pk])
        return context

    def hides_more(self) -> bool:
        """Return whether there is more that is shown once it is revealed."""
        return False

    def _answers(self) -> dict[str, Any]:
        is_revealed = self.until is not None
        answers = shown_answers(self.object, is_revealed=is_revealed)
        if is_revealed:
            answers = with_files(self.object, answers)
        marks = marks_of([self.object], self.request.user, is_revealed=is_revealed)
        context: dict[str, Any] = {
            "answers": answers,
            "marks": marks.get(self.object.pk, []),
            "until": self.until,
        }
        if any(answer.get("is_hidden") for answer in answers) or self.hides_more():
            context["is_hiding"] = True
            if Right.REVEAL in self.rights:
                context["reveal_form"] = self.reveal_form or RevealForm()
        return context
