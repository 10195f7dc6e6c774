"""Consents: what a person allows, and for how long."""

from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from delivery import calendar
from testimonials.changes import AnnouncingQuerySet
from testimonials.models.days import a_year_after, a_year_before
from testimonials.models.subject import Subject
from testimonials.models.wording import ConsentWording

# What a person allows, each by itself; the first carries the others.
SCOPES = (
    "scope_medical_detail",
    "scope_name",
    "scope_initials",
    "scope_photograph",
    "scope_video",
    "scope_voice",
)
# Where it may be shown; from all but the first the site cannot take it out itself.
CHANNELS = ("channel_website", "channel_social", "channel_print")
ELSEWHERE = CHANNELS[1:]


class ConsentQuerySet(AnnouncingQuerySet["Consent"]):
    """A queryset of consents."""

    def in_force(self, day: date | None = None) -> "ConsentQuerySet":
        """Return those on which this website may rely on ``day`` (default: today)."""
        day = day or calendar.today()
        return self.not_ended(day).filter(valid_from__lte=day, channel_website=True)

    def have_covered_since(self, moment: datetime | None) -> bool:
        """Return whether one has covered a story that is public since ``moment``."""
        if moment is None:
            return False
        told = self.filter(
            models.Q(valid_until=None)
            | models.Q(valid_until__gte=calendar.today(moment)),
            models.Q(withdrawn_at=None) | models.Q(withdrawn_at__gt=moment),
            scope_medical_detail=True,
            channel_website=True,
            valid_from__lte=calendar.today(),
        )
        return told.exists()

    def unconfirmed(self) -> "ConsentQuerySet":
        """Return those in force that nobody has given or confirmed within a year."""
        today = calendar.today()
        last = Coalesce("confirmed_on", "given_on", "valid_from")
        said = self.in_force(today).alias(last_said_on=last)
        return said.filter(last_said_on__lte=a_year_before(today))

    def to_see_to_elsewhere(self) -> "ConsentQuerySet":
        """Return those taken back whose posts and prints nobody has seen to yet.

        Not what was taken back for this website alone: the rest allows the same there.
        """
        elsewhere = models.Q(channel_social=True) | models.Q(channel_print=True)
        taken_back = self.filter(elsewhere, withdrawn_at__isnull=False)
        same = {name: models.OuterRef(name) for name in (*SCOPES, *ELSEWHERE)}
        rest = Consent.objects.filter(replaces=models.OuterRef("pk"), **same)
        return taken_back.exclude(models.Exists(rest)).filter(elsewhere_done_at=None)

    def not_ended(self, day: date | None = None) -> "ConsentQuerySet":
        """Return the consents in force on ``day`` (default: today) or to come."""
        day = day or calendar.today()
        return self.filter(
            models.Q(valid_until=None) | models.Q(valid_until__gte=day),
            withdrawn_at=None,
        )


