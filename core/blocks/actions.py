"""Blocks that lead to other pages."""

from typing import Any
from urllib.parse import urlsplit

from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from core import previews
from core.blocks import groups
from core.blocks.choosers import PageBlock
from core.blocks.prose import PLAIN, ProseBlock


class CallToActionValue(blocks.StructValue):
    """What a call to action holds."""

    @property
    def host(self) -> str:
        """The site that a button to an outside address leads to."""
        name = urlsplit(self.get("address") or "").hostname or ""
        return name.removeprefix("www.")


class CallToActionBlock(blocks.StructBlock):
    """One sentence and one button."""

    heading = blocks.CharBlock(max_length=120, label=_("Heading"))
    text = ProseBlock(features=PLAIN, required=False, label=_("Text"))
    label = blocks.CharBlock(
        max_length=60, help_text=_("What the button says."), label=_("Label")
    )
    page = PageBlock(
        required=False, help_text=_("Where the button leads."), label=_("Page")
    )
    address = blocks.URLBlock(
        required=False,
        validators=[
            URLValidator(
                schemes=["https"],
                message=_("Type an address that begins with https://."),
            )
        ],
        help_text=_(
            "Instead of a page: an address outside this site. The button says which "
            "site it leads to."
        ),
        label=_("Address"),
    )

    class Meta:
        icon = "pick"
        value_class = CallToActionValue
        label = _("Call to action")
        group = groups.ACTIONS
        template = "core/blocks/call_to_action.html"
        label_format = "{heading}"
        description = _("A sentence and a button that leads to a page")
        preview_value = {
            "heading": "Could this be for you?",
            "text": "<p>Our physicians read every application themselves.</p>",
            "label": "Find out if you are eligible",
            "page": None,
            "address": "",
        }

    def get_preview_value(self) -> Any:
        page = previews.page("Apply")
        return self.normalize({**super().get_preview_value(), "page": page})


class PageCardsBlock(blocks.StructBlock):
    """Pages to go on to, each with its summary."""

    heading = blocks.CharBlock(max_length=120, required=False, label=_("Heading"))
    pages = blocks.ListBlock(PageBlock(), min_num=1, label=_("Pages"))

    class Meta:
        icon = "doc-full"
        label = _("Cards of pages")
        group = groups.LISTS
        template = "core/blocks/page_cards.html"
        label_format = "{heading}"
        description = _("Chosen pages with their summaries")
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
            previews.page("What it costs", "Every step with its price."),
            previews.page("How we treat", "From the first call to the last visit."),
        ]
        return self.normalize({**super().get_preview_value(), "pages": pages})
