"""The words of rich text, for indexes and for counting."""

import re
from collections.abc import Iterator
from html import unescape

from wagtail.blocks import ChoiceBlock, ListBlock, StreamBlock, StructBlock
from wagtail.contrib.typed_table_block.blocks import TypedTable
from wagtail.images.blocks import ImageBlock
from wagtail.rich_text import get_text_for_indexing

from core.prefetch.walk import Place

_TAG = re.compile(
    r"</?(?:p|b|i|a|ul|ol|li|br|hr|sup|sub|embed|strong|em|h\d|blockquote)"
    r"""(?:\s[^<>"']*(?:"[^<>"]*"[^<>"']*)*)?/?>"""
)
# What only a parser of HTML understands.
_ODD = re.compile(r"<|&(?!#?\w+;)")
_SPACED = re.compile(r"</(?:p|h\d|li|blockquote)>|<(?:br|hr)\s*/>", re.IGNORECASE)


def text_for_search(source: str) -> str:
    """Return what Wagtail indexes of stored rich text, ten times as fast.

    Wagtail parses the markup to take it out. Where the tags that editors write are all
    there is, it need not be parsed.
    """
    text = _TAG.sub("", _SPACED.sub(r"\g<0> ", source))
    if _ODD.search(text):
        return get_text_for_indexing(source)
    return unescape(text.strip())


def searchable_at(place: Place) -> Iterator[str]:
    """Yield the words that Wagtail indexes there, without those of nested blocks."""
    block, value = place.block, place.value
    if isinstance(block, ChoiceBlock):
        return  # a name of ours: nothing that the author wrote
    if isinstance(value, TypedTable):
        yield value.caption or ""
        yield from (column["heading"] or "" for column in value.columns)
    elif isinstance(block, ImageBlock) or not isinstance(
        block, StructBlock | ListBlock | StreamBlock
    ):
        yield from block.get_searchable_content(value)
