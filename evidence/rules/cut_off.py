"""Publishing rule for records of works that end in the middle."""

import re
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.publishing.gate import Level, Problem, register
from core.publishing.rules.findings import problem_of
from evidence.library import names
from evidence.models import TO_BE_COMPLETED, Reference
from evidence.rules.cited import cited

# What no title ends with. Prepositions are left out: “The world we live in”.
_GOES_ON = re.compile(
    r"(?:[,;:&(\[{–-]|\.\.\.|…|"  # noqa: RUF001  a dash
    r"\b(?:and|or|nor|but|the|an|of|than|versus|vs\.?|et|und|oder|ou|AND|THE|OF))$"
)
# “An, Jung” and “Or, Dana” are people.
_NO_AUTHOR = re.compile(r"[,;:&(\[…-]$|^\W*$|^(?:and|et|und|et al\.?)$")
_OPENING = {"(": ")", "[": "]"}
_IDENTIFIER_GOES_ON = re.compile(r"[-/.,;:(<\[_]$")
_FIELDS = ("title", "container_title", "publisher", "population", "funding")
_IDENTIFIERS = ("doi", "url")
_SHOWN = 60  # characters of what is cut off


def is_cut_off(words: str) -> bool:
    """Return whether ``words`` end in the middle of a sentence or bracket."""
    words = words.strip()
    return bool(words) and (bool(_GOES_ON.search(words)) or _is_open(words))


def is_identifier_cut_off(text: str) -> bool:
    """Return whether a DOI or an address ends where another sign must follow.

    An address may end in a slash.
    """
    text = text.strip()
    ending = text.rstrip("/") if "://" in text else text
    return bool(_IDENTIFIER_GOES_ON.search(ending)) or _is_open(text)


def end_of(words: str) -> str:
    """Return the last words of a long text, else all."""
    return f"…{words[-_SHOWN:]}" if len(words) > _SHOWN else words


def _is_open(words: str) -> bool:
    """Return whether the last bracket that was opened is never closed."""
    return any(
        words.count(opening) > words.count(closing)
        and words.rfind(opening) > words.rfind(closing)
        for opening, closing in _OPENING.items()
    )


def cut_off_part(work: Reference) -> str:
    """Return the first part of a record that ends in the middle, "" for none."""
    for name in _FIELDS:
        value = getattr(work, name)
        if not value.startswith(TO_BE_COMPLETED) and is_cut_off(value):
            return value
    for author in work.authors:
        name = names.family_name(author)
        if _NO_AUTHOR.search(name) or (" " in name and is_cut_off(name)):
            return name
    for name in _IDENTIFIERS:
        if is_identifier_cut_off(getattr(work, name)):
            return str(getattr(work, name))
    # “3574-” of “3574-3588”.
    return work.page if re.search(r"[-–,(]$", work.page) else ""  # noqa: RUF001


@register
class CutOffReference:
    """Warns of cited works whose record ends in the middle."""

    code = "cut-off-reference"
    title = _("Cited work whose record ends in the middle")
    level: Level = "warn"

    def problems(self, page: Any) -> Iterator[Problem]:
        for spot, work in cited(page).first_spots():
            if part := cut_off_part(work):
                yield problem_of(
                    spot,
                    self,
                    gettext(
                        "The record of “{work}”, which is cited here, seems to be cut "
                        "off: “{part}”. Complete it under References."
                    ).format(work=work.short_label, part=end_of(part)),
                    about=f"{work.pk}: {part}",
                )
