"""What the gate asks of words and numbers that only look like citations."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Q
from wagtail.fields import RichTextField
from wagtail.rich_text import RichText

from core.gate import Level, Problem, register
from core.walk import Place, walk
from core.words import plain, words_at, words_of_fields
from evidence.models import Reference
from evidence.rules.cited import Spot, cited, problem_of

# What follows an opening bracket, up to the next one of either kind on its line.
_OPENED = re.compile(r"\[([^\[\]\n]{4,700})(?=[\[\]])")
# A label ends with its year; a comma or the bracket's end follows.
_YEAR = re.compile(r" (?:(\d{4})|n\.d\.)(?=,|$)")

_NUMBERS = r"\d{1,3}(?:\s*[,;–-]\s*\d{1,3})*"  # noqa: RUF001  a dash between numbers
# “[7]”, “[2-4]”, “[1, p. 4]”.
_IN_BRACKETS = re.compile(rf"\[({_NUMBERS})(?:,\s*[a-z]+\.?\s[^\[\]\n]{{1,60}})?\]")
# “(7).”, where a clause ends: “(1) first, (2) second” counts something else.
_IN_PARENTHESES = re.compile(rf"\(({_NUMBERS})\)(?=\s*(?:[.,;:]|\n|$))")
# After these stands a range, an age or a part rather than a source.
_OTHER_NUMBERS = re.compile(
    r"(?:[\d%=:]|\b(?:CI|IQR|SD|aged?|fig(?:ure)?\.?|grade|part|phase|range|section|"
    r"stage|step|table|type))$",
    re.IGNORECASE,
)
_BEFORE = 100  # characters that are looked at for these words
_QUOTED = 3  # a sentence repeats no more of what was found


@register
class StrayCitation:
    """A citation pasted where none can stand leaves its label behind, as plain text."""

    code = "stray-citation"
    title = "Citation left as plain text"
    level: Level = "block"

    def problems(self, page: Any) -> Iterator[Problem]:
        typed = [
            (spot, " ".join(bracket.split()))
            for spot, words in _all_words(page)
            for bracket in _OPENED.findall(words)
        ]
        known = _known({label for _, text in typed for label in _labels(text)})
        stray = [
            (spot, f"[{text}]")
            for spot, text in typed
            if known.intersection(_labels(text))
        ]
        for spot, found in _by_block(stray):
            yield problem_of(
                spot,
                self,
                f"Plain text in place of a citation: {_quoted(found)}. Readers get no "
                "number and no entry in the references. Delete the words, and cite the "
                "work with /citation where the text takes citations.",
            )


@register
class TypedNumber:
    """A number that is typed stays when the citations around it are renumbered."""

    code = "typed-number"
    title = "Number that looks like a citation"
    level: Level = "suggest"

    def problems(self, page: Any) -> Iterator[Problem]:
        listed = len({work.pk for work in cited(page).works.values()})
        typed = [
            (spot, number)
            for spot, text in (_running_text(page) if listed else ())
            for number in typed_numbers(text, listed)
        ]
        for spot, found in _by_block(typed):
            yield problem_of(
                spot,
                self,
                f"Typed like a citation: {_quoted(found)}. A typed number stays as it "
                "is when the citations are renumbered. Delete it, and cite the work "
                "with /citation.",
            )


def typed_numbers(text: str, listed: int) -> list[str]:
    """Return what of ``text`` looks like the number of a citation.

    Args:
        text: Without markup, a paragraph on a line.
        listed: How many works the page's list of references has. In parentheses, only
            their numbers are taken for citations.
    """
    found = []
    for pattern, greatest in ((_IN_BRACKETS, 999), (_IN_PARENTHESES, listed)):
        for match in pattern.finditer(text):
            before = text[max(0, match.start() - _BEFORE) : match.start()]
            before = before.rpartition("\n")[2].rstrip()
            numbers = [int(number) for number in re.findall(r"\d+", match[1])]
            if (
                before
                and not _OTHER_NUMBERS.search(before)
                and all(0 < number <= greatest for number in numbers)
            ):
                found.append(match[0])
    return found


def _all_words(page: Any) -> Iterator[tuple[Spot, str]]:
    yield from words_of_fields(page)
    for place in walk(page):
        yield from ((place, words) for words in words_at(place))


def _running_text(page: Any) -> Iterator[tuple[Spot, str]]:
    for field in page._meta.concrete_fields:
        if isinstance(field, RichTextField):
            yield field.name, plain(getattr(page, field.name))
    for place in walk(page):
        if isinstance(place.value, RichText):
            yield place, plain(place.value.source)


def _labels(text: str) -> list[str]:
    """Return what of a bracket's text could be a work's label: “Petrou 2020”."""
    return [text[: year.end()] for year in _YEAR.finditer(text)]


def _known(labels: set[str]) -> set[str]:
    """Return those of ``labels`` that a work of the library has."""
    if not labels:
        return set()
    years = {year[1] for label in labels for year in _YEAR.finditer(label)}
    of_a_year = Q(issued_year__in=[int(year) for year in years if year])
    asked = of_a_year | Q(issued_year=None) if None in years else of_a_year
    works = Reference.objects.filter(asked).only("authors", "issued_year", "title")
    return labels & {work.short_label for work in works.iterator()}


def _by_block(found: Iterable[tuple[Spot, str]]) -> list[tuple[Spot, list[str]]]:
    """Group what was found by the block or field where an editor looks for it."""
    groups: dict[Any, tuple[Spot, list[str]]] = {}
    for spot, text in found:
        where = (spot.field, spot.position) if isinstance(spot, Place) else spot
        groups.setdefault(where, (spot, []))[1].append(text)
    return list(groups.values())


def _quoted(found: list[str]) -> str:
    quoted = ", ".join(f"“{text}”" for text in dict.fromkeys(found[:_QUOTED]))
    return f"{quoted} …" if len(found) > _QUOTED else quoted
