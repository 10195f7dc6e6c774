"""Says of what looked automatic that it is no spam, and takes that back."""

from typing import Any, ClassVar

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.log_actions import log

from applications.admissions.recording import RecordedMixin
from applications.models.applications import Application
from applications.tasks import (
    acknowledge,
    tell_of_news_later,
    tell_of_question_later,
)
from core.tasks import enqueue


class SpamView(RecordedMixin, PermissionCheckedMixin, View):
    """Takes the word of staff for an application, with ``undo`` back again.

    The applicant is sent what others are sent at once, which is told beforehand.
    """

    http_method_names = ["post"]
    permission_required = "change"
    model: ClassVar[Any] = None
    permission_policy: Any = None
    inspect_url_name = ""

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        changeable = self.permission_policy.instances_user_has_permission_for(
            request.user, "change"
        )
        marked = changeable.exclude(suspicion="")
        application: Application = get_object_or_404(marked, pk=pk)
        is_vouched = "undo" not in request.POST
        with transaction.atomic():
            # Pressed twice it changes, and records, nothing more.
            other = Application.objects.filter(pk=pk, is_vouched=not is_vouched)
            if other.update(is_vouched=is_vouched):
                log(
                    instance=application,
                    action="applications.vouch",
                    data={"is_vouched": is_vouched},
                )
                if is_vouched:
                    enqueue(acknowledge, str(application.pk))
                    _tell_what_was_held_back(application)
        sentence = (
            gettext("{application} is no longer marked.")
            if is_vouched
            else gettext("{application} is marked again.")
        )
        messages.success(request, sentence.format(application=application))
        return redirect(reverse(self.inspect_url_name, args=[pk]))


def _tell_what_was_held_back(application: Application) -> None:
    """Have the applicant told of what was new while it was marked."""
    if application.told_of != application.state_since:
        tell_of_news_later(application)
    waiting = application.further_questions.filter(answered_at=None, told_at=None)
    for question in waiting.filter(taken_back_at=None):
        tell_of_question_later(question)
