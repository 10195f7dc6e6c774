"""The plain text of a page."""

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

from django.db import models
from django.utils.html import strip_tags
from modelcluster.models import get_all_child_relations
from modelcluster.queryset import FakeQuerySet
from wagtail.blocks import ChoiceBlock, RegexBlock, URLBlock
from wagtail.contrib.typed_table_block.blocks import TypedTable
from wagtail.fields import RichTextField
from wagtail.images.models import AbstractImage
from wagtail.models import Orderable
from wagtail.rich_text import RichText

from core.prefetch.walk import Place

_NOT_WORDS = (models.SlugField, models.URLField, models.EmailField)
_KEYS = (ChoiceBlock, RegexBlock, URLBlock)
# Read by colleagues alone.
_UNPUBLISHED = frozenset({"override_reason"})
_END_OF_LINE = re.compile(r"</(?:p|li|h\d|blockquote)>|<br\s*/?>", re.IGNORECASE)


def plain(source: str) -> str:
    """Return stored rich text without markup, one paragraph a line."""
    return unescape(strip_tags(_END_OF_LINE.sub("\n", source)))


def words_at(place: Place) -> Iterator[str]:
    """Yield the text typed at ``place``, without that of nested blocks."""
    value = place.value
    if isinstance(value, str):
        yield value
    elif isinstance(value, RichText):
        yield plain(value.source)
    elif isinstance(value, AbstractImage):
        yield getattr(value, "contextual_alt_text", None) or ""
    elif isinstance(value, TypedTable):
        yield value.caption or ""
        yield from (column["heading"] for column in value.columns)


def readable_at(place: Place) -> Iterator[str]:
    """Yield the text typed at ``place`` that is more than a key or an address."""
    if not isinstance(place.block, _KEYS):
        yield from words_at(place)


def words_of_fields(page: Any) -> Iterator[tuple[str, str]]:
    """Yield (field, text) for the text fields outside the streams of ``page``.

    What stands in child rows is given with the name of their relation, where a form or
    a draft brings them: stored rows have been asked about, and cost a query.
    """
    for name in _text_fields(type(page)):
        yield name, _words(page, name)
    for relation in get_all_child_relations(type(page)):
        model = relation.related_model
        accessor = relation.get_accessor_name()
        rows = getattr(page, accessor).get_queryset()
        if issubclass(model, Orderable) and isinstance(rows, FakeQuerySet):
            for row in rows:
                yield from ((accessor, _words(row, n)) for n in _text_fields(model))


def _text_fields(model: Any) -> list[str]:
    return [
        field.name
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField)
        and not isinstance(field, _NOT_WORDS)
        and field.editable
        and not field.choices
        and field.name not in _UNPUBLISHED
    ]


def _words(instance: Any, name: str) -> str:
    text = getattr(instance, name) or ""
    is_rich = isinstance(instance._meta.get_field(name), RichTextField)
    return plain(text) if is_rich else text
