"""Every block that editors may use, once, for the pattern library."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst
from wagtail import blocks
from wagtail.models import get_page_models

from core.prefetch.walk import stream_fields


@dataclass
class BlockPattern:
    """A block as the picker offers it, and the page types that may hold it."""

    block: Any
    page_types: list[str] = field(default_factory=list)

    @property
    def slug(self) -> str:
        app = type(self.block).__module__.partition(".")[0]
        return f"{app}-{self.block.name.replace('_', '-')}"

    @property
    def url(self) -> str:
        return reverse("styleguide_block", args=[self.slug])

    @property
    def title(self) -> str:
        return capfirst(str(self.block.label))

    @property
    def description(self) -> str:
        return str(self.block.get_description())

    @property
    def group(self) -> str:
        return str(self.block.meta.group or "Other blocks")


@cache
def block_patterns() -> dict[str, BlockPattern]:
    """Return the blocks of every page type, by their slugs, in the picker's order.

    What the settings are composed of stands in the frame of every page instead.
    """
    found: dict[str, BlockPattern] = {}
    for model in get_page_models():
        page_type = capfirst(str(model._meta.verbose_name))
        for stream in stream_fields(model):
            for block in offered(stream.stream_block):
                pattern = BlockPattern(block)
                pattern = found.setdefault(pattern.slug, pattern)
                if page_type not in pattern.page_types:
                    pattern.page_types.append(page_type)
    return found


def offered(block: Any) -> Iterator[Any]:
    """Yield the blocks offered in ``block`` and in every stream within it."""
    if isinstance(block, blocks.StreamBlock):
        for child in block.child_blocks.values():
            yield child
            yield from offered(child)
    elif isinstance(block, blocks.StructBlock):
        for child in block.child_blocks.values():
            yield from offered(child)
    elif isinstance(block, blocks.ListBlock):
        yield from offered(block.child_block)
