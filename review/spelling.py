"""Whether two versions of a page differ in spelling alone."""

import html
import re
from collections.abc import Iterator
from itertools import takewhile
from typing import Any, NamedTuple

from core.publishing.versions import MANY_WORDS
from review.versions import Version

_SHORTEST = 4  # letters; in shorter words a letter is most of the meaning
_TAG = re.compile(r"(<[^>]*>)")
# Punctuation and quotation marks of several languages.
_MARKS = ".,;:!?()\"'\u2026\u2018\u2019\u201a\u201c\u201d\u201e\u00ab\u00bb"
_LETTERS = re.compile(r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*")
# English and German: negations, figures in words, units.
_TELLING = re.compile(
    r".*n['\u2019]t|no|not|never|none|nor|neither|without|cannot|nothing|nobody"
    r"|nicht|nie|niemals|kein(?:e[mnrs]?)?|ohne|weder"
    r"|zero|one|two|three|four|five|six|seven|eight|nine|ten|dozen|hundred|thousand"
    r"|million|half|third|quarter|double|once|twice|thrice"
    r"|null|eine?[mnrs]?|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|hundert"
    r"|tausend|halbe?[mnrs]?|doppelte?[mnrs]?|einmal|zweimal|dreimal"
    r"|[kmnpuµμ]?g|mcg|[mcdµμ]?l|[kcmµμ]?m|[mnµμ]?mol|i[ue]|meq|mmhg|kpa|h|min|s|sec"
    r"|bpm|hz|kcal|kj|gy|msv|percent|prozent"
)


class _Token(NamedTuple):
    """A part of a version, in the order of the page.

    Args:
        text: The word; or what must stay as it is.
        is_said: Whether it is a word, or stands for one, and not a tag or a key.
        may_change: Whether it is a word of a running text.
    """

    text: str
    is_said: bool = False
    may_change: bool = False


def is_spelling(before: Version | None, after: Version) -> bool:
    """Return whether ``after`` corrects the spelling of a few words, and no more.

    The words stay in their number and order. Each that differs is one letter away from
    what it was, or differs in its punctuation, and neither it nor the word before or
    after it is a figure, a unit or a negation. Everything else is the same: blocks,
    choices, tags with what they link and cite. A text of one word is never corrected,
    for it may be a choice.

    Args:
        before: What was reviewed, None where it is no longer known.
        after: What is to be covered by that review.
    """
    if before is None:
        return False
    had, has = list(_tokens(before.said)), list(_tokens(after.said))
    if len(had) != len(has):
        return False
    changed = [place for place, token in enumerate(had) if token != has[place]]
    if len(changed) > MANY_WORDS:
        return False
    if not all(
        had[place].may_change
        and has[place].may_change
        and _is_typo(had[place].text, has[place].text)
        for place in changed
    ):
        return False
    said = [place for place, token in enumerate(had) if token.is_said]
    order = {place: number for number, place in enumerate(said)}
    for place in changed:
        number = order[place]
        near = said[max(number - 1, 0) : number + 2]
        if any(_is_telling(version[at].text) for version in (had, has) for at in near):
            return False
    return True


def _tokens(part: Any) -> Iterator[_Token]:
    match part:
        case dict():
            yield _Token(f"{{{len(part)}")
            for key in sorted(part):
                yield _Token(f"key {key}")
                yield from _tokens(part[key])
        case list():
            yield _Token(f"[{len(part)}")
            for value in part:
                yield from _tokens(value)
        case str() if len(part.split()) > 1:
            yield from _words(part)
        case str():
            yield _Token(part, is_said=True)
        case _:
            yield _Token(repr(part))


def _words(text: str) -> Iterator[_Token]:
    for piece in _TAG.split(text):
        if piece.startswith("<"):
            yield _Token(piece)
        else:
            for word in html.unescape(piece).split():
                yield _Token(word, is_said=True, may_change=True)


def _is_typo(before: str, after: str) -> bool:
    """Return whether two words differ in punctuation, case or one letter within."""
    before, after = before.strip(_MARKS).casefold(), after.strip(_MARKS).casefold()
    if not (_LETTERS.fullmatch(before) and _LETTERS.fullmatch(after)):
        return False
    if before == after:
        return True
    if min(len(before), len(after)) < _SHORTEST:
        return False
    start = _shared(before, after)
    had, has = before[start:], after[start:]
    end = _shared(had[::-1], has[::-1])
    had, has = had[: len(had) - end], has[: len(has) - end]
    is_swapped = len(had) == 2 and had == has[::-1]
    return start > 0 and (max(len(had), len(has)) == 1 or is_swapped)


def _shared(one: str, other: str) -> int:
    """Return with how many letters both begin."""
    pairs = zip(one, other, strict=False)
    return sum(1 for _pair in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _is_telling(word: str) -> bool:
    """Return whether a word is a figure, sign, unit or negation."""
    bare = word.strip(_MARKS).casefold()
    return not _LETTERS.fullmatch(bare) or bool(_TELLING.fullmatch(bare))
