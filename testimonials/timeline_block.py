"""One entry of a story's timeline."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from core.blocks.choices import KeyBlock
from core.blocks.choosers import PageBlock, PictureBlock, SnippetBlock
from core.blocks.prose import INLINE, PROSE, ProseBlock
from testimonials.chronology import in_order


class TimelineEntryBlock(blocks.StructBlock):
    """An event, timed from the treatment or by date."""

    number = blocks.IntegerBlock(
        required=False,
        min_value=0,
        max_value=999,
        help_text=_(
            "How many days, weeks, months or years. 0 is the day of treatment."
        ),
        label=_("Number"),
    )
    unit = KeyBlock(
        choices=[
            ("days", _("days")),
            ("weeks", _("weeks")),
            ("months", _("months")),
            ("years", _("years")),
        ],
        default="weeks",
        label=_("Unit"),
    )
    phase = KeyBlock(
        choices=[("before", _("before treatment")), ("after", _("after treatment"))],
        default="after",
        label=_("Phase"),
    )
    date = blocks.DateBlock(
        required=False,
        help_text=_(
            "The calendar date, in place of a number or beside it. Of a day to come "
            "readers see the entry from that day on."
        ),
        label=_("Date"),
    )
    count = blocks.DecimalBlock(
        required=False,
        min_value=0,
        max_digits=9,
        decimal_places=2,
        help_text=_(
            "A number that the story follows, such as metres walked. What it is, say "
            "once beneath the timeline."
        ),
        label=_("Count"),
    )
    heading = blocks.CharBlock(required=False, max_length=120, label=_("Heading"))
    text = ProseBlock(features=PROSE, required=False, label=_("Text"))
    own_words = ProseBlock(
        features=INLINE,
        required=False,
        help_text=_("What the patient said, word for word."),
        label=_("Own words"),
    )
    remark = ProseBlock(
        features=INLINE,
        required=False,
        help_text=_("What a clinician says about it."),
        label=_("Remark"),
    )
    remark_by = PageBlock(
        page_type="people.PersonPage", required=False, label=_("Who remarks")
    )
    reported_by = KeyBlock(
        required=False,
        choices=[
            ("patient", _("the patient")),
            ("close", _("somebody close to the patient")),
            ("clinician", _("a clinician who saw the patient")),
            ("record", _("the medical record")),
        ],
        help_text=_("From whom this is known."),
        label=_("Reported by"),
    )
    image = PictureBlock(required=False, label=_("Image"))
    image_caption = ProseBlock(
        features=INLINE, required=False, label=_("Image caption")
    )
    video: Any = SnippetBlock("core.Video", required=False, label=_("Video"))
    video_caption = ProseBlock(
        features=INLINE, required=False, label=_("Video caption")
    )

    class Meta:
        icon = "history"
        label = _("Moment")
        label_format = "{number} {unit} {phase} {date} {heading}"
        description = _("What happened at one moment of the story")
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
        """Require a time: a number, a date, or both.

        Raises:
            StructBlockValidationError: There is neither, or a remark is nobody's.
        """
        value = super().clean(value)
        errors = {}
        has_number, has_date = value["number"] is not None, value["date"] is not None
        if not (has_number or has_date or self.is_deferred_validation):
            errors["number"] = ValidationError(
                _(
                    "Say when it happened: type a number, such as 2 for 2 weeks, "
                    "or a date."
                )
            )
        has_remark = value["remark"] and strip_tags(value["remark"].source).strip()
        if has_remark and not value["remark_by"] and not self.is_deferred_validation:
            errors["remark_by"] = ValidationError(_("Choose whose remark this is."))
        if errors:
            raise StructBlockValidationError(errors)
        return value
