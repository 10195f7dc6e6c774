"""The countries of the world, by their codes."""

import unicodedata
from functools import cache
from pathlib import Path

from django.utils.translation import get_language

# ISO 3166 codes with their usual English names, from the tz database (public domain),
# and beside it the names in other languages, for those that there are.
_TABLES = Path(__file__).parent / "data"
_ENGLISH = "iso3166.tab"


def countries() -> dict[str, str]:
    """Return names by code, in the order of the names, in the language in use."""
    language = (get_language() or "").partition("-")[0]
    return _countries(f"iso3166.{language}.tab")


def country_code(text: str) -> str:
    """Return the code of a country, by its code or its name in any language; or ""."""
    return _codes().get(" ".join(text.split()).casefold(), "")


@cache
def _countries(name: str) -> dict[str, str]:
    table = _TABLES / name
    if not table.exists():
        table = _TABLES / _ENGLISH
    lines = table.read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return dict(sorted(rows, key=lambda row: _in_order(row[1])))


@cache
def _codes() -> dict[str, str]:
    codes: dict[str, str] = {}
    for table in _TABLES.glob("iso3166*.tab"):
        for code, name in _countries(table.name).items():
            codes |= {code.casefold(): code, name.casefold(): code}
    return codes


def _in_order(name: str) -> str:
    """Return what a name is sorted by: Österreich stands among names with O."""
    apart = unicodedata.normalize("NFKD", name.casefold())
    return "".join(sign for sign in apart if not unicodedata.combining(sign))