class Consent(models.Model):
    """What a person has agreed to; never changed or deleted, only withdrawn.

    A narrowed one is withdrawn, and what is left of it is a new one that replaces it.
    """

    class Means(models.TextChoices):
        """How a consent was given."""

        SIGNED = "signed", _("signed document")
        WEB = "web", _("by the person, on their own page")

    subject = ParentalKey(Subject, on_delete=models.PROTECT, related_name="consents")
    scope_medical_detail = models.BooleanField(
        _("medical detail"),
        default=False,
        help_text=_("The story itself. Without it nothing shows."),
    )
    scope_name = models.BooleanField(
        _("name"),
        default=False,
        help_text=_("Else the story says the initials, or “a patient”."),
    )
    scope_initials = models.BooleanField(
        _("initials"),
        default=False,
        db_default=False,
        help_text=_("Printed where the name may not be."),
    )
    scope_photograph = models.BooleanField(_("photograph"), default=False)
    scope_video = models.BooleanField(_("video"), default=False, db_default=False)
    scope_voice = models.BooleanField(
        _("voice"),
        default=False,
        db_default=False,
        help_text=_("A video shows only where video and voice are allowed."),
    )
    channel_website = models.BooleanField(
        _("this website"), default=True, db_default=True
    )
    channel_social = models.BooleanField(
        _("social media"), default=False, db_default=False
    )
    channel_print = models.BooleanField(_("print"), default=False, db_default=False)
    valid_from = models.DateField(_("valid from"), default=calendar.today)
    valid_until = models.DateField(
        _("valid until"),
        null=True,
        blank=True,
        help_text=_("The last day. Leave it blank when the wording names no end."),
    )
    wording = models.ForeignKey(
        ConsentWording,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="consents",
        verbose_name=_("wording"),
        help_text=_("What the person was asked, word by word."),
    )
    wording_version = models.CharField(
        _("version of the wording"),
        max_length=40,
        blank=True,
        help_text=_(
            "Which text was signed, as printed on it, such as 2026-03. Leave it blank "
            "where a wording is chosen."
        ),
    )
    given_by = models.CharField(
        _("given by"),
        max_length=10,
        choices=Means,
        default=Means.SIGNED,
        db_default=Means.SIGNED,
        editable=False,
    )
    # None: before this was kept.
    given_on = models.DateField(
        _("given on"), null=True, blank=True, help_text=_("The day of the signature.")
    )
    confirmed_on = models.DateField(
        _("last confirmed"),
        null=True,
        blank=True,
        help_text=_(
            "When the person last said that it still holds; once a year. A day before "
            "the one on record is not taken."
        ),
    )
    withdrawn_at = models.DateTimeField(
        _("withdrawn"),
        null=True,
        blank=True,
        help_text=_("When the person took it back. It ends at once and for good."),
    )
    # When that was entered: perhaps days later. None: at once, or before this was kept.
    withdrawal_recorded_at = models.DateTimeField(null=True, editable=False)
    # What it is left of.
    replaces = models.ForeignKey(
        "self",
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    # When social media and print were seen to, once it was taken back.
    elsewhere_done_at = models.DateTimeField(
        _("seen to elsewhere"), null=True, editable=False
    )
    recorded_at = models.DateTimeField(auto_now_add=True)

    objects = ConsentQuerySet.as_manager()

    panels = [
        FieldRowPanel(
            [
                FieldPanel("scope_medical_detail"),
                FieldPanel("scope_name"),
                FieldPanel("scope_initials"),
                FieldPanel(
                    "scope_photograph",
                    help_text=_("The portrait, and pictures of the timeline."),
                ),
                FieldPanel("scope_video"),
                FieldPanel("scope_voice"),
            ],
            heading=_("The person allows"),
        ),
        FieldRowPanel([FieldPanel(name) for name in CHANNELS], heading=_("Shown in")),
        FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_until")]),
        FieldRowPanel([FieldPanel("wording"), FieldPanel("wording_version")]),
        FieldRowPanel([FieldPanel("given_on"), FieldPanel("confirmed_on")]),
        FieldPanel("withdrawn_at"),
    ]

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        base_manager_name = "objects"
        ordering = ["valid_from", "pk"]

    def __str__(self) -> str:
        return gettext("Consent {number}").format(number=self.pk)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, and note when it was entered that somebody has taken it back."""
        if self.withdrawn_at and not self.withdrawal_recorded_at:
            self.withdrawal_recorded_at = timezone.now()
            if named := kwargs.get("update_fields"):
                kwargs["update_fields"] = {*named, "withdrawal_recorded_at"}
        super().save(*args, **kwargs)

    @property
    def version(self) -> str:
        """Which text was agreed to, as people call it."""
        return self.wording.version if self.wording else self.wording_version

    @property
    def confirm_by(self) -> date:
        """The day by which the person is asked again."""
        return a_year_after(self.confirmed_on or self.given_on or self.valid_from)

    def allowed(self, fields: tuple[str, ...] = SCOPES) -> list[str]:
        """Return the names of what it allows: of scopes, or of ``CHANNELS``."""
        options: Any = self._meta
        return [
            str(options.get_field(name).verbose_name)
            for name in fields
            if getattr(self, name)
        ]

    @property
    def allowed_channels(self) -> list[str]:
        return self.allowed(CHANNELS)

    def is_kept(self) -> bool:
        """Whether the consent holds today, for whichever channel."""
        today = calendar.today()
        return (
            self.withdrawn_at is None
            and self.valid_from <= today
            and (self.valid_until is None or today <= self.valid_until)
        )

    def is_to_see_to_elsewhere(self) -> bool:
        """Whether it is one of `ConsentQuerySet.to_see_to_elsewhere`."""
        if not self.withdrawn_at:
            return False
        return Consent.objects.to_see_to_elsewhere().filter(pk=self.pk).exists()

    def is_in_force(self) -> bool:
        """Whether the website may rely on it, like `ConsentQuerySet.in_force`."""
        return self.channel_website and self.is_kept()

    def covers_a_story(self) -> bool:
        return self.scope_medical_detail and self.is_in_force()

    def is_to_come(self) -> bool:
        return self.withdrawn_at is None and self.valid_from > calendar.today()

    def clean(self) -> None:
        """Refuse a consent that ends before it begins, or to nobody knows what.

        Raises:
            ValidationError: ``valid_until`` is before ``valid_from``, or neither a
                wording nor a version of one is given.
        """
        super().clean()
        if not self.wording_id and not self.wording_version:
            raise ValidationError(
                {"wording": _("Choose the wording, or enter its version.")}
            )
        if self.valid_until and self.valid_from and self.valid_until < self.valid_from:
            raise ValidationError(
                {"valid_until": _("The last day is before the first one.")}
            )
