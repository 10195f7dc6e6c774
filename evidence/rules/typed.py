"""Publishing rule for citation labels in plain text."""

import re
from collections.abc import Iterator
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.publishing.gate import Level, Problem, register
from core.publishing.rules.findings import all_words, by_block, problem_of, quoted
from evidence.models import Reference

# What follows an opening bracket, up to the next one of either kind on its line.
_OPENED = re.compile(r"\[([^\[\]\n]{4,700})(?=[\[\]])")
# A label ends with its year; a comma or the bracket's end follows.
_YEAR = re.compile(r" (?:(\d{4})|n\.d\.)(?=,|$)")


@register
class StrayCitation:
    """Refuses citation labels pasted as plain text."""

    code = "stray-citation"
    title = _("Citation left as plain text")
    level: Level = "block"

    def problems(self, page: Any) -> Iterator[Problem]:
        typed = [
            (spot, " ".join(bracket.split()))
            for spot, words in all_words(page)
            for bracket in _OPENED.findall(words)
        ]
        known = _known({label for _, text in typed for label in _labels(text)})
        stray = [
            (spot, f"[{text}]")
            for spot, text in typed
            if known.intersection(_labels(text))
        ]
        for spot, found in by_block(stray):
            yield problem_of(
                spot,
                self,
                gettext(
                    "Plain text in place of a citation: {words}. Readers get no "
                    "number and no entry in the references. Delete the words, and cite "
                    "the work with /citation where the text takes citations."
                ).format(words=quoted(found)),
            )


def _labels(text: str) -> list[str]:
    """Return the possible work labels in a bracket: “Petrou 2020”."""
    return [text[: year.end()] for year in _YEAR.finditer(text)]


def _known(labels: set[str]) -> set[str]:
    """Return the ``labels`` that belong to works of the library."""
    if not labels:
        return set()
    years = {year[1] for label in labels for year in _YEAR.finditer(label)}
    of_a_year = Q(issued_year__in=[int(year) for year in years if year])
    asked = of_a_year | Q(issued_year=None) if None in years else of_a_year
    works = Reference.objects.filter(asked).only("authors", "issued_year", "title")
    return labels & {work.short_label for work in works.iterator()}
