"""What a visitor's question asks for, in words that the index holds."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from home.search.words import Word, words

SYNONYM = 0.8  # of what the word itself counts
SIMILAR = 0.5
UNFINISHED = 0.9
_SHORTEST_BEGINNING = 5  # letters of a word by whose beginning others are found
_SHORTEST_UNFINISHED = 3
_MOST_WORDS = 40  # of a question that are read
_SHORTEST_YEAR = 3  # digits of a number that stands for itself


class Way(NamedTuple):
    """One way of asking for something: words that must all be on the page.

    ``beginning`` is that of the only word instead, however it goes on.
    """

    terms: tuple[str, ...]
    counts: float
    beginning: str = ""


class Wish(NamedTuple):
    """A word of the question, and every way in which a page may say it.

    ``instead`` are the wishes for its parts, where no page has the whole.
    """

    ways: tuple[Way, ...]
    instead: tuple["Wish", ...] = ()


Phrase = tuple[str, ...]


class Thesaurus:
    """Phrases that mean the same, from what editors keep."""

    def __init__(self, groups: Iterable[list[str]], language: str) -> None:
        # By all the words of a phrase, such as “how much”, those of the others by
        # which pages can be found.
        self._same: dict[Phrase, dict[Phrase, None]] = {}
        for group in groups:
            phrases = [list(words(each, language)) for each in group]
            for phrase in phrases:
                others = self._same.setdefault(_terms(phrase), {})
                others |= {_found_by(each): None for each in phrases if each != phrase}
        self._longest = max(map(len, self._same), default=0)

    def longest_at(self, asked: list[Word], place: int) -> int:
        """Return how many words from ``place`` on are a known phrase; 0 for none."""
        for length in range(min(self._longest, len(asked) - place), 0, -1):
            if _terms(asked[place : place + length]) in self._same:
                return length
        return 0

    def same_as(self, part: list[Word]) -> Iterator[Phrase]:
        """Yield the words of each phrase that means the same as ``part``."""
        yield from filter(None, self._same.get(_terms(part), ()))


def _terms(part: list[Word]) -> Phrase:
    return tuple(word.term for word in part)


def _found_by(part: list[Word]) -> Phrase:
    """Return the words by which a phrase is found; none if too little is left of it.

    “How much” has none, and “patient says” would be found wherever a patient is.
    """
    said = _said(part)
    return said if len(said) == len(part) or len(said) > 1 else ()


def _said(part: list[Word]) -> Phrase:
    return tuple(word.term for word in part if not word.is_stop)


def wishes(question: str, language: str, thesaurus: Thesaurus) -> list[Wish]:
    """Return what ``question`` asks for; stop words only if there is nothing else."""
    asked = list(islice(words(question, language), _MOST_WORDS))
    is_unfinished = question[-1:].isalnum()
    found = list(_wishes(asked, thesaurus, is_unfinished))
    if found:
        return found
    return [Wish((Way((word.term,), 1),)) for word in asked]


def _wishes(
    asked: list[Word], thesaurus: Thesaurus, is_unfinished: bool
) -> Iterator[Wish]:
    place = 0
    while place < len(asked):
        known = thesaurus.longest_at(asked, place)
        length = known or 1
        part = asked[place : place + length]
        place += length
        last = is_unfinished and place == len(asked)
        ways = list(_own_ways(part, last))
        if known:
            ways += [Way(phrase, SYNONYM) for phrase in thesaurus.same_as(part)]
        if ways:
            yield Wish(tuple(ways), tuple(_parts(part[0])) if length == 1 else ())


def _parts(word: Word) -> Iterator[Wish]:
    """Yield wishes for “cost” and “2024”, but none for parts of a name such as IL-6."""
    if word.parts and len(word.parts[-1]) >= _SHORTEST_YEAR:
        yield from (Wish((Way((term,), 1),)) for term in word.parts)


def _own_ways(part: list[Word], is_unfinished: bool) -> Iterator[Way]:
    said = _said(part)
    if not said:
        return
    yield Way(said, 1)
    word = part[0]
    if len(part) > 1 or word.parts or word.term.isdecimal():
        return
    if word.compound:
        yield Way((word.compound,), 1)
    yield from _similar(word.term)
    if is_unfinished and len(word.typed) >= _SHORTEST_UNFINISHED:
        yield Way((), UNFINISHED, word.typed)


def _similar(term: str) -> Iterator[Way]:
    """Yield what begins like ``term``: complaint for complain, and the reverse."""
    if len(term) >= _SHORTEST_BEGINNING:
        yield Way((), SIMILAR, term)
    for length in range(max(_SHORTEST_BEGINNING, len(term) - 3), len(term)):
        yield Way((term[:length],), SIMILAR)
