"""ORCID iDs, by which researchers are told apart."""

import re
import unicodedata
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    _CharField = models.CharField[str, str]
else:
    _CharField = models.CharField

ORCID = "https://orcid.org/"
_WRITTEN = re.compile(r"([0-9]{4}-){3}[0-9]{3}[0-9X]")
_BEFORE = re.compile(
    r"(orcid(\s*id)?\s*:)?\s*((https?://)?(www\.)?orcid\.org/)?", re.IGNORECASE
)
_BEHIND = re.compile(r"[?#]")
_UNSEEN = re.compile(r"[\u00ad\u200b\u2060\ufeff]+")
# What iDs are grouped with in texts from elsewhere.
_BETWEEN = re.compile(r"[\s\u2010-\u2015\u2212\ufe58-]+")
_DIGITS = re.compile(r"[0-9]{15}[0-9X]")


def as_written(text: str) -> str:
    """Return an iD in its groups of four, however pasted; what is none as it is.

    As its address, behind “ORCID iD:”, in lower case, with dashes or spaces of any
    kind, or without any.
    """
    plain = _UNSEEN.sub("", unicodedata.normalize("NFKC", text))
    written = _BEFORE.sub("", _BEHIND.split(plain, maxsplit=1)[0].strip(), count=1)
    digits = _BETWEEN.sub("", written).rstrip("/").upper()
    if not _DIGITS.fullmatch(digits):
        return text.strip()
    return "-".join(digits[start : start + 4] for start in range(0, 16, 4))


def validate_orcid(value: str) -> None:
    """Refuse what is no ORCID iD, or has a digit wrong (ISO 7064, mod 11-2)."""
    if not _WRITTEN.fullmatch(value):
        raise ValidationError(
            _(
                "Type the sixteen digits, such as 0000-0002-1825-0097, or the address "
                "on orcid.org that ends with them."
            )
        )
    digits = value.replace("-", "")
    total = 0
    for digit in digits[:-1]:
        total = (total + int(digit)) * 2
    remainder = (12 - total % 11) % 11
    if digits[-1] != ("X" if remainder == 10 else str(remainder)):
        raise ValidationError(
            _(
                "This is no ORCID iD: the last digit does not follow from the others. "
                "Compare it with the one on orcid.org, digit by digit."
            )
        )


class OrcidField(_CharField):
    """An ORCID iD, which is kept in its groups of four however it was pasted."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Of a wrong length `validate_orcid` tells, in one sentence.
        self.validators = [
            each for each in self.validators if not isinstance(each, MaxLengthValidator)
        ]

    def deconstruct(self) -> Any:
        """Stand in migrations as the field that the database has."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return as_written(text) if text else text

    def formfield(self, **kwargs: Any) -> Any:
        """Take an address, too, which is longer than what is kept of it."""
        return super().formfield(**{"max_length": None, **kwargs})
