"""Every block of a page, in reading order."""

from collections.abc import Collection, Iterator
from typing import Any, NamedTuple

from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTable
from wagtail.fields import StreamField


class Place(NamedTuple):
    """A block's value and its position on the page.

    ``block_id`` and ``position`` name the outermost block of the stream that holds it,
    which is where an editor looks for it. ``name`` is the block's own name.
    """

    field: str
    position: int
    block_id: str
    name: str
    block: blocks.Block
    value: Any


def stream_fields(page: Any) -> list[StreamField]:
    """Return the page's StreamFields, in the order of the model."""
    return [
        field for field in page._meta.get_fields() if isinstance(field, StreamField)
    ]


def walk(page: Any, without: Collection[str] = ()) -> Iterator[Place]:
    """Yield every block of every StreamField of ``page``, parents before children.

    Streams named in ``without`` are left out.
    """
    for field in (each for each in stream_fields(page) if each.name not in without):
        for position, child in enumerate(getattr(page, field.name)):
            place = Place(
                field.name,
                position,
                child.id or "",
                child.block_type,
                child.block,
                child.value,
            )
            yield from _within(place)


def _within(place: Place) -> Iterator[Place]:
    yield place
    outermost = place[:3]
    for name, block, value in _children(place.block, place.value):
        yield from _within(Place(*outermost, name, block, value))


def _children(block: Any, value: Any) -> Iterator[tuple[str, Any, Any]]:
    if value is None:
        return
    if isinstance(block, blocks.StructBlock) and hasattr(value, "get"):
        for name, child in block.child_blocks.items():
            yield name, child, value.get(name)
    elif isinstance(block, blocks.ListBlock):
        yield from (("item", block.child_block, item) for item in value)
    elif isinstance(block, blocks.StreamBlock):
        yield from ((each.block_type, each.block, each.value) for each in value)
    elif isinstance(value, TypedTable):
        cells = (cell for row in value.rows for cell in row)
        yield from ((cell.block.name, cell.block, cell.value) for cell in cells)
