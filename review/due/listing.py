"""The admin's report on what is due."""

from collections.abc import Iterator
from datetime import timedelta
from functools import cached_property
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.admin.widgets.button import Button, HeaderButton

from core.admin.dashboard import ITEMS_SHOWN, Task
from core.due.registry import DueItem, Span, concerns, find, kinds
from review.due.filters import DueListFilterSet

_LINE_DAYS = 7


def when(item: DueItem) -> str:
    """Return day and time in words, where whoever looks is."""
    day = date_format(item.day, "DATE_FORMAT")
    return f"{day}, {time_format(item.at.time(), 'TIME_FORMAT')}" if item.at else day


def standing(item: DueItem) -> str:
    return gettext("overdue") if item.is_late else ""


def for_staff(user: Any) -> bool:
    """Return whether anything of what is due is for ``user`` to see."""
    return concerns(user)


class _KindColumn(Column):
    """What it is, and that it is overdue."""

    cell_template_name = "review/admin/due/kind_cell.html"


class DueReportView(ReportView):
    """Lists what is due within ninety days, or in the days asked for."""

    results_template_name = "review/admin/due/results.html"
    page_title = _("What is due")
    header_icon = "calendar-alt"
    index_url_name = "due_report"
    index_results_url_name = "due_report_results"
    filterset_class = DueListFilterSet
    permission_required = "view"
    is_searchable = False
    list_export = ["day", "time", "kind.name", "title", "standing", "address"]
    export_headings = {
        "day": _("Day"),
        "time": _("Time"),
        "kind.name": _("What"),
        "title": _("Of what"),
        "standing": _("Standing"),
        "address": _("Address"),
    }
    columns = [
        Column("when", label=_("When"), accessor=when, width="20%"),
        TitleColumn("title", label=_("Of what"), get_url=lambda item: item.url),
        _KindColumn("kind", label=_("What"), width="30%"),
    ]

    def user_has_permission(self, permission: str) -> bool:
        return for_staff(self.request.user)

    @cached_property
    def header_buttons(self) -> list[Button]:
        return [
            HeaderButton(
                _("Calendar"),
                url=f"{reverse('due_calendar')}{_narrowed(self.request)}",
                icon_name="calendar-alt",
            ),
            HeaderButton(
                _("In your own calendar"),
                url=reverse("due_address"),
                icon_name="link-external",
            ),
        ]

    def get_queryset(self) -> list[DueItem]:
        filters: DueListFilterSet = self.filters
        # A table that is taken out is whole.
        self.found = filters.found(filters.span, whole=self.is_export)
        return self.found.items

    def filter_queryset(self, queryset: list[DueItem]) -> list[DueItem]:
        return queryset

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        return {**context, "found": self.found, "last_day": self.filters.span.last}

    def get_heading(self, queryset: Any, field: str) -> str:
        return str(self.export_headings[field])

    def to_row_dict(self, item: DueItem) -> dict[str, Any]:
        cells = [
            item.day,
            item.at.strftime("%H:%M") if item.at else "",
            str(item.kind.name),
            item.title,
            standing(item),
            self.request.build_absolute_uri(item.url),
        ]
        return dict(zip(self.list_export, cells, strict=True))


def _narrowed(request: HttpRequest) -> str:
    """Return the query by which the calendar is narrowed as the report is."""
    asked = request.GET.copy()
    for name in [each for each in asked if each not in SHARED]:
        del asked[name]
    return f"?{asked.urlencode()}" if asked else ""


SHARED = ("kind", "whose", "standing", "type", "section")


class DueMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return for_staff(request.user)


def due_shortcut(request: HttpRequest) -> Iterator[Button]:
    if for_staff(request.user):
        yield Button(
            gettext("What is due"), url=reverse("due_report"), icon_name="calendar-alt"
        )


def due_tasks(request: HttpRequest) -> Iterator[Task]:
    """Yield what no other line of the dashboard tells of."""
    only = [kind for kind in kinds(request.user) if not kind.has_own_line]
    if not only:
        return
    last = timezone.localdate() + timedelta(days=_LINE_DAYS)
    items, total, _cut = find(request.user, Span(None, last), only)
    if items:
        sentence = ngettext(
            "%(count)d more date is overdue or falls within seven days.",
            "%(count)d more dates are overdue or fall within seven days.",
            total,
        )
        named = [
            (f"{item.kind.name}: {item.title}, {when(item)}", item.url)
            for item in items[:ITEMS_SHOWN]
        ]
        yield Task(sentence % {"count": total}, named, reverse("due_report"))
