"""One entry of a story's timeline."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.html import strip_tags
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from core.blocks.choosers import PageBlock, PictureBlock, SnippetBlock
from core.blocks.prose import INLINE, PROSE, ProseBlock
from testimonials.chronology import in_order


class TimelineEntryBlock(blocks.StructBlock):
    """What happened at one moment, counted from the treatment or dated."""

    number = blocks.IntegerBlock(
        required=False,
        min_value=0,
        max_value=999,
        help_text="How many days, weeks, months or years. 0 is the day of treatment.",
    )
    unit = blocks.ChoiceBlock(
        choices=[(unit, unit) for unit in ("days", "weeks", "months", "years")],
        default="weeks",
    )
    phase = blocks.ChoiceBlock(
        choices=[("before", "before treatment"), ("after", "after treatment")],
        default="after",
    )
    date = blocks.DateBlock(
        required=False, help_text="Instead of a number: the calendar date."
    )
    heading = blocks.CharBlock(required=False, max_length=120)
    text = ProseBlock(features=PROSE, required=False)
    own_words = ProseBlock(
        features=INLINE,
        required=False,
        help_text="What the patient said, word for word.",
    )
    remark = ProseBlock(
        features=INLINE, required=False, help_text="What a clinician says about it."
    )
    remark_by = PageBlock(
        page_type="people.PersonPage", required=False, label="Who remarks"
    )
    image = PictureBlock(required=False)
    image_caption = ProseBlock(features=INLINE, required=False)
    video: Any = SnippetBlock("core.Video", required=False)
    video_caption = ProseBlock(features=INLINE, required=False)

    class Meta:
        icon = "history"
        label = "Moment"
        label_format = "{number} {unit} {phase} {date} {heading}"
        description = "What happened at one moment of the story"
        template = "testimonials/blocks/timeline_entry.html"
        preview_value = {
            "number": 2,
            "unit": "weeks",
            "phase": "after",
            "heading": "The first stairs",
            "text": "<p>Up to the second floor, with one rest.</p>",
            "own_words": "<p>I counted the steps: there are thirty-four.</p>",
        }

    def get_context(
        self, value: Any, parent_context: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context)
        context["moments"] = in_order([value], None)
        return context

    def clean(self, value: Any) -> Any:
        """Ask for one time: a number or a date.

        Raises:
            StructBlockValidationError: There is neither, or both, or a remark is
                nobody's.
        """
        value = super().clean(value)
        errors = {}
        has_number, has_date = value["number"] is not None, value["date"] is not None
        if has_number and has_date:
            errors["date"] = ValidationError(
                "Enter a number or a date, not both: clear one of them."
            )
        if not (has_number or has_date or self.is_deferred_validation):
            errors["number"] = ValidationError(
                "Say when it happened: type a number, such as 2 for 2 weeks, or a date."
            )
        has_remark = value["remark"] and strip_tags(value["remark"].source).strip()
        if has_remark and not value["remark_by"] and not self.is_deferred_validation:
            errors["remark_by"] = ValidationError("Choose whose remark this is.")
        if errors:
            raise StructBlockValidationError(errors)
        return value
