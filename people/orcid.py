"""ORCID iDs, by which researchers are told apart."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

ORCID = "https://orcid.org/"
_WRITTEN = re.compile(r"([0-9]{4}-){3}[0-9]{3}[0-9X]")


def validate_orcid(value: str) -> None:
    """Refuse what is no ORCID iD, or has a digit wrong (ISO 7064, mod 11-2)."""
    if not _WRITTEN.fullmatch(value):
        raise ValidationError(
            _(
                "Type the sixteen digits in groups of four with hyphens, such as "
                "0000-0002-1825-0097, without the address before them."
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
