"""The admin's report on published pages that have problems now."""

from collections.abc import Iterator
from typing import Any

import django_filters
from django.db.models import OuterRef, Subquery
from django.http import HttpRequest
from django.urls import reverse, reverse_lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.reports import PageReportView
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from core.admin.dashboard import Task, pages_that_wait
from core.models.assignments import Assignment
from core.models.live_problems import LiveProblem
from core.publishing import gate
from core.publishing.live_problems import pages_with_problems

# What SEO staff look for most, and may not mend.
WITHOUT_ALTERNATIVE = "image-without-alternative"


class LiveProblemsFilterSet(WagtailFilterSet):
    """Narrows the report to one kind of problem."""

    problem = django_filters.ChoiceFilter(
        label=gettext_lazy("Problem"),
        choices=lambda: [
            (rule.code, rule.title)
            for rule in gate.rules()
            # A site may have chosen that what is suggested elsewhere warns.
            if rule.level != "suggest" or hasattr(rule, "chosen_level")
        ],
        method="with_problem",
    )

    class Meta:
        model = Page
        fields = ["problem"]

    def with_problem(self, pages: Any, name: str, value: str) -> Any:
        return pages.filter(
            pk__in=LiveProblem.objects.filter(code=value).values("page")
        )


class LiveProblemsView(PageReportView):
    """Lists the pages with the names of their problems, the newest first."""

    results_template_name = "core/publishing/live_problems_results.html"
    page_title = gettext_lazy("Published pages with problems")
    header_icon = "warning"
    index_url_name = "live_problems"
    index_results_url_name = "live_problems_results"
    any_permission_required = ["change", "publish"]
    filterset_class = LiveProblemsFilterSet
    export_headings = {
        **PageReportView.export_headings,
        "problems": gettext_lazy("Problems"),
        "found_at": gettext_lazy("Found"),
    }
    list_export = [*PageReportView.list_export, "problems", "found_at"]

    def get_queryset(self) -> Any:
        self.queryset = (
            _own_pages(self.request)
            .annotate(found_at=_found_at())
            .select_related("content_type")
            .prefetch_workflow_states()
            .annotate_approved_schedule()
            .order_by("-found_at", "title", "pk")
        )
        return super().get_queryset()

    def decorate_paginated_queryset(self, object_list: Any) -> list[Any]:
        pages = list(object_list)
        titles = {rule.code: str(rule.title) for rule in gate.rules()}
        named: dict[int, dict[str, str]] = {page.pk: {} for page in pages}
        for kept in LiveProblem.objects.filter(page__in=named):
            # A rule that is gone has no title.
            named[kept.page_id][kept.code] = titles.get(kept.code, kept.code)
        asked = set(
            Assignment.objects.open()
            .filter(page__in=named)
            .values_list("page_id", "problem")
        )
        for page in pages:
            page.problems = list(named[page.pk].values())
            page.asked_about = [
                (title, code if code in titles else "", (page.pk, code) in asked)
                for code, title in named[page.pk].items()
            ]
        return pages


class LiveProblemsMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(
            page_permission_policy.user_has_any_permission(
                request.user, LiveProblemsView.any_permission_required
            )
        )


def without_alternative() -> LiveProblemsMenuItem:
    """Return the way to the part of the report that SEO staff look for."""
    return LiveProblemsMenuItem(
        gettext_lazy("Pictures without alternative text"),
        format_lazy(
            "{}?problem={}", reverse_lazy("live_problems"), WITHOUT_ALTERNATIVE
        ),
        name="pictures-without-alternative",
        icon_name="image",
        order=1011,
    )


def live_problem_tasks(request: HttpRequest) -> Iterator[Task]:
    """Yield the published pages of the user that have problems."""
    for task in pages_that_wait(
        _own_pages(request).annotate(found_at=_found_at()).order_by("-found_at", "pk"),
        lambda count: ngettext(
            "%(count)d published page has a new problem.",
            "%(count)d published pages have new problems.",
            count,
        ),
    ):
        yield Task(task.sentence, task.items, reverse("live_problems"))


def _own_pages(request: HttpRequest) -> Any:
    return pages_with_problems(
        page_permission_policy.instances_user_has_permission_for(request.user, "change")
    )


def _found_at() -> Any:
    newest = LiveProblem.objects.filter(page=OuterRef("pk")).order_by("-found_at")
    return Subquery(newest.values("found_at")[:1])
