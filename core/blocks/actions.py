"""Blocks that lead to other pages."""

from typing import Any

from wagtail import blocks

from core import examples
from core.blocks import groups
from core.blocks.choosers import PageBlock
from core.blocks.prose import PLAIN, ProseBlock


class CallToActionBlock(blocks.StructBlock):
    """One sentence and one button."""

    heading = blocks.CharBlock(max_length=120)
    text = ProseBlock(features=PLAIN, required=False)
    label = blocks.CharBlock(max_length=60, help_text="What the button says.")
    page = PageBlock(help_text="Where the button leads.")

    class Meta:
        icon = "pick"
        label = "Call to action"
        group = groups.ACTIONS
        template = "core/blocks/call_to_action.html"
        label_format = "{heading}"
        description = "A sentence and a button that leads to a page"
        preview_value = {
            "heading": "Could this be for you?",
            "text": "<p>Our physicians read every application themselves.</p>",
            "label": "Find out if you are eligible",
            "page": None,
        }

    def get_preview_value(self) -> Any:
        page = examples.page("Apply")
        return self.normalize({**super().get_preview_value(), "page": page})


class PageCardsBlock(blocks.StructBlock):
    """Pages to go on to, each with its summary."""

    heading = blocks.CharBlock(max_length=120, required=False)
    pages = blocks.ListBlock(PageBlock(), min_num=1)

    class Meta:
        icon = "doc-full"
        label = "Cards of pages"
        group = groups.LISTS
        template = "core/blocks/page_cards.html"
        label_format = "{heading}"
        description = "Chosen pages with their summaries"
        preview_value = {"heading": "Read on", "pages": []}

    def get_context(
        self, value: Any, parent_context: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context)
        context["pages"] = [
            page
            for page in value["pages"]
            if page and page.live and not getattr(page, "is_restricted", False)
        ]
        return context

    def get_preview_value(self) -> Any:
        pages = [
            examples.page("What it costs", "Every step with its price."),
            examples.page("How we treat", "From the first call to the last visit."),
        ]
        return self.normalize({**super().get_preview_value(), "pages": pages})
