"""Publishing rule for a result that is told without the typical one and its source."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.prefetch.walk import Place, walk
from core.publishing.gate import Level, Problem, register
from core.publishing.rules import problem_at
from evidence.claim_block import ClaimBlock, shows_something
from evidence.rules.adjustable import Adjustable
from evidence.rules.outcome_alone import beside, typical_places
from evidence.rules.outcomes import tells_result_in_story
from evidence.rules.sentences import sentences
from testimonials.blocks import StoryBlock, TestimonialCarouselBlock
from testimonials.counting import count_of
from testimonials.models.pages import TestimonialPage
from testimonials.quoting.block import PatientQuoteBlock


@register
class UntypicalResult(Adjustable):
    """Refuses a result in a story without the typical one, and the work that says so.

    16 CFR 465 and the FTC's guidance on health claims of 2022 want both together.
    """

    code = "untypical-result"
    title = _("Result in a story without the typical one")
    level: Level = "block"
    setting = "untypical_result"

    def problems(self, page: Any) -> Iterator[Problem]:
        if isinstance(page, TestimonialPage):
            yield from self._of_story(page)
        yield from self._of_blocks(page)

    def _of_story(self, page: TestimonialPage) -> Iterator[Problem]:
        yield from self._of_lists(page)
        told = result_of(page)
        if told and not has_typical(page):
            sentence = gettext(
                "The story tells of a result (“{words}”). Say here what happens to "
                "most people, and choose the work that says so."
            ).format(words=told)
            yield Problem(self.code, self.level, sentence, "typical", about=told)

    def _of_lists(self, page: TestimonialPage) -> Iterator[Problem]:
        """Refuse a result where it is printed alone, whatever the story says below."""
        told = {
            each.spot: each.text
            for each in reversed(sentences(page))
            if each.spot in _ALONE and tells_result_in_story(each.text)
        }
        for name in _ALONE:
            if name in told:
                sentence = gettext(
                    "Lists of stories and search results print this without what is "
                    "typical, so it may tell of no result (“{words}”). Say what the "
                    "story is about."
                ).format(words=told[name])
                yield Problem(self.code, self.level, sentence, name, about=told[name])

    def _of_blocks(self, page: Any) -> Iterator[Problem]:
        shown = [place for place in walk(page) if isinstance(place.block, _SHOWING)]
        said = set(typical_places(page)) if shown else set()
        for place in shown:
            if not said.isdisjoint(beside(place)):
                continue
            told = _told_at(place, page)
            if told:
                sentence = gettext(
                    "A result is told here (“{words}”) without the typical one. Type "
                    "that into the story, under Typical result, or put a claim with "
                    "its work after this block."
                ).format(words=told)
                yield problem_at(place, self, sentence, about=told)


# What cards, search results and link previews print of a story.
_ALONE = (
    "title",
    "seo_title",
    "search_description",
    "social_title",
    "social_text",
    "standfirst",
)
_SHOWING = StoryBlock | TestimonialCarouselBlock | PatientQuoteBlock


def result_of(story: TestimonialPage) -> str:
    """Return the words by which a story tells of a result, "" for none.

    A count after treatment is one, where readers see it and another to compare it with.
    """
    for each in sentences(story):
        is_typical = isinstance(each.spot, Place) and each.spot.field == "typical"
        if not is_typical and tells_result_in_story(each.text):
            return each.text
    counts = [moment for moment in story.moments if count_of(moment) is not None]
    is_compared = len(counts) > 1 and any(each.side != "before" for each in counts)
    return story.counted if is_compared else ""


def has_typical(story: TestimonialPage) -> bool:
    """Return whether the story says what is typical, and a work that found it."""
    return any(
        isinstance(child.block, ClaimBlock) and shows_something(child.value)
        for child in story.typical or ()
    )


def _told_at(place: Place, page: Any) -> str:
    """Return the words by which a block tells of a result, "" for none.

    What a story tells, its own page was asked about. It counts here where the block
    shows it without what is typical.
    """
    stories = [place.value.get("story"), *(place.value.get("stories") or ())]
    known = [story for story in stories if isinstance(story, TestimonialPage)]
    bare = [story for story in known if not has_typical(story)]
    if known and not bare:
        return ""
    for each in sentences(page):
        is_here = each.block == (place.field, place.position)
        if is_here and tells_result_in_story(each.text):
            return each.text
    return next(filter(None, map(result_of, bare)), "")
