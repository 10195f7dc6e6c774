"""The form fields of a page's schedule, and sentences about it."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

SCHEDULE = ("go_live_at", "expire_at")
PASSED = gettext_lazy(
    "This date has passed. Leave the field empty to publish at once, or choose a later "
    "one."
)


class ScheduleField(forms.DateTimeField):
    """A date and time field that explains hours lost or repeated by summer time."""

    def to_python(self, value: Any) -> datetime | None:
        try:
            return super().to_python(value)
        except ValidationError as error:
            if error.code != "ambiguous_timezone" or not error.params:
                raise
            raise _of_the_clocks(error.params["datetime"]) from error

    @classmethod
    def like(cls, field: forms.Field) -> "ScheduleField":
        """Return a copy of Wagtail's ``field``."""
        return cls(
            required=field.required,
            label=field.label,
            widget=field.widget,
            help_text=_of_the_zone(),
            disabled=field.disabled,
        )


def _of_the_clocks(typed: datetime) -> ValidationError:
    zone = timezone.get_current_timezone()
    there = typed.replace(tzinfo=zone).astimezone(UTC).astimezone(zone)
    if there.replace(tzinfo=None) == typed:
        words = _(
            "The clocks in {zone} go back that night, and {time} comes twice. Choose a "
            "time outside that hour."
        )
    else:
        words = _(
            "The clocks in {zone} go forward that night, and {time} does not exist. "
            "Choose a time outside that hour."
        )
    time = date_format(typed, "TIME_FORMAT")
    return ValidationError(words.format(zone=zone, time=time))


def _of_the_zone() -> str:
    now = timezone.localtime()
    return _("In the time of {zone}, where it is {time} now.").format(
        zone=timezone.get_current_timezone(), time=date_format(now, "TIME_FORMAT")
    )


def standing(page: Any) -> str:
    """Return a sentence on the effect of the current go-live date."""
    day = page.go_live_at
    if not day:
        return ""
    approved = page.pk and page.scheduled_revision
    if approved and approved.approved_go_live_at == day:
        return _("Scheduled: the page goes live by itself then.")
    if day <= timezone.now() and page.live:
        return _("This date has passed.")
    if day <= timezone.now():
        return _(
            "This date has passed, and nobody had pressed “Schedule to publish”. "
            "“Publish” publishes at once."
        )
    return _(
        "Nothing happens on this date yet: it counts once somebody who may publish has "
        "pressed “Schedule to publish”."
    )


def has_passed(day: datetime | None, before: datetime | None) -> bool:
    """Return whether ``day`` was newly set to a time in the past.

    The field is exact to the minute.
    """
    if day is None or (before and abs(day - before) < timedelta(minutes=1)):
        return False
    return day < timezone.now() - timedelta(minutes=1)
