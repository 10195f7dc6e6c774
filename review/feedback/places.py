"""Which paragraph a report is about: chosen from the page's own, and found again."""

from collections.abc import Iterator
from typing import Any, NamedTuple
from urllib.parse import quote

from django.utils.text import Truncator

from core.prefetch.walk import stream_fields
from core.text.plain_text import plain

_WORDS = 12  # of a paragraph, by which readers know it
_MOST_CHARACTERS = 160  # of these, where words are long
# A browser finds a paragraph by fewer, which no citation stands between.
_WORDS_IN_ADDRESS = 5


class Section(NamedTuple):
    """The paragraphs beneath a heading, by their first words.

    Args:
        heading: "" before the first.
        paragraphs: In reading order.
    """

    heading: str
    paragraphs: list[str]


def sections(page: Any) -> list[Section]:
    """Return the paragraphs of a page, read without a query for what it refers to.

    Of headings, paragraphs and lists alone: what other blocks say may be withheld.
    """
    found = [Section("", [])]
    for kind, text in _texts(page):
        if kind == "heading":
            found.append(Section(text, []))
        elif text not in found[-1].paragraphs:
            found[-1].paragraphs.append(text)
    return [each for each in found if each.paragraphs]


def _texts(page: Any) -> Iterator[tuple[str, str]]:
    behind = getattr(page, "streams_behind", ())
    for field in (each for each in stream_fields(page) if each.name not in behind):
        for block in getattr(page, field.name).get_prep_value():
            kind, value = block["type"], block["value"]
            if kind == "heading":
                yield kind, str(value.get("text") or "")
            elif kind == "paragraph":
                yield from ((kind, text) for text in _beginnings(value))
            elif kind == "list":
                for item in value.get("items") or []:
                    yield from ((kind, text) for text in _beginnings(item["value"]))


def _beginnings(source: Any) -> Iterator[str]:
    for line in plain(str(source)).split("\n"):
        if text := " ".join(line.split()):
            beginning = Truncator(text).words(_WORDS, truncate="…")
            yield Truncator(beginning).chars(_MOST_CHARACTERS)


def fragment(passage: str) -> str:
    """Return what leads to a passage behind a page's address, "" without a passage.

    A text fragment: browsers scroll to the words and mark them, and send it to nobody.
    """
    words = passage.partition("\n")[0].rstrip("…").split()[:_WORDS_IN_ADDRESS]
    # A hyphen would say that what follows is what stands beside the words.
    text = quote(" ".join(words), safe="").replace("-", "%2D")
    return f"#:~:text={text}" if text else ""
