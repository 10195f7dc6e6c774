"""Whether a text calls somebody by their words, and by those alone."""

import html
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Q

from core.text.plain_text import plain

# A word goes on with these: ada@example.org is neither x.ada@example.org nor
# ada@example.org.uk; and it may end a sentence.
_BEFORE = r"(?<!\w)(?<!\w[.+'-])"
_AFTER = r"(?!\w|[.+'-]\w)"
# What every database and every JSON writes alike, in any case.
_PLAIN = re.compile(r"[A-Za-z0-9@._+-]{2,}")


class Wording:
    """Words of one person, to be looked for as whole words, in any case."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = sorted(words)
        shapes = [
            r"\s+".join(map(re.escape, _folded(word).split())) for word in self._words
        ]
        any_of = "|".join(shapes)
        self._pattern = re.compile(f"{_BEFORE}(?:{any_of}){_AFTER}") if shapes else None

    def is_in(self, *values: Any) -> bool:
        """Return whether one of ``values``, texts or JSON, has a word in it."""
        if self._pattern is None:
            return False
        return any(
            self._pattern.search(_folded(text))
            for value in values
            for text in texts_within(value)
        )

    def may_be_in(self, column: str) -> Q:
        """Return what narrows rows down to those that may have a word in ``column``.

        By the letters that no encoding changes; what is left is for `is_in` to judge.
        """
        may = Q(pk__in=[])
        for word in self._words:
            every = Q()
            for run in _PLAIN.findall(word):
                every &= Q(**{f"{column}__icontains": run})
            if not every:
                # Of no such letters, as in Greek: every row is looked at.
                every = Q(pk__isnull=False)
            may |= every
        return may


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def texts_within(value: Any) -> Iterator[str]:
    """Yield the texts within ``value``; blocks of a page are JSON within JSON."""
    if isinstance(value, dict):
        for key, each in value.items():
            yield str(key)
            yield from texts_within(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from texts_within(each)
    elif isinstance(value, str):
        yield from _within(value)


def _within(text: str) -> Iterator[str]:
    if text[:1] in ("{", "["):
        try:
            inner = json.loads(text)
        except ValueError:
            pass
        else:
            yield from texts_within(inner)
            return
    yield text
    if "<" in text:
        yield plain(text)
    elif "&" in text:
        yield html.unescape(text)
