"""Rich text whose embedded parts, such as citations, show in comparisons."""

import re
from collections.abc import Iterator
from typing import Any

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString
from wagtail import blocks
from wagtail.admin.compare import BlockComparison, diff_text, text_from_html
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.rich_text import RichText, expand_db_html
from wagtail.rich_text import features as feature_registry
from wagtail.rich_text.rewriters import extract_attrs

from core.blocks.searchable import text_for_search

# "citation" is a rich-text feature that the evidence app registers.
INLINE = ["bold", "italic", "superscript", "subscript", "link", "citation"]
PROSE = [*INLINE, "ol", "ul"]
PLAIN = ["bold", "italic", "link"]

_EMBED = re.compile(r"<embed\b([^>]*?)/?>")
# What rich-text editors leave of an emoji that was deleted by half; no page and no
# database can hold it.
_HALVES = re.compile("[\ud800-\udfff]")


def readable(source: str) -> str:
    """Return stored rich text as plain text that names what is embedded in it.

    A feature's embed handler may offer ``label(attrs)``; else type and id are shown.
    """

    def name(match: re.Match[str]) -> str:
        attrs = extract_attrs(match[1])
        handler = feature_registry.get_embed_types().get(attrs.get("embedtype", ""))
        if handler is not None and hasattr(handler, "label"):
            return escape(handler.label(attrs))
        return escape(f"[{attrs.get('embedtype', 'embed')} {attrs.get('id', '')}]")

    return str(text_from_html(_EMBED.sub(name, source)))


class ProseComparison(BlockComparison):
    """Compares rich text with its embedded parts, which Wagtail's own leaves out."""

    def htmlvalue(self, val: Any) -> str:
        return escape(self.text(val))

    def htmldiff(self) -> str:
        return str(diff_text(self.text(self.val_a), self.text(self.val_b)).to_html())

    def text(self, value: Any) -> str:
        return readable(value.source) if value else ""


class Prose(RichText):
    """Rich text that is rendered without a template, of which a page has a hundred."""

    def __html__(self) -> str:
        return str(expand_db_html(self.source))


class ProseBlock(blocks.RichTextBlock):
    """A `RichTextBlock` whose comparison shows a changed citation.

    Migrations write it as the stock block, so that it can be renamed.
    """

    def to_python(self, value: str) -> Prose:
        return Prose(value)

    def normalize(self, value: Any) -> Prose:
        return Prose(super().normalize(value).source)

    def value_from_form(self, value: str | None) -> Prose:
        return Prose(value and _HALVES.sub("", value))

    def get_searchable_content(self, value: Any) -> list[str]:
        return [text_for_search(value.source)] if self.search_index else []

    def deconstruct(self) -> tuple[str, tuple[Any, ...], dict[str, Any]]:
        _, args, kwargs = super().deconstruct()
        return "wagtail.blocks.RichTextBlock", args, kwargs

    @staticmethod
    def get_comparison_class() -> type[BlockComparison]:
        return ProseComparison


class ParagraphBlock(ProseBlock):
    """A paragraph of a body; migrations write it as the stock block, too."""

    def render(self, value: Any, context: dict[str, Any] | None = None) -> SafeString:
        """Return what the template says, in a quarter of the time.

        An article has dozens; a test compares the two.
        """
        return format_html('<div class="paragraph">{}</div>\n', value)


class TableComparison(ProseComparison):
    """Compares tables cell by cell, as text."""

    def text(self, value: Any) -> str:
        if not value:
            return ""
        return " ".join([value.caption or "", *self._cells(value)])

    def _cells(self, value: Any) -> Iterator[str]:
        yield from (column["heading"] for column in value.columns)
        for row in value.rows:
            for cell in row:
                rich = getattr(cell.value, "source", None)
                yield str(cell.value) if rich is None else readable(rich)


class ProseTableBlock(TypedTableBlock):
    """A `TypedTableBlock` that can be compared."""

    def deconstruct(self) -> tuple[str, tuple[Any, ...], dict[str, Any]]:
        _, args, kwargs = super().deconstruct()
        path = "wagtail.contrib.typed_table_block.blocks.TypedTableBlock"
        return path, args, kwargs

    @staticmethod
    def get_comparison_class() -> type[BlockComparison]:
        return TableComparison
