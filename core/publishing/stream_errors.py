"""Names the entry and the field of an error of a stream, and makes such errors."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail import blocks
from wagtail.images.blocks import ImageBlock

from core.publishing.gate import Problem

# Labels from the block inwards, and what is wrong there.
Named = tuple[tuple[str, ...], str]


def named(block: Any, value: Any, error: Any) -> Iterator[Named]:
    """Yield each message of ``error``, raised by cleaning ``value``, with its path."""
    own = getattr(error, "non_block_errors", None)
    yield from (((), str(each)) for each in (error.messages if own is None else own))
    for part, label, inner, wrong in _parts(block, value, error):
        for path, message in named(inner, part, wrong):
            yield (label, *path), message


def _parts(block: Any, value: Any, error: Any) -> Iterator[tuple[Any, str, Any, Any]]:
    """Yield the invalid parts of ``value``: value, label, block and error."""
    for row, cells in (getattr(error, "cell_errors", None) or {}).items():
        for column, wrong in cells.items():
            numbers = {"row": row + 1, "column": column + 1}
            label = _("row %(row)d, column %(column)d") % numbers
            cell = value.row_data[row]["values"][column]
            yield cell, label, value.columns[column]["block"], wrong
    for key, wrong in getattr(error, "block_errors", {}).items():
        if isinstance(block, blocks.ListBlock):
            label = _("no. %(number)d") % {"number": key + 1}
            yield value[key], label, block.child_block, wrong
        elif isinstance(block, blocks.StreamBlock):
            yield value[key].value, str(value[key].block.label), value[key].block, wrong
        # The words of a picture have a rule of their own (rules.pictures).
        elif not (isinstance(block, ImageBlock) and key == "alt_text"):
            inner = block.child_blocks[key]
            yield getattr(value, "get", {}.get)(key), str(inner.label), inner, wrong


def errors_by_block(problems: list[Problem]) -> dict[str, dict[int, ValidationError]]:
    """Return the problems of blocks as errors, by field and block position."""
    sentences: dict[str, dict[int, list[str]]] = {}
    for problem in problems:
        if problem.position is not None:
            of_field = sentences.setdefault(problem.field, {})
            of_field.setdefault(problem.position, []).append(problem.sentence)
    return {
        field: {index: ValidationError(texts) for index, texts in places.items()}
        for field, places in sentences.items()
    }
