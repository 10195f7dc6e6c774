"""Wagtail hooks of this app."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse_lazy
from django.utils.translation import gettext
from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.log_actions import LogActionRegistry

from review.accessibility.document_report import (
    menu_item as documents_menu_item,
)
from review.accessibility.document_report import untagged_tasks
from review.accessibility.document_report import urlpatterns as document_urls
from review.accessibility.viewsets import AccessibilityAuditViewSet
from review.due.views import ReviewReportMenuItem, ReviewReportView, review_tasks
from review.feedback.queue import ReaderReportViewSet, report_tasks
from review.feedback.useful_report import UsefulReportMenuItem, UsefulReportView
from review.log_formatters import ReturnedFormatter
from review.returning import RETURNED
from review.viewsets import ReviewGroup


@hooks.register("register_admin_viewset")
def register_review() -> ViewSetGroup:
    return ReviewGroup()


@hooks.register("register_admin_viewset")
def register_reader_reports() -> ReaderReportViewSet:
    return ReaderReportViewSet()


@hooks.register("register_log_actions")
def register_returning(actions: LogActionRegistry) -> None:
    actions.register_action(RETURNED)(ReturnedFormatter)


@hooks.register("after_edit_page")
def say_that_it_went_back(request: HttpRequest, page: Any) -> None:
    if getattr(page, "went_back", False):
        messages.warning(
            request,
            gettext(
                "The page had been reviewed, and says something else now: it waits for "
                "the medical review again."
            ),
        )


@hooks.register("register_admin_urls")
def register_report() -> list[URLPattern]:
    view, useful = ReviewReportView, UsefulReportView
    return [
        path("reports/useful/", useful.as_view(), name="useful_report"),
        path(
            "reports/useful/results/",
            useful.as_view(results_only=True),
            name="useful_report_results",
        ),
        path("reports/reviews/", view.as_view(), name="review_report"),
        path(
            "reports/reviews/results/",
            view.as_view(results_only=True),
            name="review_report_results",
        ),
    ]


@hooks.register("register_reports_menu_item")
def register_report_menu_item() -> ReviewReportMenuItem:
    return ReviewReportMenuItem(
        ReviewReportView.page_title,
        reverse_lazy("review_report"),
        icon_name=ReviewReportView.header_icon,
        order=1005,
    )


@hooks.register("register_reports_menu_item")
def register_useful_menu_item() -> UsefulReportMenuItem:
    return UsefulReportMenuItem(
        UsefulReportView.page_title,
        reverse_lazy("useful_report"),
        icon_name=UsefulReportView.header_icon,
        order=1006,
    )


@hooks.register("register_permissions")
def register_deciding() -> QuerySet[Permission]:
    return Permission.objects.filter(
        content_type__app_label="review", codename="decide_medical"
    )


hooks.register("register_dashboard_tasks", review_tasks)
hooks.register("register_dashboard_tasks", report_tasks)
hooks.register("register_dashboard_tasks", untagged_tasks)
hooks.register("register_reports_menu_item", lambda: documents_menu_item)
hooks.register("register_admin_urls", document_urls)
hooks.register("register_admin_viewset", AccessibilityAuditViewSet)
