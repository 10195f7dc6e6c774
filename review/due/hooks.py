"""What this room hangs into the admin (review.wagtail_hooks)."""

from collections.abc import Callable
from typing import Any

from django.urls import URLPattern, path, reverse_lazy

from review.due.account import DigestPanel
from review.due.feed.ending import log_actions
from review.due.feed.views import AddressView
from review.due.kinds import due_kinds
from review.due.listing import DueMenuItem, DueReportView, due_shortcut, due_tasks
from review.due.month import DueCalendarView


def urls() -> list[URLPattern]:
    report = DueReportView
    return [
        path("reports/due/", report.as_view(), name="due_report"),
        path(
            "reports/due/results/",
            report.as_view(results_only=True),
            name="due_report_results",
        ),
        path("reports/due/calendar/", DueCalendarView.as_view(), name="due_calendar"),
        path("reports/due/address/", AddressView.as_view(), name="due_address"),
    ]


def menu_item() -> DueMenuItem:
    return DueMenuItem(
        DueReportView.page_title,
        reverse_lazy("due_report"),
        icon_name=DueReportView.header_icon,
        order=1000,
    )


HOOKS: list[tuple[str, Callable[..., Any]]] = [
    ("register_due_kinds", due_kinds),
    ("register_admin_urls", urls),
    ("register_log_actions", log_actions),
    ("register_reports_menu_item", menu_item),
    ("register_account_settings_panel", DigestPanel),
]
# After what other apps tell of: it is about the rest.
LAST: list[tuple[str, Callable[..., Any]]] = [
    ("register_dashboard_tasks", due_tasks),
    ("register_dashboard_shortcuts", due_shortcut),
]
