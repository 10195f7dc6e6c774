"""Who hears that an application has arrived."""

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting


def validate_addresses(text: str) -> None:
    """Refuse what is not one e-mail address a line."""
    for line in text.split("\n"):
        if address := line.strip():
            try:
                validate_email(address)
            except ValidationError:
                raise ValidationError(f"“{address}” is no e-mail address.") from None


@register_setting(icon="mail")
class ApplicationSettings(BaseSiteSetting):
    """Who is told that an application has arrived, and never what it says."""

    notified = models.TextField(
        "tell these addresses",
        blank=True,
        validators=[validate_addresses],
        help_text=(
            "One e-mail address a line. They are sent the reference number and a link, "
            "never an answer."
        ),
    )

    panels = [FieldPanel("notified")]

    class Meta:
        verbose_name = "applications"

    @property
    def addresses(self) -> list[str]:
        return [line.strip() for line in self.notified.split("\n") if line.strip()]
