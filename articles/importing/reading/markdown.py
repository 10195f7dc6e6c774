"""Converts Markdown to HTML that records the line of each part.

What it holds is limited, since some marks are read again for each mark before them: a
page full of brackets would take minutes.
"""

import re
from collections.abc import Sequence
from html import escape
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from markdown_it import MarkdownIt
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.admon import admon_plugin
from mdit_py_plugins.container import container_plugin
from mdit_py_plugins.footnote import footnote_plugin

from articles.importing.reading import callouts
from articles.importing.reading.sources import Refused

DEEPEST = 100
MOST_LINES = 20_000
MOST_TOKENS = 30_000  # three for a paragraph or a cell of a table, five for a point
MOST_MARKS = 50_000
MOST_STEPS = 500_000  # from brackets to the next mark; some 0.5 s
_MARKS = "*_`[]<&\\^~"
_CONTAINER = re.compile(r"\{?[ .]*([\w-]*)[ \t}]*(.*)", re.DOTALL)
_MORE_LINES = _("Up to here, the file has more lines than an article. Split it.")
_MORE_PARTS = _("Up to here, the file has more parts than an article. Split it.")
_MORE_MARKS = _("Up to here, the file has more * [ _ than an article. Split it.")
_MORE_BRACKETS = _("Too many brackets stand in one paragraph here. Divide it.")
_TOO_DEEP = _("It nests lists or quotations more than 100 deep. Make it flatter.")


class _TooMuch(Exception):
    """The file exceeds a limit; ``line`` counts from 0."""

    def __init__(self, line: int, sentence: Any) -> None:
        super().__init__(line, sentence)
        self.line, self.sentence = line, sentence


class _Tokens(list[Token]):
    """A list of tokens that refuses to grow beyond `MOST_TOKENS`."""

    def append(self, token: Token) -> None:
        if len(self) >= MOST_TOKENS:
            line = next((each.map[0] for each in reversed(self) if each.map), 0)
            raise _TooMuch(line, _MORE_PARTS)
        super().append(token)


class _Inline(ParserInline):
    """An inline parser that counts its steps between brackets."""

    def skipToken(self, state: StateInline) -> None:  # noqa: N802
        state.env["steps"] += 1
        if state.env["steps"] > MOST_STEPS:
            raise _TooMuch(state.env["line"], _MORE_BRACKETS)
        super().skipToken(state)


def _limit_blocks(state: StateCore) -> None:
    if state.src.count("\n") > MOST_LINES:
        raise _TooMuch(MOST_LINES, _MORE_LINES)
    state.tokens = _Tokens(state.tokens)


def _inline(state: StateCore) -> None:
    """Parse inline content, like the rule it replaces, within the limits."""
    marks = 0
    for token in state.tokens:
        if token.type != "inline":
            continue
        if token.map:
            state.env["line"] = token.map[0]
        marks += sum(map(token.content.count, _MARKS))
        if marks > MOST_MARKS:
            raise _TooMuch(state.env["line"], _MORE_MARKS)
        token.children = token.children or []
        state.md.inline.parse(token.content, state.md, state.env, token.children)


def _reader() -> MarkdownIt:
    """CommonMark with tables and footnotes; HTML in it is HTML."""
    reader = MarkdownIt()
    reader.inline = _Inline()
    reader.configure("commonmark", {"maxNesting": DEEPEST})
    # Whether a link may be kept is decided in one place, `linking`, which reports it.
    reader.validateLink = lambda url: True  # type: ignore[method-assign]
    reader.core.ruler.before("block", "limit_blocks", _limit_blocks)
    reader.core.ruler.at("inline", _inline)
    reader.enable(["table", "strikethrough", "limit_blocks"])
    reader.use(container_plugin, "callout", validate=_is_named, render=_callout)
    return reader.use(admon_plugin).use(footnote_plugin)


def _is_named(said: str, *args: Any) -> bool:
    """Return whether ``:::`` begins a container; alone, it ends one."""
    return bool(said.strip())


def _callout(
    self: Any, tokens: Sequence[Token], place: int, options: Any, env: Any
) -> str:
    """Return a container of ``:::`` as the kinds of HTML that say the same do."""
    token = tokens[place]
    if token.nesting != 1:
        return "</aside>\n"
    kind, title = _CONTAINER.match(token.info.strip()).groups()  # type: ignore[union-attr]
    line = f'data-line="{escape(str(token.attrGet("data-line") or ""))}"'
    words = escape(title.strip(" []"))
    if kind.casefold().removeprefix("callout-") in callouts.KINDS:
        words = f"<p class='admonition-title'>{words}</p>"
        return f'<aside class="admonition {escape(kind)}" {line}>{words}\n'
    return f"<aside {line}><p><b>{words}</b></p>\n"


def as_html(text: str, first_line: int) -> str:
    """Return Markdown as HTML; ``data-line`` names the line in the file.

    Raises:
        Refused: It holds more than can be read in seconds, or is nested so deeply that
            a part of it would be lost.
    """
    reader, env = _reader(), {"steps": 0, "line": 0}
    try:
        tokens = reader.parse(text, env)
        if len(tokens) > MOST_TOKENS:  # footnotes come last
            raise _TooMuch(env["line"], _MORE_PARTS)
        for token in tokens:
            if token.level >= DEEPEST - 1:
                raise _TooMuch(token.map[0] if token.map else env["line"], _TOO_DEEP)
            if token.map and token.nesting == 1:
                token.attrSet("data-line", str(token.map[0] + first_line))
    except _TooMuch as found:
        known = {"line": found.line + first_line, "sentence": found.sentence}
        raise Refused(gettext("Line %(line)s: %(sentence)s") % known) from None
    html: str = reader.renderer.render(tokens, reader.options, env)
    return html
