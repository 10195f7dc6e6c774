"""The admin's report on medical reviews, and its line on the dashboard."""

from collections.abc import Iterator
from typing import Any

import django_filters
from django.db.models import F, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.reports import PageReportView
from wagtail.models import Page

from core.admin.dashboard import Task, pages_that_wait
from review.due.pages import changed, due, medical_pages, never_reviewed, overdue

SEE = "review.view_reviewrecord"
_STANDINGS = {
    "due": due,
    "overdue": overdue,
    "never": never_reviewed,
    "changed": changed,
}


class StandingFilterSet(WagtailFilterSet):
    standing = django_filters.ChoiceFilter(
        label=_("Review"),
        method="by_standing",
        choices=[
            ("due", _("due within 30 days, or overdue")),
            ("overdue", _("overdue")),
            ("never", _("never reviewed")),
            ("changed", _("changed since")),
        ],
    )

    class Meta:
        model = Page
        fields = ["standing"]

    def by_standing(self, pages: QuerySet[Page], name: str, value: str) -> Any:
        return _STANDINGS[value](pages)


class ReviewReportView(PageReportView):
    """Lists the published medical pages, those due first."""

    results_template_name = "review/admin/report_results.html"
    page_title = _("Medical reviews")
    header_icon = "clipboard-list"
    index_url_name = "review_report"
    index_results_url_name = "review_report_results"
    filterset_class = StandingFilterSet
    permission_required = "view"
    export_headings = {
        **PageReportView.export_headings,
        "reviewed_by": _("Reviewed by"),
        "reviewed_at": _("Reviewed"),
        "review_due_on": _("Next review due"),
        "review_changed_on": _("Changed since"),
    }
    list_export = [
        *PageReportView.list_export,
        "reviewed_by",
        "reviewed_at",
        "review_due_on",
        "review_changed_on",
    ]

    def user_has_permission(self, permission: str) -> bool:
        return bool(self.request.user.has_perm(SEE))

    def get_queryset(self) -> Any:
        self.queryset = (
            medical_pages()
            .select_related("content_type")
            .prefetch_workflow_states()
            .annotate_approved_schedule()
            .order_by(F("review_due_on").asc(nulls_last=True), "title", "pk")
        )
        return super().get_queryset()


class ReviewReportMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(SEE))


def review_tasks(request: HttpRequest) -> Iterator[Task]:
    """Yield the pages whose medical review is due."""
    if not request.user.has_perm(SEE):
        return
    pages = due(medical_pages()).order_by("review_due_on", "pk")
    for task in pages_that_wait(
        pages,
        lambda count: ngettext(
            "%(count)d page is due for its medical review.",
            "%(count)d pages are due for their medical review.",
            count,
        ),
    ):
        yield Task(task.sentence, task.items, reverse("review_report"))
