"""The admin's report on which pages readers found useful."""

from datetime import timedelta
from typing import Any

import django_filters
from django.db.models import F, FloatField, Q, Sum
from django.db.models.functions import Cast, NullIf
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.reports import PageReportView
from wagtail.models import Page

from review.models.useful_counts import UsefulCount

SEE = "review.view_usefulcount"
_WEEKS = 12
_HEIGHT = 20  # of the drawing, in its own units
_STEP = 6  # a week, in the same


class ShareFilterSet(WagtailFilterSet):
    """Pages that fewer readers found useful than not."""

    share = django_filters.ChoiceFilter(
        label=_("Answers"),
        method="by_share",
        choices=[("no", _("more “no” than “yes”")), ("yes", _("mostly “yes”"))],
    )

    class Meta:
        model = Page
        fields = ["share"]

    def by_share(self, pages: Any, name: str, value: str) -> Any:
        if value == "no":
            return pages.filter(useful_no__gt=F("useful_yes"))
        return pages.filter(useful_no__lte=F("useful_yes"))


class UsefulReportView(PageReportView):
    """Lists the pages with answers of the last year, those with most “no” first."""

    results_template_name = "review/admin/useful_results.html"
    page_title = _("Useful to readers")
    header_icon = "thumbtack"
    index_url_name = "useful_report"
    index_results_url_name = "useful_report_results"
    filterset_class = ShareFilterSet
    permission_required = "view"
    export_headings = {
        **PageReportView.export_headings,
        "useful_yes": _("Useful"),
        "useful_no": _("Not useful"),
        "useful_percent": _("Useful, in per cent"),
    }
    list_export = [
        *PageReportView.list_export,
        "useful_yes",
        "useful_no",
        "useful_percent",
    ]

    def user_has_permission(self, permission: str) -> bool:
        return bool(self.request.user.has_perm(SEE))

    def get_queryset(self) -> Any:
        self.queryset = (
            answered_pages()
            .select_related("content_type")
            .prefetch_workflow_states()
            .annotate_approved_schedule()
            .order_by(F("useful_no").desc(), "title", "pk")
        )
        return super().get_queryset()

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        drawings = sparklines([page.pk for page in context["object_list"]])
        for page in context["object_list"]:
            page.sparkline = drawings[page.pk]
        return {
            **context,
            "weeks": _WEEKS,
            "width": _STEP * (_WEEKS - 1),
            "height": _HEIGHT,
        }


def answered_pages() -> Any:
    """Return pages with the answers of the last year: yes, no and per cent of yes."""
    year = Q(useful_counts__day__gt=timezone.localdate() - timedelta(days=365))
    pages = Page.objects.annotate(
        useful_yes=Sum("useful_counts__yes", filter=year),
        useful_no=Sum("useful_counts__no", filter=year),
    ).exclude(useful_yes=None)
    share = Cast("useful_yes", FloatField()) * 100
    return pages.annotate(
        useful_percent=Cast(
            share / NullIf(F("useful_yes") + F("useful_no"), 0), FloatField()
        )
    )


def sparklines(pks: list[int]) -> dict[int, str]:
    """Return the points of a line by page: answers in each of the last weeks."""
    today = timezone.localdate()
    since = today - timedelta(weeks=_WEEKS)
    weeks: dict[int, list[int]] = {pk: [0] * _WEEKS for pk in pks}
    counts = UsefulCount.objects.filter(page__in=pks, day__gt=since, day__lte=today)
    for pk, day, yes, no in counts.values_list("page", "day", "yes", "no"):
        weeks[pk][_WEEKS - 1 - (today - day).days // 7] += yes + no
    return {pk: _points(answers) for pk, answers in weeks.items()}


def _points(answers: list[int]) -> str:
    most = max(answers) or 1
    return " ".join(
        f"{week * _STEP},{_HEIGHT - 1 - round(count / most * (_HEIGHT - 2))}"
        for week, count in enumerate(answers)
    )


class UsefulReportMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(SEE))
