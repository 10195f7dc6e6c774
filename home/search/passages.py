"""What a page says, in passages: where each stands, and whose words it is."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from wagtail.blocks import StructBlock
from wagtail.search.index import SearchField

from core.blocks.correction import CorrectionBlock
from core.blocks.outside_video import OutsideVideoBlock
from core.blocks.text import HeadingBlock
from core.prefetch.walk import Place, stream_fields, walk
from core.text.plain_text import readable_at
from home.search.models import Weight
from testimonials.blocks import StoryBlock
from testimonials.models.pages import TestimonialPage
from testimonials.quoting.block import PatientQuoteBlock

_WEIGHTS = {"title": Weight.TITLE, "seo_title": Weight.TITLE_TAG}
# Parts of blocks that are printed as headings.
_HEADINGS = frozenset({"heading", "question"})


class Passage(NamedTuple):
    """A text of a page. ``story`` is the primary key of the story it is from."""

    text: str
    weight: Weight
    story: int | None = None


def searched_fields(page: Any) -> list[str]:
    """Return the names of the fields in which ``page`` is found, the title first."""
    found = [f.field_name for f in page.search_fields if isinstance(f, SearchField)]
    return list(dict.fromkeys(["title", "seo_title", "slug", *found]))


def passages(page: Any) -> Iterator[Passage]:
    """Yield what ``page`` says in its searched fields, title and summary first."""
    own = page.pk if isinstance(page, TestimonialPage) else None
    streams = {field.name for field in stream_fields(page)}
    fields = searched_fields(page)
    for name in fields:
        if name not in streams:
            weight = _WEIGHTS.get(name, Weight.SUMMARY)
            yield Passage(getattr(page, name) or "", weight, own)
    yield from _in_streams(page, streams & set(fields), own)


def _in_streams(page: Any, streams: set[str], own: int | None) -> Iterator[Passage]:
    to_come = page.positions_to_come if own else ()
    inside: dict[int, Place] = {}  # by id of a part of a block: the block's place
    for place in walk(page):
        if place.field not in streams:
            continue
        if isinstance(place.block, StructBlock):
            inside |= {id(part): place for part in place.block.child_blocks.values()}
        if place.field == "timeline" and place.position in to_come:
            continue
        holder = inside.get(id(place.block))
        if holder and _may_go_first(holder, own):
            continue  # it would outlive the consent
        story = own
        if holder and isinstance(holder.block, StoryBlock):
            chosen = holder.value.get("story")
            if chosen is None:
                continue
            story = chosen.pk
        is_heading = place.name in _HEADINGS or (
            holder is not None and isinstance(holder.block, HeadingBlock)
        )
        weight = Weight.HEADING if is_heading else Weight.BODY
        for text in readable_at(place):
            yield Passage(text, weight, story)


def _may_go_first(place: Place, story: int | None) -> bool:
    """Return whether what a block says may be withheld before its page is."""
    if isinstance(place.block, CorrectionBlock):
        # That of a story may name whom it is about, and stays as it is.
        return story is not None
    if isinstance(place.block, OutsideVideoBlock):
        return bool(place.value.get("people"))
    return isinstance(place.block, PatientQuoteBlock)
