"""Publishing rule for a person's name that is spelled in two ways on a page."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from core.prefetch.walk import walk
from core.publishing.gate import Level, Problem, register
from core.publishing.rules.completeness import child_rows
from core.publishing.rules.findings import problem_of
from evidence.rules.adjustable import Adjustable
from evidence.rules.sentences import as_read, sentences
from people.models import PersonPage

_WORD = r"[A-ZÀ-ÖØ-Þ][\w'\u2019-]{1,40}"
_HONORIFIC = (
    r"(?:(?:Doctor|Dr|Professor|Prof|Mr|Mrs|Ms|Miss|Dame|Sir|Sister|Nurse)\.?"
    r"(?: med\.)?)"
)
_PARTICLES = r"(?: (?:al|bin|da|de|del|den|der|di|la|le|van|von))*"
_FULL = re.compile(
    rf"\b(?:{_WORD}|[A-Z]\.)(?: [A-Z]\.)?{_PARTICLES} {_WORD}(?: {_WORD})?"
)
_TITLED = re.compile(rf"\b{_HONORIFIC} {_FULL.pattern[2:]}")
_ADDRESSED = re.compile(rf"\b{_HONORIFIC} (?:{_HONORIFIC} )?({_WORD})\b(?! {_WORD})")
_TITLE = re.compile(rf"^(?:{_HONORIFIC}\s+)+")
_NAMED = {"speaker", "author"}  # parts of blocks that hold somebody's name
_LONG = 8  # letters, from which on two slips are one name


class Name(NamedTuple):
    """A name as printed; without a first part where only the family name is."""

    printed: str
    given: str
    family: str


def name_of(text: str) -> Name | None:
    """Return a full name, without titles and what belongs to somebody (“'s”)."""
    bare = re.sub(
        r"['\u2019]s$", "", _TITLE.sub("", as_read(text).strip()).split(",")[0].strip()
    )
    parts = bare.split()
    return Name(bare, parts[0], parts[-1]) if len(parts) > 1 else None


def is_spelled_differently(one: Name, other: Name) -> bool:
    """Return whether two names are one person's, one of them with a slip."""
    if not (one.given and other.given):
        return _is_slip(one.family, other.family, shortest=5)
    if one.family.casefold() == other.family.casefold():
        return _is_slip(one.given, other.given, shortest=5)
    if one.given.casefold() == other.given.casefold():
        return _is_slip(one.family, other.family, shortest=4)
    return _is_initial_of(one.given, other.given) and _is_slip(
        one.family, other.family, shortest=5
    )


@register
class NameSpelling(Adjustable):
    """Suggests to look at names that differ in a letter from one that is known here."""

    code = "name-spelling"
    title = _("Name spelled in two ways")
    level: Level = "suggest"
    setting = "name_spelling"

    def problems(self, page: Any) -> Iterator[Problem]:
        known = _known(page)
        spelled = {name.printed for name in known}
        told = set()
        for each in sentences(page):
            for name in _names_in(each.text):
                # A name that is known as it stands is its own.
                if name.printed in spelled or any(
                    name.family == one.family and not name.given for one in known
                ):
                    continue
                meant = next(
                    (k for k in known if is_spelled_differently(name, k)), None
                )
                if meant and (each.block, name.printed) not in told:
                    told.add((each.block, name.printed))
                    sentence = gettext(
                        "“{name}” is spelled “{other}” elsewhere on this page. If that "
                        "is one person, spell the name one way."
                    ).format(name=name.printed, other=meant.printed)
                    yield problem_of(each.spot, self, sentence)


def _known(page: Any) -> list[Name]:
    """Return the names of people from profiles and fields, and those with a title.

    Of what is only typed into a text the first spelling is taken, and none that is a
    slip of a name from a profile or field.
    """
    known = list(filter(None, map(name_of, [*_in_rows(page), *_in_blocks(page)])))
    for each in sentences(page):
        for match in _TITLED.finditer(each.text):
            name = name_of(match[0])
            if name and not any(is_spelled_differently(name, one) for one in known):
                known.append(name)
    return known


def _in_rows(page: Any) -> Iterator[str]:
    people = []
    for rows in child_rows(page).values():
        for row in rows:
            if pk := getattr(row, "person_id", None):
                people.append(pk)
            elif hasattr(row, "person_id"):
                yield getattr(row, "name", "") or ""
    if people:
        found = PersonPage.objects.filter(pk__in=people)
        yield from found.values_list("title", flat=True)


def _in_blocks(page: Any) -> Iterator[str]:
    for place in walk(page):
        if isinstance(place.value, Page) and isinstance(place.value, PersonPage):
            yield place.value.title
        elif place.name in _NAMED and isinstance(place.value, str):
            yield place.value


def _names_in(text: str) -> Iterable[Name]:
    for match in _FULL.finditer(text):
        if name := name_of(match[0]):
            yield name
        # “Ask Ada Berg”: a sentence begins with a capital letter, too.
        if not match.start() and (rest := name_of(match[0].partition(" ")[2])):
            yield rest
    for match in _ADDRESSED.finditer(text):
        family = re.sub(r"['\u2019]s$", "", match[1])
        yield Name(match[0], "", family)


def _is_slip(one: str, other: str, shortest: int) -> bool:
    """Return whether two words differ by an accent or a slip of the keyboard."""
    one, other = one.casefold(), other.casefold()
    if one == other:
        return False
    if _bare(one) == _bare(other):
        return True
    if min(len(one), len(other)) < shortest:
        return False
    return _distance(one, other) <= (2 if min(len(one), len(other)) >= _LONG else 1)


def _is_initial_of(one: str, other: str) -> bool:
    """Return whether one of two first names is the initial of the other."""
    short, long = sorted((one, other), key=len)
    return len(short) == 2 and short.endswith(".") and long.startswith(short[0])


def _bare(word: str) -> str:
    """Return a word without accents, in the spelling of telegrams: “Mueller”."""
    for sign, written in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ø", "oe")):
        word = word.replace(sign, written)
    parts = unicodedata.normalize("NFD", word)
    return "".join(sign for sign in parts if not unicodedata.combining(sign))


def _distance(one: str, other: str) -> int:
    """Return how many letters are put in, left out, changed or swapped."""
    if abs(len(one) - len(other)) > 2:
        return 3
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(one, start=1):
        current = [row]
        for column, wanted in enumerate(other, start=1):
            cost = last[column - 1] + (letter != wanted)
            cost = min(cost, last[column] + 1, current[column - 1] + 1)
            swapped = (one[row - 2], letter) == (wanted, other[column - 2])
            if before and column > 1 and swapped:
                cost = min(cost, before[column - 2] + 1)
            current.append(cost)
        before, last = last, current
    return last[-1]
