"""Wagtail hooks of this app."""

import json
from collections.abc import Iterator
from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse, reverse_lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import ngettext
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from applications import log_actions  # noqa: F401  (registers itself)
from applications.admissions import log_report
from applications.admissions.deletion import lead_away, refusal
from applications.applying import going_on
from applications.composing.blocks import ApplicationQuestionsBlock
from applications.composing.closing_dates import due_kinds
from applications.definitions import kind_of
from applications.exporting.views import ExportView
from applications.feedback.queue import FeedbackMenuItem, FeedbackView, read_by
from applications.figures.views import FiguresMenuItem, FiguresView
from applications.granting import views as granting
from applications.inbox import dashboard
from applications.models import (
    ApplicationFormPage,
    Feedback,
)
from applications.notifying.account import NotificationChoicePanel
from applications.viewsets import ApplicationViewSet, ReasonViewSet
from core.admin.dashboard import Task
from core.page_language import ServePage


@hooks.register("register_admin_viewset")
def register_applications() -> list[Any]:
    return [ApplicationViewSet(), ReasonViewSet()]


@hooks.register("on_serve_page", order=-1)
def let_in_who_has_begun(serve: ServePage) -> ServePage:
    """Ask nobody for a password or an account who has begun a form without."""

    def let_in(page: Any, request: HttpRequest, args: Any, kwargs: Any) -> HttpResponse:
        if isinstance(page, ApplicationFormPage) and not all(
            restriction.accept_request(request)
            for restriction in page.get_view_restrictions()
        ):
            page.is_let_in = going_on.is_begun(page, request)
        return serve(page, request, args, kwargs)

    return let_in


@hooks.register("insert_editor_js")
def offer_lists_in_conditions() -> SafeString:
    script = static("applications/condition-lists.js")
    kinds = {
        name: kind_of(block)
        for name, block in ApplicationQuestionsBlock.base_blocks.items()
        if kind_of(block) != name
    }
    return format_html(
        '<script src="{}" data-ready-made="{}"></script>', script, json.dumps(kinds)
    )


@hooks.register("register_dashboard_tasks")
def tell_of_applications(request: HttpRequest) -> Iterator[Task]:
    yield from dashboard.tasks(request.user)


@hooks.register("register_dashboard_tasks")
def tell_of_feedback(request: HttpRequest) -> Iterator[Task]:
    """Yield how much feedback nobody has read."""
    if count := read_by(request.user).filter(status=Feedback.Status.NEW).count():
        sentence = ngettext(
            "%(count)d applicant has told what was hard.",
            "%(count)d applicants have told what was hard.",
            count,
        )
        yield Task(sentence % {"count": count}, url=reverse("form_feedback"))


@hooks.register("register_admin_urls")
def register_reports() -> list[URLPattern]:
    return [
        path("reports/forms/", FiguresView.as_view(), name="form_figures"),
        path("applications/export/", ExportView.as_view(), name="export_applications"),
        path("reports/feedback/", FeedbackView.as_view(), name="form_feedback"),
        *log_report.urlpatterns(),
        *granting.urlpatterns(),
    ]


@hooks.register("register_reports_menu_item")
def register_log_menu_item() -> MenuItem:
    return log_report.menu_item


@hooks.register("register_settings_menu_item")
def register_rights_menu_item() -> MenuItem:
    return granting.menu_item


@hooks.register("register_page_header_buttons")
def offer_rights(
    page: Any, user: Any, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    yield from granting.buttons(page, user)


@hooks.register("register_reports_menu_item")
def register_figures_menu_item() -> FiguresMenuItem:
    return FiguresMenuItem(
        FiguresView.page_title,
        reverse_lazy("form_figures"),
        icon_name=FiguresView.header_icon,
        order=990,
    )


@hooks.register("register_reports_menu_item")
def register_feedback_menu_item() -> FeedbackMenuItem:
    return FeedbackMenuItem(
        FeedbackView.page_title,
        reverse_lazy("form_feedback"),
        icon_name=FeedbackView.header_icon,
        order=995,
    )


@hooks.register("register_permissions")
def register_permissions() -> QuerySet[Permission]:
    return Permission.objects.filter(
        content_type__app_label="applications",
        codename__in=[
            "view_applicationlogentry",
            "manage_rights",
            "view_formcount",
            "view_feedback",
            "change_feedback",
            "change_applicationstate",
            "add_decisionreason",
            "change_decisionreason",
            "delete_decisionreason",
        ],
    )


hooks.register("register_account_settings_panel", NotificationChoicePanel)
hooks.register("register_due_kinds", due_kinds)


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
