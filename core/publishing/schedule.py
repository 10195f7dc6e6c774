"""A page's schedule: form fields, sentences about it, and dates that have passed."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.dispatch import receiver
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import log
from wagtail.models import Page, PageLogEntry, Revision
from wagtail.signals import page_unpublished

SCHEDULE = ("go_live_at", "expire_at")
PASSED = gettext_lazy(
    "This date has passed. Leave the field empty to publish at once, or choose a later "
    "one."
)
CLEARED = "core.schedule.over"  # in a page's history
OVER = gettext_lazy(
    "The page's time is over since then. Leave the field empty to publish it without "
    "an end, or choose a later date."
)

ENDED = gettext_lazy(
    "This version has an end that has passed, and no reader would see it. Edit its "
    "schedule first: leave the end empty to publish it without one, or choose a later "
    "date."
)
_LEAD_TO_READERS = ("action-publish", "action-submit", "action-restart-workflow")


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


class ScheduleFormMixin:
    """Takes no notice of dates that came to pass; refuses those typed in the past.

    An end that has passed is told of where a button would have the page go live. It
    stays in a version that waits for approval, whose approval tells of it; else what
    was to be gone by then would be back for good.
    """

    data: Any
    instance: Any
    initial: dict[str, Any]
    cleaned_data: dict[str, Any]
    _kept_end: datetime | None = None

    def clean(self) -> Any:
        self._clean_schedule()
        return super().clean()  # type: ignore[misc]

    def _post_clean(self) -> None:
        """Put back the end that is kept; Wagtail's check refuses it before."""
        if self._kept_end:
            self.cleaned_data["expire_at"] = self._kept_end
        super()._post_clean()  # type: ignore[misc]

    def _clean_schedule(self) -> None:
        self._kept_end = None
        for name in SCHEDULE:
            day, before = self.cleaned_data.get(name), self.initial.get(name)
            if day is None or day > timezone.now():
                continue
            stands = before and is_same_minute(day, before)
            is_known = stands or had_date(self.instance, name, day)
            if name == "expire_at" and is_known and self._leads_to_readers():
                self.add_error(name, OVER)  # type: ignore[attr-defined]
            elif is_known and (name == "expire_at" or not stands):
                self.cleaned_data[name] = None
                if stands and _waits_for_approval(self.instance):
                    self._kept_end = before
            elif name == "go_live_at" and has_passed(day, before):
                self.add_error(name, PASSED)  # type: ignore[attr-defined]

    def _leads_to_readers(self) -> bool:
        if "action-workflow-action" in self.data:
            return bool(self.data.get("workflow-action-name") != "reject")
        return any(button in self.data for button in _LEAD_TO_READERS)


def _waits_for_approval(page: Any) -> bool:
    """Return whether a version does, or was sent back to its editor."""
    return bool(page.pk and page.current_workflow_state)


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
    if day is None or (before and is_same_minute(day, before)):
        return False
    return day < timezone.now() - timedelta(minutes=1)


def is_same_minute(day: datetime, other: datetime) -> bool:
    """Return whether a form, which leaves out seconds, takes two dates for one."""
    return abs(day - other) < timedelta(minutes=1)


# Wagtail leaves dates that have passed where they are, and its form then refuses every
# draft until the editor has deleted what says nothing any more.


@receiver(page_unpublished)
@transaction.atomic
def clear_past_dates(sender: Any, instance: Any, **kwargs: Any) -> None:
    """Clear them in the page and in its latest version, and keep them in its history.

    A date of the draft that is still to come stays, and so does any that waits for
    approval: without its end, it would be approved for good. Where the two differ,
    either is kept.
    """
    waits = _waits_for_approval(instance)
    of_draft = {} if waits else _clear_in_draft(instance.latest_revision_id)
    of_page = _past({name: getattr(instance, name) for name in SCHEDULE})
    if of_page:
        Page.objects.filter(pk=instance.pk).update(**dict.fromkeys(of_page))
        for name in of_page:
            setattr(instance, name, None)
    others = {
        name: day
        for name, day in of_draft.items()
        if name not in of_page or not is_same_minute(day, of_page[name])
    }
    for cleared in filter(None, (of_page, others)):
        dates = {name: day.isoformat() for name, day in cleared.items()}
        log(instance, CLEARED, data=dates)


def keep_published(page: Any, scheduled: Revision) -> None:
    """Keep what readers see as a version, where a page is to change and has none of it.

    Wagtail takes a page off the site until the day of its change unless it knows the
    published version, which `purge_revisions` deletes once there is a later one.

    Args:
        page: The page, which may be a draft.
        scheduled: The version that is to be published.
    """
    # A version that was just saved has dates, one that was read has texts.
    field = Page._meta.get_field("go_live_at")
    day = field.to_python(scheduled.content.get(field.name))
    if day is None or day <= timezone.now():
        return
    stored = type(page)._default_manager.filter(
        pk=page.pk, live=True, live_revision=None
    )
    if (published := stored.first()) is None:
        return
    before = scheduled.created_at - timedelta(microseconds=1)
    kept = Revision.objects.create(
        content_object=published,
        base_content_type=published.get_base_content_type(),
        content=published.serializable_data(),
        object_str=str(published),
        created_at=min(published.last_published_at or before, before),
    )
    Page.objects.filter(pk=page.pk).update(live_revision=kept)
    page.live_revision = scheduled.content_object.live_revision = kept


def has_ended(version: Revision) -> bool:
    """Return whether the time of a version is over, before it is published."""
    end = parse_datetime(version.content.get("expire_at") or "")
    return bool(end and end <= timezone.now())


def had_date(page: Any, name: str, day: datetime) -> bool:
    """Return whether ``day`` was cleared, or stands in an earlier version.

    A form that was open still posts it, and so does one that restores the version.
    """
    if not page.pk:
        return False
    cleared = PageLogEntry.objects.filter(action=CLEARED, page=page.pk)
    dates = [
        *cleared.values_list(f"data__{name}", flat=True),
        *page.revisions.values_list(f"content__{name}", flat=True),
    ]
    past = (parse_datetime(date) for date in dates if date)
    return any(other and is_same_minute(other, day) for other in past)


def _clear_in_draft(pk: int | None) -> dict[str, datetime]:
    draft = Revision.objects.select_for_update().filter(pk=pk).first()
    if draft is None:
        return {}
    dates = {name: parse_datetime(draft.content.get(name) or "") for name in SCHEDULE}
    if past := _past(dates):
        # A plain update: saving would ask the gate.
        content = {**draft.content, **dict.fromkeys(past)}
        Revision.objects.filter(pk=pk).update(content=content)
    return past


def _past(dates: dict[str, datetime | None]) -> dict[str, datetime]:
    now = timezone.now()
    return {name: day for name, day in dates.items() if day and day <= now}
