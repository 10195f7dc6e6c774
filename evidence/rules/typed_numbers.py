"""Publishing rule for numbers that are typed where a citation should stand."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.publishing.gate import Level, Problem, register
from core.publishing.rules.findings import by_block, problem_of, quoted, rich_texts
from core.text.plain_text import plain
from evidence.rules.cited import cited

_DASHES = "–-"  # noqa: RUF001  a dash between numbers
_ONE_MORE = rf"\s*[,;{_DASHES}]\s*[1-9]\d{{0,2}}"
_NUMBERS = rf"[1-9]\d{{0,2}}(?:{_ONE_MORE})*"
_RAISED_DIGITS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_RAISE = str.maketrans("0123456789", _RAISED_DIGITS)
_LOWER = str.maketrans(_RAISED_DIGITS, "0123456789")

# “[7]”, “[2-4]”, “[1, p. 4]”.
_IN_BRACKETS = re.compile(rf"\[({_NUMBERS})(?:,\s*[a-z]+\.?\s[^\[\]\n]{{1,60}})?\]")
_IN_PARENTHESES = re.compile(rf"\(({_NUMBERS})\)")
# “trial⁷”, “trial.⁷⁻⁹”; never “⁴He”, “²⁺”.
_RAISED = re.compile(
    rf"([{_RAISED_DIGITS}]{{1,3}}(?:\s?[,;⁻{_DASHES}]\s?[{_RAISED_DIGITS}]{{1,3}})*)"
    rf"(?![{_RAISED_DIGITS}\w+⁺⁻−])"  # noqa: RUF001  a minus
)
# What pasting makes of a raised number: “further.7 The”, “walking7,8”.
_STUCK = re.compile(
    rf"(?<=[^\W\d_]{{4}}[.,;:]){_NUMBERS}(?=\s+[^\W\d_a-z]|\s*$)"
    rf"|(?<=[^\W\d_A-Z]{{4}})[1-9]\d{{0,2}}(?:{_ONE_MORE})+(?=[\s.;:]|$)",
    re.MULTILINE,
)
_SUPERSCRIPT = re.compile(rf"<sup>(?:<[^>]+>)*([\d\s,;{_DASHES}]*\d)(?:<[^>]+>)*</sup>")

# After these stands a range, an age, a count or a part rather than a source.
_OTHER_NUMBERS = re.compile(
    r"(?:[\d%=:)]|\b(?:"
    r"CI|IQR|SD|aged?|ages|fig(?:ure)?\.?|grade|part|phase|range|section|stage|step|"
    r"table|type|article|chapter|class|clause|column|group|item|level|line|no\.?|"
    r"number|option|page|p\.|paragraph|question|row|rule|score|visit|vol\.?|volume|"
    r"alpha|beta|delta|gamma|omega|vitamin|day|dose|hour|minute|month|session|week|"
    r"year|of|is|was|are|were|than|about|nearly|only|total|"
    r"one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|"
    r"fourteen|twenty-eight|ninety))$",
    re.IGNORECASE,
)
# Full stops that end no sentence: “fig.2 shows”.
_ABBREVIATED = re.compile(
    r"\b(?:approx|chap|dept|figs?|nos?|refs?|resp|sect|tabs?|vers?|vols?)\.$",
    re.IGNORECASE,
)
_PEOPLE = (
    r"\b(?:adults|boys|cases|children|controls|girls|men|participants|patients|people|"
    r"placebo|women)"
)
_COUNTED = re.compile(rf"{_PEOPLE}$", re.IGNORECASE)
_COUNTS = re.compile(rf"{_PEOPLE}\s*\(\d", re.IGNORECASE)
_NAMED = re.compile(r"[^\W\d_a-z][\w’'-]*$")  # noqa: RUF001  a capital, as in “Anna”
_FROM_WORDS_ON = re.compile(r"\s+\w")
_UNITS = re.compile(
    r"(?:\b[a-zµμ]?(?:m|g|l|s)|\b\w{1,2}|cal|chi|cos|eta|exp|feet|foot|inch|hour|hr|"
    r"log|met(?:er|re)s?|min|mol|sec|sin|tan|yards?|[^\w\s.,;:!?’”\"\]])$",  # noqa: RUF001
    re.IGNORECASE,
)
_BEFORE = 100  # characters that are looked at for these words
_AROUND = 500  # characters that are looked at for other numbers


@register
class TypedNumber:
    """Warns of typed numbers in place of citations, which lead nowhere."""

    code = "typed-number"
    title = _("Number that looks like a citation")
    level: Level = "warn"

    def problems(self, page: Any) -> Iterator[Problem]:
        listed = len({work.pk for work in cited(page).works.values()})
        typed = [
            (spot, number)
            for spot, source in rich_texts(page)
            for number in typed_numbers(with_raised(source), listed)
        ]
        for spot, found in by_block(typed):
            yield problem_of(
                spot,
                self,
                gettext(
                    "Typed like a citation: {words}. A typed number leads to no entry, "
                    "and stays as it is when the citations are renumbered. Delete it, "
                    "and cite the work with /citation."
                ).format(words=quoted(found)),
            )


def with_raised(source: str) -> str:
    """Return stored rich text as plain text, with raised numbers still raised."""
    return plain(_SUPERSCRIPT.sub(lambda found: found[1].translate(_RAISE), source))


def typed_numbers(text: str, listed: int) -> list[str]:
    """Return the parts of ``text`` that look like citation numbers.

    Args:
        text: Without markup, a paragraph on a line; superscripts as such characters.
        listed: How many works the page's list of references has. A number above it
            may be somebody's age, or count people, and is judged by its neighbours.
    """
    return [
        match[0]
        for pattern, is_one in _KINDS
        for match in pattern.finditer(text)
        if (before := _line_before(text, match.start()))
        and is_one(match, before, listed)
    ]


def numbers_in(typed: str) -> set[int]:
    """Return the numbers that a typed citation stands for: 2, 3 and 4 for “[2-4]”."""
    words = re.sub(r"⁻", "-", typed).translate(_LOWER)
    numbers: set[int] = set()
    for first, last in re.findall(rf"(\d+)(?:\s*[{_DASHES}]\s*(\d+))?", words):
        numbers.update(range(int(first), min(int(last or first), 999) + 1))
    return numbers


def _line_before(text: str, start: int) -> str:
    before = text[max(0, start - _BEFORE) : start]
    return before.rpartition("\n")[2].rstrip()


def _rest_of_line(match: re.Match[str]) -> str:
    return match.string[match.end() : match.end() + _AROUND].partition("\n")[0]


def _line_of(match: re.Match[str]) -> str:
    before = match.string[max(0, match.start() - _AROUND) : match.start()]
    return before.rpartition("\n")[2] + match[0] + _rest_of_line(match)


def _bracketed(match: re.Match[str], before: str, listed: int) -> bool:
    return not _OTHER_NUMBERS.search(before)


def _parenthesised(match: re.Match[str], before: str, listed: int) -> bool:
    if _OTHER_NUMBERS.search(before):
        return False
    # “f(2)”, “CD(4)”: part of a name.
    if match.string[match.start() - 1].isupper() or re.search(r"\b\w$", before):
        return False
    numbers, line = numbers_in(match[1]), _line_of(match)
    runs_on = bool(_FROM_WORDS_ON.match(_rest_of_line(match)))
    # “There were (1) those who walked, (2) those who ran.”
    others = {int(n) for n in re.findall(r"\((\d{1,3})\)(?=\s+\w)", line)}
    if runs_on and others & {min(numbers) - 1, max(numbers) + 1}:
        return False
    # “Women (12) and men (7) walked.”
    if _COUNTED.search(before) and (runs_on or len(_COUNTS.findall(line)) > 1):
        return False
    # “Anna (34), a teacher”
    return max(numbers) <= listed or not _NAMED.search(before)


def _raised(match: re.Match[str], before: str, listed: int) -> bool:
    if match.string[match.start() - 1].isspace():
        return True
    return not (before[-1].isdigit() or _UNITS.search(before))


def _stuck(match: re.Match[str], before: str, listed: int) -> bool:
    without_stop = before.rstrip(".,;:")
    return not (_ABBREVIATED.search(before) or _OTHER_NUMBERS.search(without_stop))


_KINDS: tuple[
    tuple[re.Pattern[str], Callable[[re.Match[str], str, int], bool]], ...
] = (
    (_IN_BRACKETS, _bracketed),
    (_IN_PARENTHESES, _parenthesised),
    (_RAISED, _raised),
    (_STUCK, _stuck),
)
