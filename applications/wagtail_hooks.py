"""What this app registers with Wagtail."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from wagtail import hooks
from wagtail.log_actions import LogFormatter
from wagtail.models import Page

from applications.deletion import lead_away, refusal
from applications.viewsets import ApplicationViewSet


@hooks.register("register_admin_viewset")
def register_applications() -> ApplicationViewSet:
    return ApplicationViewSet()


@hooks.register("register_log_actions")
def register_actions(actions: Any) -> None:
    actions.register_action("applications.read", "Read an application", "Read")

    @actions.register_action("applications.status")
    class StatusFormatter(LogFormatter):
        label = "Mark an application"

        def format_message(self, log_entry: Any) -> str:
            return f"Marked as {log_entry.data.get('status', '')}"


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
