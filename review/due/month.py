"""The admin's calendar of what is due: a month in a table."""

import re
from calendar import Calendar
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.formats import get_format
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import Button, HeaderButton

from core.due.registry import DueItem, Found, Span
from review.due.filters import DueFilterSet
from review.due.listing import SHARED, for_staff

SHOWN = 5  # of one day
_MONTH = re.compile(r"([0-9]{4})-([0-9]{2})")
_YEARS = range(1901, 2900)


@dataclass(frozen=True)
class Day:
    """One cell: what falls on a day, of which some may only be counted."""

    date: date
    is_of_month: bool
    is_today: bool
    items: list[DueItem]
    more: int
    # Whether all that falls on it was read.
    is_whole: bool
    # The report of this day alone.
    url: str


class DueCalendarView(WagtailAdminTemplateMixin, TemplateView):
    """Draws one month, this one unless another is asked for as ``?month=2027-01``."""

    template_name = "review/admin/due/month.html"
    page_title = _("Calendar of what is due")
    header_icon = "calendar-alt"
    _show_breadcrumbs = True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not for_staff(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        report = {"url": reverse("due_report"), "label": _("What is due")}
        return [*self.breadcrumbs_items, report, {"url": "", "label": _("Calendar")}]

    def get_header_buttons(self) -> list[Button]:
        return [
            HeaderButton(
                _("List"), url=self._address("due_report"), icon_name="list-ul"
            ),
            HeaderButton(
                _("In your own calendar"),
                url=reverse("due_address"),
                icon_name="link-external",
            ),
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        month = _month_asked_for(self.request.GET.get("month", ""))
        filters = DueFilterSet(data=self.request.GET, request=self.request)
        weeks = _weeks(month)
        days = [day for week in weeks for day in week]
        found = filters.found(Span(days[0], days[-1]))
        by_day: dict[date, list[DueItem]] = {}
        for item in found.items:
            by_day.setdefault(item.day, []).append(item)
        return {
            **super().get_context_data(**kwargs),
            "month": month,
            "filters": filters,
            "is_narrowed": bool(filters.asked),
            "weekdays": [WEEKDAYS[day.weekday()] for day in weeks[0]],
            "weeks": [
                [self._day(day, month, by_day.get(day, []), found) for day in week]
                for week in weeks
            ],
            "is_empty": not any(
                (day.year, day.month) == (month.year, month.month) for day in by_day
            ),
            "is_cut": bool(found.cut),
            "previous": self._month(month - timedelta(days=1)),
            "following": self._month(month + timedelta(days=31)),
            "this_month": self._month(timezone.localdate()),
            "all_kinds": self._address("due_calendar", only=(), month=f"{month:%Y-%m}"),
        }

    def _day(self, day: date, month: date, items: list[DueItem], found: Found) -> Day:
        return Day(
            date=day,
            is_of_month=day.month == month.month,
            is_today=day == timezone.localdate(),
            items=items[:SHOWN],
            more=len(items[SHOWN:]),
            is_whole=not any(span.holds(day) for span in found.cut),
            url=self._address("due_report", day_from=day, day_to=day),
        )

    def _month(self, day: date) -> dict[str, Any] | None:
        """Return the first day of a month and its address, None beyond our years."""
        if day.year not in _YEARS:
            return None
        url = self._address("due_calendar", month=f"{day:%Y-%m}")
        return {"day": day.replace(day=1), "url": url}

    def _address(
        self, name: str, only: tuple[str, ...] = SHARED, **others: object
    ) -> str:
        """Return an address that is narrowed as this one is."""
        asked = self.request.GET.copy()
        for given in [each for each in asked if each not in only]:
            del asked[given]
        asked.update({name: str(value) for name, value in others.items()})
        return f"{reverse(name)}?{asked.urlencode()}" if asked else reverse(name)


def _month_asked_for(text: str) -> date:
    written = _MONTH.fullmatch(text)
    if written:
        year, month = int(written[1]), int(written[2])
        if year in _YEARS and 1 <= month <= 12:
            return date(year, month, 1)
    return timezone.localdate().replace(day=1)


def _weeks(month: date) -> list[list[date]]:
    """Return the weeks of a month, which begin on the day that the language has."""
    # Django counts from Sunday, Python from Monday.
    first = (int(get_format("FIRST_DAY_OF_WEEK")) - 1) % 7
    return Calendar(first).monthdatescalendar(month.year, month.month)
