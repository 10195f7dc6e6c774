"""Markdown as HTML that knows which line each part is from."""

from typing import Any

from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin

from articles.importing.sources import Refused

DEEPEST = 100


def _reader() -> MarkdownIt:
    """CommonMark with tables and footnotes; HTML in it is HTML."""
    reader = MarkdownIt("commonmark", {"maxNesting": DEEPEST})
    # Whether a link may be kept is decided in one place, `linking`, which reports it.
    reader.validateLink = lambda url: True  # type: ignore[method-assign]
    return reader.enable("table").use(footnote_plugin)


def as_html(text: str, first_line: int) -> str:
    """Return Markdown as HTML; ``data-line`` names the line in the file.

    Raises:
        Refused: It is nested so deeply that a part of it would be lost.
    """
    reader, env = _reader(), dict[str, Any]()
    tokens = reader.parse(text, env)
    for token in tokens:
        if token.level >= DEEPEST - 1:
            raise Refused(
                f"It nests lists or quotations {DEEPEST} deep. Make it flatter."
            )
        if token.map and token.nesting == 1:
            token.attrSet("data-line", str(token.map[0] + first_line))
    html: str = reader.renderer.render(tokens, reader.options, env)
    return html
