"""The stream that articles are written in."""

from evidence.blocks import SourcedBodyBlock
from newsletter.blocks import SignUpBlock
from testimonials.blocks import (
    TestimonialBlock,
    TestimonialCarouselBlock,
    TestimonialQuoteBlock,
    TestimonialTimelineBlock,
)
from testimonials.quoting.block import PatientQuoteBlock
from testimonials.stories.block import StoryCollectionBlock


class ArticleBodyBlock(SourcedBodyBlock):
    """The blocks of an article: sourced text, patients' stories, the newsletter."""

    testimonial = TestimonialBlock()
    testimonial_quote = TestimonialQuoteBlock()
    patient_quote = PatientQuoteBlock()
    testimonial_carousel = TestimonialCarouselBlock()
    testimonial_timeline = TestimonialTimelineBlock()
    story_collection = StoryCollectionBlock()
    sign_up = SignUpBlock()
