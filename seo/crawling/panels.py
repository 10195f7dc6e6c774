"""The panels of the promote tab about crawlers."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, Panel

from seo.crawling import rules
from seo.crawling.asking import answer
from seo.crawling.sentences import sentences


class CrawlerPanel(Panel):
    """Says in sentences what crawlers see of the page as it is published."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "seo/crawling/panel.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            seen = answer(self.instance) if self.instance.pk else None
            if seen:
                context["sentences"] = list(sentences(seen))
                context["contradictions"] = seen.contradictions
            return context


CRAWLING_PANELS: list[Panel] = [
    MultiFieldPanel(
        [FieldPanel("canonical_page"), FieldPanel("canonical_url")],
        heading=_("Canonical address"),
        classname="collapsed",
    ),
    MultiFieldPanel(
        [*(FieldPanel(name) for name in rules.FIELDS)],
        heading=_("Search engines"),
        classname="collapsed",
    ),
    CrawlerPanel(heading=_("What crawlers see")),
]
