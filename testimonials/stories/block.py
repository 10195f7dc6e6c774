"""The block that says how stories are collected."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from core.blocks import groups
from core.blocks.prose import PROSE, ProseBlock
from testimonials.stories.collecting import collected


class StoryCollectionBlock(blocks.StructBlock):
    """How stories are collected: numbers, relations and wordings from the register."""

    heading = blocks.CharBlock(
        max_length=120, default=_("How we collect stories"), label=_("Heading")
    )
    text = ProseBlock(
        features=PROSE,
        required=False,
        help_text=_("Whom you ask, when, and who decides what is published."),
        label=_("Text"),
    )
    taking_back = ProseBlock(
        features=PROSE,
        required=False,
        help_text=_(
            "Where people reach you who want to take their story back; printed after "
            "what the site says of it by itself."
        ),
        label=_("How to take a story back"),
    )

    class Meta:
        icon = "clipboard-list"
        label = _("How stories are collected")
        group = groups.STORIES
        template = "testimonials/blocks/story_collection.html"
        label_format = "{heading}"
        description = _("Numbers, relations and wordings, from the consent register")
        preview_value = {
            "heading": "How we collect stories",
            "text": "<p>We ask everybody whom we treat, after a year.</p>",
            "taking_back": "",
        }

    def get_context(
        self, value: Any, parent_context: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context)
        context["collected"] = collected()
        return context
