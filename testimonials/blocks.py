"""Blocks that show patients' stories, as far as consents allow."""

from types import SimpleNamespace
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from core.blocks import groups
from core.blocks.choosers import PageBlock
from core.blocks.prose import INLINE, PROSE, ProseBlock
from testimonials.chronology import in_order
from testimonials.models.pages import TestimonialPage
from testimonials.models.subject import ANONYMOUS

STORY = "testimonials.TestimonialPage"

# What the picker shows where no story exists yet.
_SAMPLE = SimpleNamespace(
    printed_name=ANONYMOUS,
    printed_portrait=None,
    printed_condition="Multiple sclerosis",
    subject=SimpleNamespace(printed_disclosure=""),
    standfirst="The first year, month by month.",
    quote="",
    title="A year of stairs",
    url="#",
    ongoing=True,
    last_entry_on=None,
    typical=None,
    told_moments=in_order(
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

    class Meta:
        tells_typical = True  # where the story says what that is

    def get_preview_context(
        self, value: Any, parent_context: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        context: dict[str, Any] = super().get_preview_context(value, parent_context)
        return {**context, "sample_story": _SAMPLE}


class StoryBlock(PreviewedStoryBlock):
    """A block that shows one story, if a consent covers it."""

    story = PageBlock(page_type=STORY, label=_("Story"))

    def get_context(
        self, value: Any, parent_context: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context)
        sample = (parent_context or {}).get("sample_story")
        shown = TestimonialPage.objects.as_shown(value.get("story"))
        context["story"] = shown or sample
        return context


class TestimonialBlock(StoryBlock):
    """One story in short, with a link to it."""

    __test__ = False  # pytest takes a class with such a name for tests

    text = ProseBlock(
        features=PROSE,
        required=False,
        help_text=_(
            "What the patient says, in their words and without their name. Leave it "
            "blank to print the story's short quotation or, without one, its "
            "standfirst."
        ),
        label=_("Text"),
    )

    class Meta:
        icon = "user"
        label = _("Testimonial")
        group = groups.STORIES
        template = "testimonials/blocks/testimonial.html"
        description = _("A patient's story in short, with portrait and link")
        preview_value = {
            "story": None,
            "text": "<p>I walk to the shop again, and carry the bags home.</p>",
        }


class TestimonialQuoteBlock(StoryBlock):
    """A patient's sentence in large type."""

    __test__ = False

    text = ProseBlock(
        features=INLINE, help_text=_("The patient's words."), label=_("Text")
    )

    class Meta:
        icon = "openquote"
        label = _("Patient's quotation")
        group = groups.STORIES
        template = "testimonials/blocks/testimonial_quote.html"
        description = _("A patient's own words, set large, with a link to the story")
        preview_value = {
            "story": None,
            "text": "<p>She asked what I wanted to be able to do again.</p>",
        }


class TestimonialCarouselBlock(PreviewedStoryBlock):
    """Several stories in a row: a list that scrolls without JavaScript."""

    __test__ = False

    heading = blocks.CharBlock(max_length=120, label=_("Heading"))
    stories = blocks.ListBlock(
        PageBlock(page_type=STORY), min_num=1, label=_("Stories")
    )

    class Meta:
        icon = "group"
        label = _("Row of stories")
        group = groups.STORIES
        template = "testimonials/blocks/testimonial_carousel.html"
        label_format = "{heading}"
        description = _("Several patients' stories in a row")
        preview_value = {"heading": "What patients tell", "stories": []}

    def get_context(
        self, value: Any, parent_context: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context)
        as_shown = TestimonialPage.objects.as_shown
        stories = [as_shown(story) for story in value.get("stories") or ()]
        sample = (parent_context or {}).get("sample_story")
        context["stories"] = [story for story in [*stories, sample] if story]
        return context


class TestimonialTimelineBlock(StoryBlock):
    """A story's current timeline."""

    __test__ = False

    class Meta:
        icon = "history"
        label = _("Story's timeline")
        group = groups.STORIES
        template = "testimonials/blocks/testimonial_timeline.html"
        description = _("The timeline of a patient's story, kept up to date by itself")
        preview_value = {"story": None}
