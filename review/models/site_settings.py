"""What can be set about reviews, for all sites: profiles and checks are of all."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting


@register_setting(icon="tick-inverse")
class CredentialCheckSettings(BaseGenericSetting):
    """How long a check of a clinical credential counts."""

    months = models.PositiveSmallIntegerField(
        _("months until a check is due again"),
        default=12,
        validators=[MinValueValidator(1), MaxValueValidator(120)],
        help_text=_(
            "A check that is older takes no review back, and stops no new one. It is "
            "listed under What is due, and suggested beside the profile's form."
        ),
    )

    panels = [FieldPanel("months")]

    class Meta:
        verbose_name = _("checks of credentials")
        verbose_name_plural = _("checks of credentials")


def check_months() -> int:
    """Return for how many months a check counts."""
    chosen = CredentialCheckSettings.objects.first() or CredentialCheckSettings()
    return chosen.months
