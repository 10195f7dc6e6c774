"""The setting for the style of reference lists."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

from evidence.vocabulary import Style


@register_setting(icon="list-ol")
class ReferenceListSettings(BaseSiteSetting):
    """The style of a site's lists of references."""

    style = models.CharField(
        _("style"),
        max_length=10,
        choices=Style,
        default=Style.AMA,
        help_text=_("How sources are written in the list beneath a text."),
    )

    panels = [FieldPanel("style")]

    class Meta:
        verbose_name = _("references")
        verbose_name_plural = _("references")
