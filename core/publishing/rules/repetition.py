"""Publishing rule for a standfirst that the text says again."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.rich_text import RichText

from core.prefetch.walk import Place, walk
from core.publishing.gate import Level, Problem, register
from core.publishing.rules import problem_at
from core.text.plain_text import plain

# From this length on, texts are the same that differ in a word or two.
_MANY_WORDS = 8
_ALIKE = 0.8


@register
class RepeatedStandfirst:
    """Warns of a first paragraph that repeats the standfirst."""

    code = "repeated-standfirst"
    title = _("Standfirst repeated as first paragraph")
    level: Level = "warn"

    def problems(self, page: Any) -> Iterator[Problem]:
        standfirst = getattr(page, "standfirst", "") or ""
        place = _first_paragraph(page) if standfirst.strip() else None
        if place and repeats(plain(place.value.source), standfirst):
            yield problem_at(
                place,
                self,
                gettext(
                    "The text begins with the words of the standfirst, which stand "
                    "right above it. Delete them here, or write another standfirst."
                ),
            )


def _first_paragraph(page: Any) -> Place | None:
    for place in walk(page):
        is_text = place.name == "paragraph" and isinstance(place.value, RichText)
        if is_text and plain(place.value.source).strip():
            return place
    return None


def repeats(paragraph: str, standfirst: str) -> bool:
    """Return whether ``paragraph`` begins with nearly the words of ``standfirst``."""
    wanted = _words(standfirst)
    # A word or two more, for what was put in.
    begun = _words(paragraph[: 2 * len(standfirst) + 80])[: len(wanted)]
    if not wanted or len(begun) < len(wanted) * _ALIKE:
        return False
    if begun == wanted:
        return True
    if len(wanted) < _MANY_WORDS:
        return False
    return SequenceMatcher(None, begun, wanted, autojunk=False).ratio() >= _ALIKE


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.casefold())
