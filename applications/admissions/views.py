"""Admin views for one application: reading it and changing its status."""

from typing import Any, ClassVar

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.views.generic import InspectView
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.log_actions import log

from applications.applying.serving import keep_private
from applications.definitions import asked
from applications.models.applications import Answer, Application
from core.encryption import EncryptionError

# Whole sentences for each status: its name alone does not fit into them everywhere.
MARK = {
    Application.Status.NEW: _("Mark as new"),
    Application.Status.READ: _("Mark as read"),
    Application.Status.ARCHIVED: _("Mark as archived"),
}
MARKED = {
    Application.Status.NEW: _("{application} is now marked as new."),
    Application.Status.READ: _("{application} is now marked as read."),
    Application.Status.ARCHIVED: _("{application} is now marked as archived."),
}


class InspectApplicationView(InspectView):
    """Shows the answers to the questions as they were asked; reading is logged."""

    any_permission_required = None
    permission_required = "view"
    page_title = _("Application")

    def get_object(self, queryset: Any = None) -> Application:
        return get_object_or_404(
            Application.objects.select_related("definition__page"), pk=self.pk
        )

    def get_fields(self) -> list[str]:
        return []

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        # First the log, then the answers: nobody reads unrecorded.
        log(instance=self.object, action="applications.read")
        return keep_private(super().get(request, *args, **kwargs))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context["answers"] = _shown_answers(self.object)
        if self.user_has_permission("change"):
            context["statuses"] = [
                (status.value, label)
                for status, label in MARK.items()
                if status != self.object.status
            ]
            context["status_url"] = reverse("application:status", args=[self.object.pk])
        return context


class StatusView(PermissionCheckedMixin, View):
    """Marks an application as new, read or archived."""

    http_method_names = ["post"]
    permission_required = "change"
    model: ClassVar[Any] = None
    permission_policy: Any = None
    inspect_url_name = ""

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        status = request.POST.get("status", "")
        if status not in Application.Status.values:
            return HttpResponseBadRequest(gettext("This status does not exist."))
        with transaction.atomic():
            application = get_object_or_404(Application, pk=pk)
            application.status = status
            application.save(update_fields=["status"])
            log(
                instance=application,
                action="applications.status",
                data={"status": status},
            )
        marked = MARKED[Application.Status(application.status)].format(
            application=application
        )
        messages.success(request, marked)
        return redirect(reverse(self.inspect_url_name, args=[pk]))


def _shown_answers(application: Application) -> list[dict[str, Any]]:
    """Return ``{"question", "given" or "problem"}`` in the order of the form.

    The problem is a sentence where an answer cannot be read: one lost key must not hide
    the answers that another key opens.
    """
    answers = {answer.question: answer for answer in application.answers.all()}
    return [
        {"question": question, **_shown(question, answers.get(question["id"]))}
        for question in asked(application.definition.content)
    ]


def _shown(question: dict[str, Any], answer: Answer | None) -> dict[str, Any]:
    if answer is None:
        return {
            "problem": gettext(
                "The answer to this question is missing. Tell an administrator."
            )
        }
    try:
        given = answer.given
    except EncryptionError as error:
        return {"problem": error.sentence}
    if question["kind"] == "yes_no":
        given = {"Yes": gettext("Yes"), "No": gettext("No")}.get(given, given)
    if question["kind"] == "consent":
        given = gettext("Agreed") if given else gettext("Did not agree")
    return {"given": given if isinstance(given, list) else [given] if given else []}
