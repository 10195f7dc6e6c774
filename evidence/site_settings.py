"""How lists of references are set, chosen for each site under Settings."""

from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

from evidence.vocabulary import Style


@register_setting(icon="list-ol")
class ReferenceListSettings(BaseSiteSetting):
    """The style of a site's lists of references."""

    style = models.CharField(
        max_length=10,
        choices=Style,
        default=Style.AMA,
        help_text="How sources are written in the list beneath a text.",
    )

    panels = [FieldPanel("style")]

    class Meta:
        verbose_name = "references"
