"""Consents: what a person allows, and for how long."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from delivery import calendar
from testimonials.changes import AnnouncingQuerySet
from testimonials.models.subject import Subject


class ConsentQuerySet(AnnouncingQuerySet["Consent"]):
    """A queryset of consents."""

    def in_force(self, day: date | None = None) -> "ConsentQuerySet":
        """Return the consents in force on ``day`` (default: today)."""
        day = day or timezone.localdate()
        return self.not_ended(day).filter(valid_from__lte=day)

    def not_ended(self, day: date | None = None) -> "ConsentQuerySet":
        """Return the consents in force on ``day`` (default: today) or to come."""
        day = day or timezone.localdate()
        return self.filter(
            models.Q(valid_until=None) | models.Q(valid_until__gte=day),
            withdrawn_at=None,
        )


def next_turn(now: datetime) -> datetime | None:
    """Return when a consent next begins or ends, None where none will."""
    today = timezone.localdate(now, timezone.get_default_timezone())
    days = Consent.objects.filter(withdrawn_at=None).aggregate(
        first=models.Min("valid_from", filter=models.Q(valid_from__gt=today)),
        last=models.Min("valid_until", filter=models.Q(valid_until__gte=today)),
    )
    begins = calendar.beginning_of(days["first"]) if days["first"] else None
    ends = calendar.beginning_after(days["last"]) if days["last"] else None
    return min(filter(None, (begins, ends)), default=None)


class Consent(models.Model):
    """A signed consent; never changed or deleted, only withdrawn."""

    subject = ParentalKey(Subject, on_delete=models.PROTECT, related_name="consents")
    scope_medical_detail = models.BooleanField(
        _("medical detail"),
        default=False,
        help_text=_("The story itself. Without it nothing shows."),
    )
    scope_name = models.BooleanField(
        _("name"), default=False, help_text=_("Else the story says “a patient”.")
    )
    scope_photograph = models.BooleanField(_("photograph"), default=False)
    valid_from = models.DateField(_("valid from"), default=timezone.localdate)
    valid_until = models.DateField(
        _("valid until"),
        null=True,
        blank=True,
        help_text=_("The last day. Leave it blank when the wording names no end."),
    )
    wording_version = models.CharField(
        _("version of the wording"),
        max_length=40,
        help_text=_("Which text was signed, as printed on it, such as 2026-03."),
    )
    withdrawn_at = models.DateTimeField(
        _("withdrawn"),
        null=True,
        blank=True,
        help_text=_("When the person took it back. It ends at once and for good."),
    )
    recorded_at = models.DateTimeField(auto_now_add=True)

    objects = ConsentQuerySet.as_manager()

    panels = [
        FieldRowPanel(
            [
                FieldPanel("scope_medical_detail"),
                FieldPanel("scope_name"),
                FieldPanel(
                    "scope_photograph",
                    help_text=_("The portrait, pictures and videos of the timeline."),
                ),
            ],
            heading=_("The person allows"),
        ),
        FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_until")]),
        FieldPanel("wording_version"),
        FieldPanel("withdrawn_at"),
    ]

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        base_manager_name = "objects"
        ordering = ["valid_from", "pk"]

    def __str__(self) -> str:
        return gettext("Consent {number}").format(number=self.pk)

    def is_in_force(self) -> bool:
        """Whether the consent is in force today, like `ConsentQuerySet.in_force`."""
        today = timezone.localdate()
        return (
            self.withdrawn_at is None
            and self.valid_from <= today
            and (self.valid_until is None or today <= self.valid_until)
        )

    def covers_a_story(self) -> bool:
        return self.scope_medical_detail and self.is_in_force()

    def is_to_come(self) -> bool:
        return self.withdrawn_at is None and self.valid_from > timezone.localdate()

    def clean(self) -> None:
        """Refuse a consent that ends before it begins.

        Raises:
            ValidationError: ``valid_until`` is before ``valid_from``.
        """
        super().clean()
        if self.valid_until and self.valid_from and self.valid_until < self.valid_from:
            raise ValidationError(
                {"valid_until": _("The last day is before the first one.")}
            )
