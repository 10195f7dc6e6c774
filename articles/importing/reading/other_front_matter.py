"""Front matter that is no YAML: TOML between ``+++``, JSON in braces, plain lines."""

import json
import re
import tomllib
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from articles.importing.reading.sources import Refused
from evidence.formats.text import UNFIT

LARGEST = 64 * 1024  # characters
_DEEPEST = 20
_TOML = re.compile(
    r"\A\s*?\+\+\+[ \t]*\n(.*?)^\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE
)
_TOML_BEGINS = re.compile(r"\A\s*?\+\+\+[ \t]*\n")
_TOML_KEY = re.compile(r"^[ \t]*[\"']?([\w-]+)[\"']?[ \t]*=", re.MULTILINE)
_AT_LINE = re.compile(r"\(at line (\d+)")
_JSON_BEGINS = re.compile(r"\A\s*\{\s*\"")
_LINE = re.compile(r"([A-Za-z][\w -]{1,30}):[ \t]+(\S.*)")
# Of plain lines, one of these must be the first, or prose might be taken for them.
_FIRST = frozenset({"title", "date", "author", "slug", "category", "tags", "summary"})


class Found(NamedTuple):
    """Front matter, as `front_matter.FrontMatter`."""

    values: dict[str, Any]
    lines: dict[str, int]
    rest: str
    length: int


def read(text: str) -> Found | None:
    """Return the front matter of another kind than YAML, None where there is none.

    Raises:
        Refused: It cannot be read.
    """
    if _TOML_BEGINS.match(text):
        return _toml(text)
    if _JSON_BEGINS.match(text):
        return _json(text)
    return _plain(text)


def _toml(text: str) -> Found:
    match = _TOML.match(text)
    if not match:
        raise Refused(
            _("Its front matter has no end. Write +++ into a line behind it.")
        )
    _refuse_larger(match[1])
    before = text.count("\n", 0, match.start(1))
    try:
        values = tomllib.loads(match[1])
    except (tomllib.TOMLDecodeError, ValueError, RecursionError) as error:
        at = _AT_LINE.search(str(error))
        raise Refused(
            _(
                "Line {line}: the front matter is not TOML ({problem}). Text stands in "
                "quotation marks there."
            ).format(line=int(at[1]) + before if at else 1, problem=str(error)[:120])
        ) from None
    lines: dict[str, int] = {}
    for key in _TOML_KEY.finditer(match[1]):
        lines.setdefault(key[1], match[1].count("\n", 0, key.start()) + before + 1)
    rest, length = text[match.end() :], match[0].count("\n")
    return Found(_texts(_flat(values)), lines, rest, length)


def _flat(values: dict[str, Any]) -> dict[str, Any]:
    """Return values with those of the tables ``params`` and ``extra`` among them."""
    flat = {key: value for key, value in values.items() if key not in _TABLES}
    for name in _TABLES:
        if isinstance(inner := values.get(name), dict):
            flat = {**inner, **flat}
    taxonomies = flat.pop("taxonomies", None)
    return {**taxonomies, **flat} if isinstance(taxonomies, dict) else flat


_TABLES = ("params", "extra")


def _json(text: str) -> Found | None:
    begins = text.index("{")
    try:
        values, end = json.JSONDecoder().raw_decode(text, begins)
    except (ValueError, RecursionError):
        raise Refused(
            _(
                "The front matter is not JSON that can be read. Often a comma or a "
                "quotation mark is missing."
            )
        ) from None
    _refuse_larger(text[begins:end])
    newline = text.find("\n", end)
    end = len(text) if newline < 0 else newline + 1
    return Found(_texts(values), {}, text[end:], text.count("\n", 0, end))


def _plain(text: str) -> Found | None:
    """Return lines such as “Title: Walking again” before the first blank one."""
    head, blank, _rest = text[:LARGEST].partition("\n\n")
    found = [_LINE.fullmatch(line) for line in head.split("\n")]
    matched = [each for each in found if each]
    keys = [each[1].casefold() for each in matched]
    if not blank or len(matched) < len(found) or keys[0] not in _FIRST:
        return None
    if "title" not in keys:
        return None
    values = {each[1]: each[2].strip() for each in matched}
    lines = {each[1]: number for number, each in enumerate(matched, start=1)}
    return Found(values, lines, text[len(head) + 2 :], head.count("\n") + 2)


def _refuse_larger(text: str) -> None:
    if len(text) > LARGEST:
        raise Refused(_("Its front matter is larger than an article's may be (64 KB)."))


def _texts(value: Any, depth: int = 0) -> Any:
    """Return values as YAML is read here: everything is text, in lists and mappings."""
    if depth > _DEEPEST:
        raise Refused(_("The front matter is nested too deep. Make it flatter."))
    if isinstance(value, dict):
        return {str(key): _texts(each, depth + 1) for key, each in value.items()}
    if isinstance(value, list):
        return [_texts(each, depth + 1) for each in value]
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else UNFIT.sub("", str(value))
