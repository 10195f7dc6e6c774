"""Panels of the promote tab and of the patterns."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, Panel
from wagtail.admin.widgets.slug import SlugInput

from seo.metadata.fields import LABELS


class InheritedPanel(FieldPanel):
    """A field with the value it inherits while it has none, and a switch.

    What is posted as ``<field>-source`` is heeded by `seo.metadata.forms`.
    """

    def __init__(self, field_name: str, **kwargs: Any) -> None:
        if field_name in LABELS:
            kwargs.setdefault("heading", LABELS[field_name])
        super().__init__(field_name, **kwargs)

    class BoundPanel(FieldPanel.BoundPanel):
        template_name = "seo/panels/inherited.html"

        class Media:
            css = {"all": ["seo/metadata.css"]}
            js = ["seo/metadata.js"]

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            source = self.form.data.get(f"{self.field_name}-source")
            if source is None:
                source = "own" if self.bound_field.value() else "inherited"
            return context | {"page": self.instance, "source": source}


class SeenPanel(Panel):
    """Has the form post what it shows of metadata: see `seo.metadata.seen`."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "seo/panels/seen.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            return context | {"stamp": self.form.stamp()}


class PatternsPanel(Panel):
    """The patterns of all page types."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "seo/panels/patterns.html"

        class Media:
            css = {"all": ["seo/metadata.css"]}
            js = ["seo/metadata.js"]


def promoting() -> list[Panel]:
    """Return what the promote tab begins with."""
    return [
        MultiFieldPanel(
            [
                SeenPanel(),
                FieldPanel("slug", widget=SlugInput),
                InheritedPanel("seo_title"),
                InheritedPanel(
                    "search_description", heading=LABELS["search_description"]
                ),
                InheritedPanel("breadcrumb_title"),
            ],
            heading=_("Search results"),
        ),
        MultiFieldPanel(
            [
                InheritedPanel("social_title"),
                InheritedPanel("social_text"),
                InheritedPanel("og_image"),
            ],
            heading=_("Social media"),
        ),
    ]
