"""What the list of applications can be narrowed down to."""

from datetime import MAXYEAR
from typing import Any

import django_filters
from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.utils import get_user_display_name

from applications.admissions.rights import Right, forms_where
from applications.inbox.assigning import who_may_have_some
from applications.inbox.counting import UNFINISHED, definitions_of
from applications.models.applications import Application
from applications.models.states import ApplicationState

MINE, NOBODYS = "mine", "nobody"
STILL_OPEN = "open"


def is_overdue() -> Q:
    """Return the condition that something should have been done by yesterday."""
    return Q(due_on__lt=timezone.localdate(), status__in=UNFINISHED)


def in_state(state: ApplicationState, is_first: bool) -> Q:
    """Return the condition of being in a form's own state.

    Args:
        state: Which.
        is_first: Whether it is the first of its kind, which those without a state of
            their own are in.
    """
    of_form = Q(definition__in=definitions_of([state.form_id]))
    of_kind = of_form & Q(status=state.status)
    # As `states.resolved`: a process that knows no states leaves another's behind.
    without = Q(state=None) | ~Q(state__status=state.status)
    without = without if is_first else Q(pk__in=[])
    return of_kind & (Q(state=state) | without)


class _DaysFilter(django_filters.DateFromToRangeFilter):
    """Between two days; one at the end of all calendars is no limit."""

    def filter(self, found: Any, value: Any) -> Any:
        if value:
            start, stop = (
                day if day and 1 < day.year < MAXYEAR else None
                for day in (value.start, value.stop)
            )
            value = slice(start, stop) if start or stop else None
        return super().filter(found, value)


class ApplicationFilterSet(WagtailFilterSet):
    """By form, state, who has it, what is overdue, how and when it came, suspicion."""

    form = django_filters.ModelChoiceFilter(
        method="by_form",
        queryset=lambda request: forms_where(request.user, Right.SEE).order_by("title"),
        label=_("Form"),
    )
    state = django_filters.ChoiceFilter(method="by_state", label=_("State"))
    assignee = django_filters.ChoiceFilter(method="by_assignee", label=_("With"))
    overdue = django_filters.ChoiceFilter(
        method="by_due", choices=[("yes", _("Overdue"))], label=_("Due")
    )
    received = _DaysFilter(
        field_name="submitted_at", label=_("Received"), widget=DateRangePickerWidget
    )

    class Meta:
        model = Application
        fields = ["form", "state", "assignee", "overdue", "received", "suspicion"]
        fields += ["is_vouched", "channel"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        user: Any = self.request.user
        forms = forms_where(user, Right.SEE)
        self._rows = list(
            ApplicationState.objects.filter(form__in=forms).select_related("form")
        )
        self.filters["state"].extra["choices"] = [
            (STILL_OPEN, _("Still open")),
            *Application.Status.choices,
            *((row.key, f"{row.form.title}: {row.name}") for row in self._rows),
        ]
        self.filters["assignee"].extra["choices"] = [
            (MINE, _("Me")),
            (NOBODYS, _("Nobody")),
            *(
                (str(each.pk), get_user_display_name(each))
                for each in who_may_have_some()
                if each.pk != user.pk
            ),
        ]

    def by_form(self, found: Any, name: str, value: Any) -> "QuerySet[Application]":
        return found.filter(definition__in=definitions_of([value.pk]))

    def by_state(self, found: Any, name: str, value: str) -> "QuerySet[Application]":
        if value == STILL_OPEN:
            return found.filter(status__in=UNFINISHED)
        for row in self._rows:
            if row.key == value:
                same = [(each.form_id, each.status) for each in self._rows]
                first = self._rows[same.index((row.form_id, row.status))]
                return found.filter(in_state(row, row == first))
        return found.filter(status=value)

    def by_assignee(self, found: Any, name: str, value: str) -> "QuerySet[Application]":
        if value == NOBODYS:
            return found.filter(assignee=None)
        pk = self.request.user.pk if value == MINE else value
        return found.filter(assignee=get_user_model()(pk=pk))

    def by_due(self, found: Any, name: str, value: str) -> "QuerySet[Application]":
        return found.filter(is_overdue())
