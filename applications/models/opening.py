"""When a form takes applications: paused, until a date, for a number of places."""

from typing import Any

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField

from applications.models.applications import Application
from core.blocks.prose import PLAIN
from delivery import calendar


class Closure(models.TextChoices):
    """Why nobody may begin a form. Of several, the first of these is said."""

    CLOSED = "closed", _("past its closing date")
    PAUSED = "paused", _("paused")
    FULL = "full", _("full")


class OpeningMixin(models.Model):
    """What an editor decides about when a form may be begun."""

    paused = models.BooleanField(
        _("not taking applications now"), default=False, db_default=False
    )
    reopens_on = models.DateField(
        _("taking them again from"),
        null=True,
        blank=True,
        help_text=_(
            "Shown while it is paused. The form opens when you take out the tick above."
        ),
    )
    paused_text = RichTextField(
        _("words while it is paused"),
        blank=True,
        default="",
        db_default="",
        features=PLAIN,
        help_text=_("Left empty, the form says so in a sentence of ours."),
    )
    closes_at = models.DateTimeField(
        _("closing date"),
        null=True,
        blank=True,
        help_text=_(
            "From this minute on nobody can begin the form. Whoever has begun it can "
            "still send it, for as long as their answers are kept."
        ),
    )
    closed_text = RichTextField(
        _("words after the closing date"),
        blank=True,
        default="",
        db_default="",
        features=PLAIN,
    )
    full_after = models.PositiveIntegerField(
        _("number of applications after which it is full"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_(
            "Withdrawn and deleted ones do not count, nor do those that look automatic "
            "until somebody says that they are no spam. Who has begun before it was "
            "full can still send theirs, which is then marked."
        ),
    )
    full_text = RichTextField(
        _("words while it is full"),
        blank=True,
        default="",
        db_default="",
        features=PLAIN,
    )

    opening_panels = [
        MultiFieldPanel(
            [
                FieldPanel("paused"),
                FieldPanel("reopens_on"),
                FieldPanel("paused_text"),
                FieldPanel("closes_at"),
                FieldPanel("closed_text"),
                FieldPanel("full_after"),
                FieldPanel("full_text"),
            ],
            heading=_("Taking applications"),
        )
    ]

    class Meta:
        abstract = True

    @property
    def closure(self) -> str:
        """Why nobody may begin the form now, "" while anybody may."""
        return self.uncounted_closure or (Closure.FULL if self.is_full() else "")

    @property
    def uncounted_closure(self) -> str:
        """Why nobody may begin it now, whatever has arrived, for previews.

        Editors type any number before they look at one: told when it is reached, they
        would know how many have applied.
        """
        if self.closes_at and self.closes_at <= timezone.now():
            return Closure.CLOSED
        if self.paused:
            return Closure.PAUSED
        return ""

    @property
    def reopens(self) -> Any:
        """The day from which it takes applications again, unless that is past."""
        day = self.reopens_on
        return day if day and day > calendar.today() else None

    def is_full(self, before: Application | None = None) -> bool:
        """Return whether all places are taken, or were before one application."""
        if not self.full_after:
            return False
        # Programs must not close a form: see `Application.is_marked`.
        taken = Application.objects.filter(
            Q(suspicion="") | Q(is_vouched=True), definition__page=self.pk
        ).exclude(status=Application.Status.WITHDRAWN)
        if before is not None:
            at = before.submitted_at
            taken = taken.filter(
                Q(submitted_at__lt=at) | Q(submitted_at=at, pk__lt=before.pk)
            )
        return taken.count() >= self.full_after
