"""Wagtail hooks of this app."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogFormatter
from wagtail.models import Page

from applications.admissions.deletion import lead_away, refusal
from applications.admissions.viewsets import ApplicationViewSet
from applications.models import Application
from core.admin.dashboard import Task


@hooks.register("register_admin_viewset")
def register_applications() -> ApplicationViewSet:
    return ApplicationViewSet()


@hooks.register("register_dashboard_tasks")
def tell_of_new_applications(request: HttpRequest) -> Iterator[Task]:
    """Yield the number of new applications."""
    if not request.user.has_perm("applications.view_application"):
        return
    if count := Application.objects.filter(status=Application.Status.NEW).count():
        sentence = ngettext(
            "%(count)d new application has arrived.",
            "%(count)d new applications have arrived.",
            count,
        )
        url = f"{reverse('application:index')}?status={Application.Status.NEW}"
        yield Task(sentence % {"count": count}, url=url)


@hooks.register("register_log_actions")
def register_actions(actions: Any) -> None:
    actions.register_action("applications.read", _("Read an application"), _("Read"))

    @actions.register_action("applications.status")
    class StatusFormatter(LogFormatter):
        label = _("Mark an application")

        def format_message(self, log_entry: Any) -> str:
            return {
                "new": gettext("Marked as new"),
                "read": gettext("Marked as read"),
                "archived": gettext("Marked as archived"),
            }.get(log_entry.data.get("status"), "")


@hooks.register("before_delete_page")
def keep_forms_with_applications(
    request: HttpRequest, page: Any
) -> HttpResponse | None:
    sentence = refusal([page])
    return lead_away(request, page, sentence) if sentence else None


@hooks.register("before_bulk_action")
def keep_forms_in_bulk(
    request: HttpRequest, action_type: str, objects: list[Any], action: Any
) -> HttpResponse | None:
    if action_type != "delete" or action.model is not Page or not objects:
        return None
    sentence = refusal(objects)
    return lead_away(request, objects[0], sentence) if sentence else None
