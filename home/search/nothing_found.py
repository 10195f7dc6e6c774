"""What a visitor is offered whose question found nothing."""

import re
from difflib import get_close_matches
from itertools import chain
from typing import Any

from core.models.topics import Topic
from home.search.words import plain_letters

_WORD = re.compile(r"[^\W\d_]+")
_SHORTEST = 5  # letters of a word that may be mistyped
_LIKENESS = 0.75


def topics(pages: Any) -> Any:
    """Return the topics whose own page is among ``pages``."""
    return Topic.objects.filter(hub__in=pages.values("pk")).select_related("hub")


def better_spelling(question: str, pages: Any) -> str:
    """Return ``question`` as titles and descriptions of ``pages`` spell its words.

    Empty if none of its words is like one of theirs.
    """
    texts = chain.from_iterable(pages.values_list("title", "search_description"))
    known = {
        plain_letters(word): word
        for text in texts
        for word in _WORD.findall(text)
        if len(word) >= _SHORTEST
    }

    def corrected(match: re.Match[str]) -> str:
        word = plain_letters(match[0])
        # Few mistype the first letter, and to compare all words takes long.
        near = [each for each in known if each[0] == word[0] and each != word]
        if len(word) < _SHORTEST or word in known:
            return match[0]
        like = get_close_matches(word, near, n=1, cutoff=_LIKENESS)
        return known[like[0]].lower() if like else match[0]

    better = _WORD.sub(corrected, question)
    return "" if better == question else better
