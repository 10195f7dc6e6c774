"""What stands between questions: steps, headings and texts."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from applications.composing.condition_blocks import ConditionBlock
from core.blocks.prose import PLAIN, ProseBlock

# Group of the picker.
ORDER = _("Order of the form")


class SectionBlock(blocks.StructBlock):
    """A heading between questions."""

    title = blocks.CharBlock(max_length=120, label=_("Title"))
    introduction = ProseBlock(features=PLAIN, required=False, label=_("Introduction"))

    class Meta:
        icon = "list-ul"
        label = _("Section")
        group = ORDER
        template = "applications/blocks/section.html"
        label_format = "{title}"
        description = _("A heading within a step")
        preview_value = {
            "title": "Your health",
            "introduction": "<p>Answer as exactly as you can.</p>",
        }


class StepBlock(SectionBlock):
    """The beginning of a step, which has a page of its own."""

    title = blocks.CharBlock(
        max_length=120, help_text=_("One thought."), label=_("Title")
    )
    condition = ConditionBlock()

    class Meta:
        icon = "arrow-right"
        label = _("Step")
        description = _("Begins a step, which applicants see on a page of its own")


class TextBlock(blocks.StructBlock):
    """Explanatory text between questions."""

    text = ProseBlock(features=[*PLAIN, "ol", "ul"], label=_("Text"))
    condition = ConditionBlock()

    class Meta:
        icon = "info-circle"
        label = _("Explanatory text")
        group = ORDER
        template = "applications/blocks/text.html"
        label_format = "{text}"
        description = _("An explanation between questions, which asks nothing")
        preview_value = {
            "text": "<p>Have the names and doses of your medicines to hand.</p>"
        }
