"""The record of patterns."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

from seo.metadata.panels import PatternsPanel
from seo.metadata.patterns import DESCRIPTION, TITLE
from seo.metadata.patterns_form import PatternsForm


@register_setting(icon="wagtailseo-line-chart", order=900)
class MetadataPatterns(BaseSiteSetting):
    """How titles and descriptions of a site's pages are made, by page type.

    ``patterns`` is ``{"articles.articlepage": {"title": "{title} | {site}"}}``: what is
    not in it is as it comes.
    """

    patterns = models.JSONField(_("patterns"), default=dict, blank=True)

    base_form_class = PatternsForm
    panels = [PatternsPanel()]

    class Meta:
        verbose_name = _("titles and descriptions")
        verbose_name_plural = _("titles and descriptions")

    def title(self, page_type: Any) -> str:
        """Return the pattern of titles of a page type."""
        return self._of(page_type, "title") or TITLE

    def description(self, page_type: Any) -> str:
        """Return the pattern of descriptions of a page type."""
        return self._of(page_type, "description") or DESCRIPTION

    def _of(self, page_type: Any, kind: str) -> str:
        known: dict[str, str] = self.patterns.get(page_type._meta.label_lower, {})
        return known.get(kind, "")
