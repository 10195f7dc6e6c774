"""What is set apart, as several kinds of Markdown and of sites write it."""

import re
from typing import Any

from articles.importing.reading.document import (
    Break,
    Callout,
    Close,
    Heading,
    Inline,
    Open,
    Paragraph,
    Quote,
    Text,
    plain,
)

# The kinds that blocks have here, by the words of files.
KINDS = {
    **dict.fromkeys(("note", "info", "tip", "hint", "abstract", "summary"), "note"),
    **dict.fromkeys(("example", "success", "primary", "secondary", "question"), "note"),
    **dict.fromkeys(("seealso", "todo", "aside", "callout", "notice"), "note"),
    **dict.fromkeys(("important", "attention", "key", "takeaway"), "important"),
    **dict.fromkeys(("warning", "caution", "danger", "error", "failure"), "warning"),
    "alert": "warning",
}
# Classes of containers, with a kind behind a dash or beside it.
_CONTAINERS = ("admonition", "markdown-alert", "theme-admonition", "callout", "notice")
_ALERT = re.compile(r"\s*\[!([A-Za-z]+)\][+-]?[ \t]*")
_BOLD = frozenset({"note", "tip", "important", "warning", "caution", "attention"})
_TITLES = frozenset(
    {"admonition-title", "markdown-alert-title", "callout-title", "notice-title"}
)
_MAY_BE = frozenset({"aside", "div", "section", "blockquote", "p"})
LONGEST_HEADING = 120  # characters, as the block has


def kind(element: Any) -> str:
    """Return what kind of callout an element is, "" for none."""
    classes = (element.get("class") or "").casefold().split()
    if element.tag not in _MAY_BE or not _TITLES.isdisjoint(classes):
        return ""
    for name in classes:
        for container in (*_CONTAINERS, "alert"):
            said = name.removeprefix(f"{container}-")
            if said != name and said in KINDS:
                return said
    if _CONTAINERS_SET.isdisjoint(classes):
        return ""
    return next(
        (name for name in classes if name in KINDS and name not in _BARE), "note"
    )


_CONTAINERS_SET = frozenset(_CONTAINERS)
_BARE = frozenset({"callout", "notice", "alert", "aside"})


def is_title(element: Any) -> bool:
    """Return whether an element is marked as the heading of a callout."""
    return not _TITLES.isdisjoint((element.get("class") or "").casefold().split())


def take_heading(callout: Callout) -> None:
    """Make its first words its heading where they are a title, and drop its name."""
    first = callout.parts[0]
    said = plain(first.words) if isinstance(first, Heading | Paragraph) else ""
    is_title = isinstance(first, Heading) and len(callout.parts) > 1
    if is_title and said.casefold() == callout.kind:
        callout.parts.pop(0)  # it says no more than the block's own label
    elif is_title and len(said) <= LONGEST_HEADING:
        callout.heading = callout.parts.pop(0).words


def of_quotation(quote: Quote) -> Callout | None:
    """Return the callout that a quotation is where it begins with “[!WARNING]”."""
    first = quote.parts[0] if quote.parts else None
    words = first.words if isinstance(first, Paragraph) else []
    if isinstance(first, Paragraph) and (said := _bold_kind(words)):
        first.words = _without_breaks(words[3:])
        callout = Callout(said, list(quote.parts), quote.line)
        callout.parts = callout.parts if plain(first.words) else callout.parts[1:]
        return callout if callout.parts else None
    begins = next((n for n, t in enumerate(words) if isinstance(t, Text)), None)
    match = _ALERT.match(words[begins].text) if begins is not None else None
    if begins is None or match is None or not isinstance(first, Paragraph):
        return None
    token = words[begins]
    rest = token.text[match.end() :]
    line = token.line + token.text.count("\n", 0, match.end())
    title, newline, behind = rest.partition("\n")
    callout = Callout(match[1].casefold(), list(quote.parts), quote.line)
    if title.strip() and (newline or len(words) > begins + 1 or len(quote.parts) > 1):
        callout.heading = [Text(title.strip(), line)]
        rest, line = behind, line + 1
    tail = words[begins + 1 :]
    kept = [*words[:begins], Text(rest.lstrip("\n"), line), *tail]
    first.words = _without_breaks(kept)
    if not plain(first.words):
        callout.parts.pop(0)
    return callout


def _bold_kind(words: Inline) -> str:
    """Return the kind that a first line names which is one word in bold type."""
    if len(words) < 3 or not (isinstance(words[0], Open) and words[0].tag == "b"):
        return ""
    said = words[1].text.strip(" :").casefold() if isinstance(words[1], Text) else ""
    ends = isinstance(words[2], Close) and len(words) == 3
    if len(words) > 3:
        follows = words[3]
        ends = isinstance(follows, Break) or (
            isinstance(follows, Text) and follows.text.startswith("\n")
        )
    return said if ends and said in _BOLD else ""


def _without_breaks(words: Inline) -> Inline:
    """Return words without line breaks before them."""
    kept = list(words)
    while kept and (isinstance(kept[0], Break) or kept[0] == Text("", 0)):
        kept.pop(0)
    if kept and isinstance(kept[0], Text):
        kept[0] = Text(kept[0].text.lstrip("\n"), kept[0].line)
    return kept
