"""Settings: who is notified of applications, and what applicants read of theirs."""

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

from applications.models.notification_choices import LAST_HOUR, MORNING


def validate_addresses(text: str) -> None:
    """Validate that each line is one e-mail address."""
    for line in text.split("\n"):
        if address := line.strip():
            try:
                validate_email(address)
            except ValidationError:
                sentence = gettext("“{address}” is not an e-mail address.")
                raise ValidationError(sentence.format(address=address)) from None


@register_setting(icon="mail")
class ApplicationSettings(BaseSiteSetting):
    """The addresses that are notified of new applications, never of their contents."""

    notified = models.TextField(
        _("notify these addresses"),
        blank=True,
        validators=[validate_addresses],
        help_text=_(
            "One e-mail address per line. They receive the reference number and a "
            "link, never an answer."
        ),
    )

    is_daily = models.BooleanField(
        _("once a day"),
        default=False,
        db_default=False,
        help_text=_(
            "They then receive one e-mail a day, with how many applications wait, and "
            "none for each."
        ),
    )
    digest_hour = models.PositiveSmallIntegerField(
        _("at this hour"),
        default=MORNING,
        db_default=MORNING,
        validators=[LAST_HOUR],
        help_text=_("From 0 to 23."),
    )

    received_text = models.TextField(
        _("when it has arrived"),
        blank=True,
        default="",
        db_default="",
        help_text=_("What applicants read on their status page, and what comes next."),
    )
    read_text = models.TextField(
        _("while it is read"), blank=True, default="", db_default=""
    )
    closed_text = models.TextField(
        _("when it is closed"), blank=True, default="", db_default=""
    )
    answer_within = models.PositiveSmallIntegerField(
        _("days until you answer"),
        null=True,
        blank=True,
        help_text=_(
            "From the day it arrives. The status page names the date. Left empty, it "
            "promises none."
        ),
    )

    panels = [
        MultiFieldPanel(
            [
                FieldPanel("notified"),
                FieldPanel("is_daily"),
                FieldPanel("digest_hour"),
            ],
            heading=_("Notifications"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("received_text"),
                FieldPanel("read_text"),
                FieldPanel("closed_text"),
                FieldPanel("answer_within"),
            ],
            heading=_("The status page"),
        ),
    ]

    class Meta:
        verbose_name = _("applications")
        verbose_name_plural = _("applications")

    @property
    def addresses(self) -> list[str]:
        return [line.strip() for line in self.notified.split("\n") if line.strip()]
