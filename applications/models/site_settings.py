"""Settings: who is notified of new applications."""

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting


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

    panels = [FieldPanel("notified")]

    class Meta:
        verbose_name = _("applications")
        verbose_name_plural = _("applications")

    @property
    def addresses(self) -> list[str]:
        return [line.strip() for line in self.notified.split("\n") if line.strip()]
