"""Reads what an editor pastes, into the blocks of an article or into rich text."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any
from uuid import uuid4

from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.models import Site

from articles.blocks import ArticleBodyBlock
from articles.importing.drafting.article import Article, Surroundings
from articles.importing.drafting.library import Library
from articles.importing.drafting.linking import SitePages
from articles.importing.drafting.naming import Names
from articles.importing.drafting.pictures import Pictures
from articles.importing.drafting.rich_text import Problem
from articles.importing.drafting.tokens import Placeholders
from articles.importing.reading.document import Document
from articles.importing.reading.front_matter import FrontMatter
from articles.importing.reading.sources import HTML, Source
from core.blocks.prose import PROSE


class PastedPictures(Pictures):
    """The pictures of a pasted text, of which the clipboard has none."""

    def find(self, base: str, src: str) -> tuple[int, str]:
        return 0, _("Pictures do not come along. Add it as a figure.")


class Pasted(Article):
    """What was pasted: ``body`` holds stored blocks, ``problems`` what to look at.

    Raises:
        Refused: It is nested too deeply, or endless.
    """

    def __init__(self, html: str, site: Site | None) -> None:
        self.source = Source(f"pasted{min(HTML)}", b"")
        none = Placeholders()
        self.around = Surroundings(
            Library(False, none),
            Names(),
            SitePages(site),
            PastedPictures({}, False, none),
            {},
        )
        self.problems: list[Problem] = []
        self.document = Document()
        self._read(FrontMatter({}, {}, html, 0))
        self.body, self.counted = self._body()

    def as_json(self) -> dict[str, Any]:
        """Return the answer to the editor (articles/static/articles/pasting.js).

        ``blocks`` are states of a stream's blocks, ``message`` says how many, ``text``
        is all of it as the state of one rich text, ``problems`` say what to look at.
        """
        block = ArticleBodyBlock()
        raw = [{**stored, "id": str(uuid4())} for stored in self.body]
        problems = sorted(dict.fromkeys(self.problems), key=lambda each: each.line)
        return {
            "blocks": block.get_form_state(block.to_python(raw)),
            "message": ngettext(
                "Pasted as {count} block. Ctrl+Z takes it back.",
                "Pasted as {count} blocks. Ctrl+Z takes them back.",
                len(raw),
            ).format(count=len(raw)),
            "text": ContentstateConverter(PROSE).from_database_format(
                "".join(map(_as_prose, self.body))
            ),
            "problems": [asdict(problem) for problem in problems if self.body],
        }


# --- Blocks as one rich text ----------------------------------------------------------


def _as_prose(stored: dict[str, Any]) -> str:
    """Return a stored block as paragraphs and lists."""
    return _FLATTENED[stored["type"]](stored["value"])


def _heading(value: dict[str, Any]) -> str:
    return f"<p><b>{escape(value['text'])}</b></p>"


def _list(value: dict[str, Any]) -> str:
    tag = "ol" if value["kind"] == "numbers" else "ul"
    items = "".join(f"<li>{_inner(item)}</li>" for item in value["items"])
    return f"<{tag}>{items}</{tag}>"


def _comparison(value: dict[str, Any]) -> str:
    table = value["table"]
    headings: list[str] = [escape(column["heading"]) for column in table["columns"]]
    rows = [[_inner(c) for c in row["values"]] for row in table["rows"]]
    pieces = [f"<b>{escape(table['caption'])}</b>"] if table["caption"] else []
    pieces += [" · ".join(c for c in cells if c) for cells in [headings, *rows]]
    return "".join(f"<p>{piece}</p>" for piece in pieces if piece)


def _quotation(value: dict[str, Any]) -> str:
    author = escape(value.get("author", ""))
    return value["text"] + (f"<p>{author}</p>" if author else "")


def _inner(paragraph: str) -> str:
    """Return what stands inside the one paragraph of an inline rich text."""
    return paragraph.removeprefix("<p>").removesuffix("</p>")


_FLATTENED: dict[str, Callable[[Any], str]] = {
    "paragraph": str,
    "heading": _heading,
    "list": _list,
    "comparison": _comparison,
    "attributed_quotation": _quotation,
    "block_quotation": _quotation,
}
