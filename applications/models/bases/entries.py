"""How an application came, and what is kept of one that staff have typed in."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Channel(models.TextChoices):
    """By which way an application came."""

    WEB = "web", _("On the site")
    TELEPHONE = "telephone", _("By telephone")
    PAPER = "paper", _("On paper")


class ConsentGiven(models.TextChoices):
    """How somebody agreed who did not tick the boxes themselves."""

    READ_OUT = "read_out", _("Read out, and agreed to")
    SIGNED = "signed", _("Signed on paper, which is kept")


class EntryMixin(models.Model):
    """Who typed something in, if that was not the applicant."""

    channel = models.CharField(
        _("how it came"),
        max_length=10,
        choices=Channel,
        default=Channel.WEB,
        db_default=Channel.WEB.value,
    )
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("entered by"),
    )
    # "" of those who ticked the boxes themselves.
    consent_given = models.CharField(
        _("how the applicant agreed"),
        max_length=10,
        choices=ConsentGiven,
        blank=True,
        default="",
        db_default="",
    )

    class Meta:
        abstract = True

    @property
    def is_entered(self) -> bool:
        """Whether staff have typed it in."""
        return self.channel != Channel.WEB
