"""Wagtail hooks of this app."""

from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse, reverse_lazy
from django.utils.translation import gettext
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.log_actions import LogActionRegistry

from core.publishing.permissions import may_change_content
from review.accessibility.document_report import (
    menu_item as documents_menu_item,
)
from review.accessibility.document_report import untagged_tasks
from review.accessibility.document_report import urlpatterns as document_urls
from review.accessibility.viewsets import AccessibilityAuditViewSet
from review.due import hooks as due_hooks
from review.due.views import ReviewReportMenuItem, ReviewReportView, review_tasks
from review.feedback.queue import ReaderReportViewSet, report_tasks
from review.feedback.useful_report import UsefulReportMenuItem, UsefulReportView
from review.history.side_by_side import buttons, side_by_side_urls
from review.invitations.admin import invitation_urls, invite_button, review_waiting
from review.invitations.answering import ANSWERED
from review.invitations.mailing import ENDED, INVITED
from review.log_formatters import (
    AnsweredFormatter,
    InvitationEndedFormatter,
    InvitedFormatter,
    ReturnedFormatter,
)
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
    actions.register_action(INVITED)(InvitedFormatter)
    actions.register_action(ENDED)(InvitationEndedFormatter)
    actions.register_action(ANSWERED)(AnsweredFormatter)


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


@hooks.register("before_edit_page")
def lead_to_the_draft(request: HttpRequest, page: Any) -> None:
    """Say to reviewers, who get no form of its content, where they read the page."""
    if request.method != "GET" or may_change_content(request.user):
        return
    waiting = review_waiting(page)
    if waiting and waiting.task.specific.get_actions(page, request.user):
        draft = reverse("wagtailadmin_pages:view_draft", args=[page.pk])
        messages.info(
            request,
            gettext(
                "This page waits for your medical review. Read the draft, then choose "
                "“Approve the review” or “Request changes” at the foot of this form."
            ),
            buttons=[messages.button(draft, gettext("Read the draft"), True)],
        )


# Who publishes is told before: Wagtail reads the page anew afterwards.
@hooks.register("before_publish_page")
@hooks.register("after_edit_page")
def say_that_corrections_stay(request: HttpRequest, page: Any) -> None:
    if getattr(page, "put_back", False):
        messages.warning(
            request,
            gettext(
                "A published correction stays as readers know it, and was put back. To "
                "correct it in turn, add another correction after it."
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
        content_type__app_label="review",
        codename__in=["decide_medical", "invite_reviewer"],
    )


hooks.register("register_admin_urls", invitation_urls)
hooks.register("register_page_header_buttons", invite_button)
hooks.register("register_dashboard_tasks", review_tasks)
for name, hooked in due_hooks.HOOKS:
    hooks.register(name, hooked)
for name, hooked in due_hooks.LAST:
    hooks.register(name, hooked, order=100)
hooks.register("register_admin_urls", side_by_side_urls)
hooks.register("register_page_header_buttons", buttons)
hooks.register("register_dashboard_tasks", report_tasks)
hooks.register("register_dashboard_tasks", untagged_tasks)
hooks.register("register_reports_menu_item", lambda: documents_menu_item)
hooks.register("register_admin_urls", document_urls)
hooks.register("register_admin_viewset", AccessibilityAuditViewSet)
