"""How the site's search reads words, of pages and of questions alike.

Both databases are given what comes out here and compare nothing but equal letters, so
that they find the same.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache, lru_cache, partial
from typing import Any, NamedTuple

from django.utils.translation import get_language_info

from home.search.stop_words import STOP_WORDS

LONGEST = 40  # letters that are kept of a word

_MARKS = re.compile(r"[\u0300-\u036f\u00ad]")  # accents, soft hyphens
_APOSTROPHES = re.compile("[\u2018\u2019\u201b\u02bc\u2032\u00b4`]")
_DASHES = re.compile("[\u2010-\u2013\u2212]")
_POSSESSIVE = re.compile(r"(?<=\w)'s\b")
# 38,000 and 38.000, but not 01632.
_THOUSANDS = re.compile(r"(?<![\d,.])\d{1,3}(?:[,.'\u00a0\u202f]\d{3})+(?![\d])")
_GREEK = "[\u03b1-\u03c9]"
_LONE_GREEK = re.compile(f"(?<!{_GREEK}){_GREEK}(?!{_GREEK})")
_COMPOUND = re.compile(r"[^\W_]+(?:-+[^\W_]+)*")
_NUMBER_FOLLOWS = re.compile(r"[\s-]{0,3}\d")
_PIECE = re.compile(r"\d+|[^\W\d_]+")


class Word(NamedTuple):
    """A word of a text.

    ``term`` is what the index holds, ``typed`` what was written, in plain letters.
    ``parts`` are the two terms of a word with its number, such as covid19, and
    ``compound`` is the term of the hyphenated word it is a part of, or "".
    """

    term: str
    typed: str
    is_stop: bool = False
    parts: tuple[str, ...] = ()
    compound: str = ""


def plain_letters(text: str) -> str:
    """Return ``text`` without capitals, accents and apostrophes, Greek letters named.

    Those of Greek words stay.
    """
    text = _THOUSANDS.sub(lambda number: re.sub(r"\D", "", number[0]), text)
    text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    text = _DASHES.sub("-", _APOSTROPHES.sub("'", _MARKS.sub("", text)))
    text = _POSSESSIVE.sub("", text).replace("'", "")
    return _LONE_GREEK.sub(lambda letter: f"-{_name(letter[0])}-", text)


def words(text: str, language: str) -> Iterator[Word]:
    """Yield the words of ``text``, which is in ``language`` (a code such as "en-gb").

    A number belongs to the word before it: COVID-19, covid 19 and covid19 are one word.
    """
    text = plain_letters(text)
    stops = STOP_WORDS.get(language.partition("-")[0], frozenset())
    before: Word | None = None  # waits for its number
    for compound in _COMPOUND.finditer(text):
        pieces = _PIECE.findall(compound[0])
        whole = "".join(pieces) if len(pieces) > 1 else ""
        joined = term_of(whole, language) if whole.isalpha() else ""
        for piece in pieces:
            term = term_of(piece, language)
            is_stop = piece in stops or term in stops
            word = Word(term, piece, is_stop, compound=joined)
            if before and piece.isdecimal():
                both = f"{before.term}{piece}"[:LONGEST]
                yield Word(
                    both, f"{before.typed}{piece}", parts=(before.term, word.term)
                )
                before = None
                continue
            if before:
                yield before
            before = None
            if piece.isdecimal() or word.is_stop:
                yield word
            else:
                before = word
        if before and not _NUMBER_FOLLOWS.match(text, compound.end()):
            yield before
            before = None


def terms(text: str, language: str) -> Iterator[str]:
    """Yield every term by which ``text`` can be found, stop words left out."""
    for word in words(text, language):
        if not word.is_stop:
            yield from filter(None, (word.term, *word.parts, word.compound))


@lru_cache(maxsize=50_000)
def term_of(word: str, language: str) -> str:
    """Return the stem of ``word``, which is in plain letters."""
    make_stemmer = _stemmer(language)
    # A stemmer keeps its word while it works, so each word has its own: that of all
    # threads would give one thread the stem of another's word.
    stem: str = make_stemmer().stemWord(word) if make_stemmer else word
    return stem[:LONGEST]


@cache
def _stemmer(language: str) -> Callable[[], Any] | None:
    """Return what makes a stemmer of a language, None for one that has none."""
    try:
        name = get_language_info(language.partition("-")[0])["name"].lower()
    except KeyError:
        return None
    import snowballstemmer  # all of its languages, which few processes need

    known = name in snowballstemmer.algorithms()
    return partial(snowballstemmer.stemmer, name) if known else None


def _name(letter: str) -> str:
    """Return the name of a Greek letter; Unicode spells lambda in its own way."""
    name = unicodedata.name(letter).rpartition(" ")[2].lower()
    return "lambda" if name == "lamda" else name
