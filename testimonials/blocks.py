"""Blocks that show patients' stories, and nothing of a story that may not be shown."""

from types import SimpleNamespace
from typing import Any

from wagtail import blocks

from core.blocks import groups
from core.blocks.choosers import PageBlock
from core.blocks.prose import INLINE, PROSE, ProseBlock
from testimonials.chronology import in_order
from testimonials.models.subject import ANONYMOUS
from testimonials.showing import showable

STORY = "testimonials.TestimonialPage"

# What the picker shows where no story exists yet.
_SAMPLE = SimpleNamespace(
    printed_name=ANONYMOUS,
    printed_portrait=None,
    printed_condition="Multiple sclerosis",
    subject=SimpleNamespace(printed_disclosure=""),
    standfirst="The first year, month by month.",
    title="A year of stairs",
    url="#",
    ongoing=True,
    last_entry_on=None,
    moments=in_order(
        [
            {"number": 2, "unit": "days", "phase": "before", "heading": "The journey"},
            {
                "number": 2,
                "unit": "weeks",
                "phase": "after",
                "heading": "The first stairs",
            },
        ],
        None,
    ),
)


class PreviewedStoryBlock(blocks.StructBlock):
    """A block whose preview in the picker shows an invented story."""

    def get_preview_context(
        self, value: Any, parent_context: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        context: dict[str, Any] = super().get_preview_context(value, parent_context)
        return {**context, "sample_story": _SAMPLE}


class StoryBlock(PreviewedStoryBlock):
    """A block that shows one story, if it may."""

    story = PageBlock(page_type=STORY)

    def get_context(
        self, value: Any, parent_context: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context)
        sample = (parent_context or {}).get("sample_story")
        context["story"] = showable(value.get("story")) or sample
        return context


class TestimonialBlock(StoryBlock):
    """One story in short, with a link to it."""

    __test__ = False  # pytest takes a class with such a name for tests

    text = ProseBlock(
        features=PROSE,
        required=False,
        help_text=(
            "What the patient says, in their words and without their name. Leave it "
            "blank to print the story's standfirst."
        ),
    )

    class Meta:
        icon = "user"
        group = groups.STORIES
        template = "testimonials/blocks/testimonial.html"
        description = "A patient's story in short, with portrait and link"
        preview_value = {
            "story": None,
            "text": "<p>I walk to the shop again, and carry the bags home.</p>",
        }


class TestimonialQuoteBlock(StoryBlock):
    """A sentence of a patient, set large."""

    __test__ = False

    text = ProseBlock(features=INLINE, help_text="The patient's words.")

    class Meta:
        icon = "openquote"
        label = "Patient's quotation"
        group = groups.STORIES
        template = "testimonials/blocks/testimonial_quote.html"
        description = "A patient's own words, set large, with a link to the story"
        preview_value = {
            "story": None,
            "text": "<p>She asked what I wanted to be able to do again.</p>",
        }


class TestimonialCarouselBlock(PreviewedStoryBlock):
    """Several stories in a row: a list that scrolls without JavaScript."""

    __test__ = False

    heading = blocks.CharBlock(max_length=120)
    stories = blocks.ListBlock(PageBlock(page_type=STORY), min_num=1)

    class Meta:
        icon = "group"
        label = "Row of stories"
        group = groups.STORIES
        template = "testimonials/blocks/testimonial_carousel.html"
        label_format = "{heading}"
        description = "Several patients' stories in a row"
        preview_value = {"heading": "What patients tell", "stories": []}

    def get_context(
        self, value: Any, parent_context: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context)
        stories = [showable(story) for story in value.get("stories") or ()]
        sample = (parent_context or {}).get("sample_story")
        context["stories"] = [story for story in [*stories, sample] if story]
        return context


class TestimonialTimelineBlock(StoryBlock):
    """A story's timeline, as it is now."""

    __test__ = False

    class Meta:
        icon = "history"
        label = "Story's timeline"
        group = groups.STORIES
        template = "testimonials/blocks/testimonial_timeline.html"
        description = "The timeline of a patient's story, kept up to date by itself"
        preview_value = {"story": None}
