"""Citations in rendered HTML: the markers they start as, and their numbering.

Pure functions: they know ids, not records. A marker is an HTML comment, so that
whatever renders rich text without numbering shows nothing at all.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple
from urllib.parse import quote, unquote

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from core.primary_keys import PATTERN

# Where the list of references goes, and the panel that counts them; comments, like the
# markers.
LIST_MARKER = mark_safe("<!--references-->")
PANEL_MARKER = mark_safe("<!--evidence-->")
LINK_MARKER = mark_safe("<!--to references-->")

# What users type is escaped, so that no text of theirs becomes a marker; the rest is
# strict all the same.
_MARKER = re.compile(rf"<!--cite ({PATTERN}) ([\w.~%]*)-->", re.ASCII)
# Space before a citation is left out, so that no number begins a line on its own.
_SPACE = " \t\n\r\f\v\xa0"
_SPACE_ENTITIES = ("&nbsp;", "&#160;")


class Citation(NamedTuple):
    """A citation in a text: which reference, and its locator: “p. 14”."""

    pk: int
    locator: str = ""


class Numbered(NamedTuple):
    """HTML with its citations numbered.

    ``places`` maps each cited reference's id, in order of their numbers, to the numbers
    of the groups (``id="cite-…"``) that cite it.
    """

    html: str
    places: dict[int, list[int]]


def marker(pk: int, locator: str = "") -> SafeString:
    """Return the HTML comment that marks a citation until it is numbered.

    ``-`` is quoted too, since ``--`` would end the comment.
    """
    quoted = quote(locator, safe="").replace("-", "%2D")
    return mark_safe(f"<!--cite {pk:d} {quoted}-->")  # noqa: S308  digits, and quoted


def cited(html: str) -> list[Citation]:
    """Return every citation marked in ``html``, in reading order."""
    return [
        Citation(int(pk), unquote(locator)) for pk, locator in _MARKER.findall(html)
    ]


def number(html: str, known: Mapping[int, int]) -> Numbered:
    """Number the citations of ``html`` in order of their first appearance.

    Neighbours become one group: sorted, without repetitions, and three or more in a row
    as a range.

    Args:
        html: With markers.
        known: The id of the work that each cited id stands for: itself, or the one it
            was merged into. A citation of any other is printed as “?”.
    """
    places: dict[int, list[int]] = {}
    numbers: dict[int, int] = {}
    parts: list[str] = []
    for group_number, (text, marked) in enumerate(_groups(html), start=1):
        parts.append(text)
        if not marked:
            continue
        citations = [Citation(known.get(pk, 0), locator) for pk, locator in marked]
        for citation in citations:
            if citation.pk:
                numbers.setdefault(citation.pk, len(numbers) + 1)
        for pk in dict.fromkeys(citation.pk for citation in citations):
            if pk in numbers:
                places.setdefault(pk, []).append(group_number)
        parts.append(group(group_number, citations, numbers.get))
    return Numbered("".join(parts), places)


def _groups(html: str) -> Iterator[tuple[str, list[Citation]]]:
    """Yield each text, and the citations that follow it together; none after the last.

    Nothing but markers is looked for in all of the page.
    """
    text, *rest = _MARKER.split(html)
    marked = list(zip(rest[::3], rest[1::3], rest[2::3], strict=True))
    citations: list[Citation] = []
    for number_of_marker, (pk, locator, after) in enumerate(marked, start=1):
        citations.append(Citation(int(pk), unquote(locator)))
        if _without_space(after) or number_of_marker == len(marked):
            yield _without_space(text), citations
            text, citations = after, []
    yield text, []


def _without_space(text: str) -> str:
    """Return ``text`` without space at its end, as characters or as entities."""
    while (shorter := text.rstrip(_SPACE)).endswith(_SPACE_ENTITIES):
        text = shorter[: shorter.rindex("&")]
    return shorter


def group(
    group_number: int,
    citations: Iterable[Citation],
    number_of: Callable[[int], int | None],
) -> SafeString:
    """Render citations that stand together: ``[1, 2]`` or ``[2, p. 4; 7]``."""
    pairs = dict.fromkeys((number_of(c.pk) or 0, c.locator) for c in citations)
    # Of two citations of one work, the one without a locator comes first.
    items = sorted(pairs, key=lambda pair: (pair[0], bool(pair[1])))
    dangling = any(n == 0 for n, _ in items)
    items = [(n, locator) for n, locator in items if n]
    separator = "; " if any(locator for _, locator in items) else ", "
    label = gettext("Reference {number}") if items else ""
    parts = [_range(members, label) for members in ranges(items)]
    if dangling:
        parts.append("?")
    inside = separator.join(parts)
    return mark_safe(  # noqa: S308  numbers, and escaped by `_link`
        f'<sup class="citation" id="cite-{group_number:d}">[{inside}]</sup>'
    )


def ranges(items: Iterable[tuple[int, str]]) -> list[list[tuple[int, str]]]:
    """Split sorted (number, locator) pairs into printed items.

    Three or more consecutive numbers without locators stay together.
    """
    runs: list[list[tuple[int, str]]] = []
    for n, locator in items:
        last = runs[-1][-1] if runs else (0, "-")
        if not locator and not last[1] and n == last[0] + 1:
            runs[-1].append((n, locator))
        else:
            runs.append([(n, locator)])
    return [
        part
        for run in runs
        for part in ([run] if len(run) > 2 else [[item] for item in run])
    ]


def _range(members: list[tuple[int, str]], label: str) -> str:
    ends = members if len(members) == 1 else (members[0], members[-1])
    return "\N{EN DASH}".join(_link(n, locator, label) for n, locator in ends)


def _link(n: int, locator: str, label: str) -> str:
    """Return HTML. A page has a hundred, so that no template tells what is escaped."""
    text = escape(f"{n}, {locator}") if locator else str(n)
    said = escape(label).format(number=text)
    return f'<a href="#reference-{n:d}" aria-label="{said}">{text}</a>'
