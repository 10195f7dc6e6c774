"""A story's text and its timeline, of which readers see what has come."""

from datetime import date
from functools import cached_property
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, Panel
from wagtail.fields import StreamField

from core.prefetch.walk import Place
from delivery import calendar
from evidence.blocks import SourcedBodyBlock
from testimonials.chronology import Moment, in_order, moment_of
from testimonials.counting import CountedLine, counted_line
from testimonials.timeline_block import TimelineEntryBlock


class TimelineMixin(models.Model):
    """What a story tells: its text, the entries of its timeline, what they count."""

    body = StreamField(SourcedBodyBlock(), blank=True, verbose_name=_("body"))
    timeline = StreamField(
        [("entry", TimelineEntryBlock())],
        blank=True,
        help_text=_("In any order: readers see the entries in order of time."),
        verbose_name=_("timeline"),
    )
    counted = models.CharField(
        _("what the entries count"),
        max_length=80,
        blank=True,
        default="",
        # Until every process is new, the old ones add rows without these two.
        db_default="",
        help_text=_(
            "Such as: The longest walk of the week. Counts of two or more entries are "
            "drawn as a line."
        ),
    )
    counted_unit = models.CharField(
        _("unit"),
        max_length=20,
        blank=True,
        default="",
        db_default="",
        help_text=_("Of the counts, such as m."),
    )
    ongoing = models.BooleanField(
        _("entries will be added"),
        default=False,
        help_text=_("Readers are told that the story goes on."),
    )
    # The day of the last entry, by which it is known that some are still to come. Null
    # where a process of before the field has stored the story.
    latest_entry_on = models.DateField(null=True, blank=True, editable=False)

    timeline_panels: ClassVar[list[Panel]] = [
        FieldPanel("timeline"),
        FieldRowPanel([FieldPanel("counted"), FieldPanel("counted_unit")]),
    ]

    class Meta:
        abstract = True

    streams_behind: ClassVar[frozenset[str]] = frozenset()
    # Set while an editor looks at what is still to come.
    shows_what_is_to_come = False

    @cached_property
    def moments(self) -> list[Moment]:
        """All entries in order of time, those to come among them."""
        return in_order(
            (child.value for child in self.timeline),
            self.treated_on,  # type: ignore[attr-defined]
        )

    @property
    def told_moments(self) -> list[Moment]:
        """The entries that readers see: on their day or later."""
        if self.shows_what_is_to_come:
            return self.moments
        today = calendar.today()
        return [moment for moment in self.moments if moment.has_come(today)]

    @property
    def to_come_after(self) -> date | None:
        """The day after which entries are marked as to come, None for readers."""
        return calendar.today() if self.shows_what_is_to_come else None

    @property
    def counted_line(self) -> CountedLine | None:
        """The counts of the timeline over time, where it says what they are."""
        return counted_line(self.told_moments) if self.counted else None

    @property
    def last_entry_on(self) -> date | None:
        """The calendar date of the latest entry told, None when it is not known."""
        return max((m.date for m in self.told_moments if m.date), default=None)

    @cached_property
    def places(self) -> list[Place]:
        """Every block as it is rendered, without entries that are still to come."""
        places: list[Place] = super().places  # type: ignore[misc]
        to_come = self.positions_to_come
        if not to_come:
            return places
        return [
            place
            for place in places
            if place.field != "timeline" or place.position not in to_come
        ]

    @property
    def positions_to_come(self) -> set[int]:
        """The places in the stream of entries whose day has not come."""
        today = calendar.today()
        return {
            position
            for position, child in enumerate(self.timeline)
            if not moment_of(child.value, self.treated_on).has_come(today)  # type: ignore[attr-defined]
        }

    def chosen_media(self) -> list[Any]:
        """Leave out the timeline's while an entry is to come; asked without a query."""
        latest = self.latest_entry_on
        if not self.timeline.raw_data or (latest and latest <= calendar.today()):
            return self._media_of_blocks()
        behind = self.__dict__.get("streams_behind", type(self).streams_behind)
        self.__dict__["streams_behind"] = behind | {"timeline"}
        chosen = self._media_of_blocks()
        self.__dict__["streams_behind"] = behind
        return chosen

    def _media_of_blocks(self) -> list[Any]:
        return list(super().chosen_media())  # type: ignore[misc]

    def save(self, *args: Any, **kwargs: Any) -> Any:
        """Note the day of the last entry; none is later than the beginning of time."""
        fields = kwargs.get("update_fields")
        if fields is None or {"timeline", "treated_on"} & set(fields):
            self.__dict__.pop("moments", None)
            days = (moment.date for moment in self.moments if moment.date)
            self.latest_entry_on = max(days, default=date.min)
            if fields is not None:
                kwargs["update_fields"] = {*fields, "latest_entry_on"}
        return super().save(*args, **kwargs)
