"""The results of reading a file: drafts of references, and refusals."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evidence.formats.text import flat, plain
from evidence.library import identifiers, names
from evidence.library.completing import FIELDS
from evidence.library.doi_in_text import doi_of
from evidence.models import TO_BE_COMPLETED, Reference
from evidence.vocabulary import Status

# Of more authors than these the rest is “and others”.
AUTHORS_KEPT = 500
NOTES_KEPT = 20

# Text is cut when it is too long: the beginning is still worth having. Half a number
# or address leads nowhere, so these are left out.
_CUT = ("title", "container_title", "publisher", "population", "funding")
_LEFT_OUT = ("volume", "issue", "page", "number")
_CHOICES = ("csl_type", "study_design", "species", "finding", "status")
_DATES = ("issued_year", "issued_month", "issued_day", "accessed")

_DOI = re.compile(r"10\.\d{4,9}/\S+")
_SHORT_DOI = re.compile(
    r"(?:doi\s*:\s*|https?://(?:dx\.)?doi\.org/)?(10/[a-z0-9]{2,12})", re.IGNORECASE
)
_PARTED = re.compile(r"[\s,;|]+(?=https?://)|\s+", re.IGNORECASE)
# What comes along with a number copied from a page: soft hyphens, spaces of no width.
INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
# How publishers and registers mark the title of a work that was taken back.
_RETRACTED = re.compile(
    r"[\[(]?retracted(?: (?:article|paper|publication))?(?::|\]|\))", re.IGNORECASE
)
_address = URLValidator(schemes=["http", "https"])


@dataclass
class Draft:
    """A record that can be stored.

    Attributes:
        line: Where it begins in the file, from 1.
        fields: Values of fields of `Reference`; what the file does not say is absent.
        notes: What of the record could not be kept, in sentences.
        typed: The words of the file, where it is a list of entries as people type them.
    """

    line: int
    fields: dict[str, Any]
    notes: list[str] = field(default_factory=list)
    typed: str = ""


@dataclass
class Refusal:
    """A record, or part of a file, that is refused, with advice and its words."""

    line: int
    reason: str
    typed: str = ""


Found = Draft | Refusal


def draft(
    line: int,
    raw: Mapping[str, Any],
    notes: Iterable[str] = (),
    *,
    verbatim: bool = False,
) -> Found:
    """Make a draft of the fields read from a file.

    Args:
        line: Where it begins.
        raw: By field of `Reference`, what the file says. ``authors`` are CSL names.
        notes: What could not be kept so far.
        verbatim: Whether this library has written the file, so that what looks like
            markup is none.
    """
    read = _Reading(list(filter(None, notes)), plain if verbatim else flat, verbatim)
    values = _with_address(
        {name: value for name, value in raw.items() if value not in (None, "")}
    )
    fields: dict[str, Any] = {}
    for name in FIELDS:
        if name in values:
            kept = read.value(name, values[name])
            if kept not in (None, "", []):
                fields[name] = kept
    if len(values.get("authors", ())) > AUTHORS_KEPT:
        read.notes.append(
            ngettext(
                "Only the first {count} author is kept.",
                "Only the first {count} authors are kept.",
                AUTHORS_KEPT,
            ).format(count=AUTHORS_KEPT)
        )
        fields["more_authors"] = True
    if not verbatim and identifiers.doi(fields.get("url", "")) == fields.get("doi"):
        fields.pop("url", None)  # the DOI says the same
    if not verbatim and _RETRACTED.match(fields.get("title", "")):
        fields["status"] = Status.RETRACTED
    if "title" not in fields:
        known = _known_by(fields)
        if not known:
            return Refusal(
                line,
                _("It has no title. Add one in the file, or enter the work by hand."),
            )
        fields["title"] = f"{TO_BE_COMPLETED}{known}"
    if (more := len(read.notes) - NOTES_KEPT) > 0:
        read.notes[NOTES_KEPT:] = [
            ngettext(
                "And {count} more of this kind.",
                "And {count} more of this kind.",
                more,
            ).format(count=f"{more:,}")
        ]
    return _checked(Draft(line, fields, read.notes))


def _known_by(fields: Mapping[str, Any]) -> str:
    """Return the number that a work without a title is called by, "" for none."""
    if not fields.get("doi") and fields.get("pmid"):
        return f"PMID {fields['pmid']}"
    return str(fields.get("doi") or fields.get("pmcid", ""))


def _with_address(values: dict[str, Any]) -> dict[str, Any]:
    """Return values in which a short DOI, which leads to one, is an address."""
    if short := _SHORT_DOI.fullmatch(str(values.get("doi", "")).strip()):
        del values["doi"]
        values["url"] = f"https://doi.org/{short[1]} {values.get('url', '')}"
    return values


def _checked(draft: Draft) -> Found:
    """Refuse what the form would refuse: imports have no other way in."""
    work = Reference(**draft.fields)
    try:
        work.clean_fields()
        work.clean()
    except ValidationError as error:
        named = "; ".join(
            f"{field.replace('_', ' ')}: {' '.join(messages)}"
            for field, messages in error.message_dict.items()
        )
        what_to_do = _("Correct it in the file.")
        return Refusal(draft.line, f"{named} {what_to_do}")
    return draft


@dataclass
class _Reading:
    """Reads values one by one, and notes omissions."""

    notes: list[str]
    clean: Any
    verbatim: bool

    def value(self, name: str, value: Any) -> Any:
        if name == "authors":
            return list(filter(None, map(self._name, value[:AUTHORS_KEPT])))
        if name in _DATES or name == "more_authors":
            return value
        if name == "sample_size":
            return self._sample_size(value)
        if not isinstance(value, str | int | float):
            return self._omit(name, _("something that is not text"))
        if name in _CHOICES:
            return self._choice(name, str(value))
        if name in ("doi", "pmid", "pmcid", "url"):
            text = value if self.verbatim else INVISIBLE.sub("", str(value))
            return getattr(self, f"_{name}")(plain(str(text)))
        return self._text(name, self.clean(str(value)))

    def _text(self, name: str, text: str) -> str | None:
        longest = _field(name).max_length or 0
        if len(text) <= longest:
            return text
        if name in _LEFT_OUT:
            return self._omit(name, text)
        label = _field(name).verbose_name
        self.notes.append(
            ngettext(
                "The {field} is longer than {count} character and cut.",
                "The {field} is longer than {count} characters and cut.",
                longest,
            ).format(field=label, count=longest)
        )
        return text[: longest - 1].rstrip() + "…"

    def _choice(self, name: str, value: str) -> str | None:
        known = {choice for choice, _ in _field(name).flatchoices}
        return value if value in known else self._omit(name, value)

    def _sample_size(self, value: Any) -> int | None:
        text = re.sub(r"[\s,'_]", "", str(value))
        if re.fullmatch(r"[0-9]{1,9}", text):
            return int(text)
        return self._omit("sample_size", str(value))

    def _doi(self, text: str) -> str | None:
        found = _DOI.search(text) if self.verbatim else None
        doi = found[0].lower() if found else doi_of(text)
        return doi if doi and len(doi) <= 255 else self._omit("doi", text)

    def _pmid(self, text: str) -> str | None:
        pmid = identifiers.pmid(text)
        return pmid if identifiers.is_pmid(pmid) else self._omit("pmid", text)

    def _pmcid(self, text: str) -> str | None:
        pmcid = identifiers.pmcid(re.sub(r"\.\d+$", "", text))
        return pmcid if identifiers.is_pmcid(pmcid) else self._omit("pmcid", text)

    def _url(self, text: str) -> str | None:
        """Return the first address, and note the others."""
        kept = ""
        for address in [text] if self.verbatim else _PARTED.split(text.strip()):
            if not self._is_address(address):
                self._omit("url", address)
            elif kept:
                sentence = _("Only one address is kept; “{address}” is left out.")
                self.notes.append(sentence.format(address=plain(address[:200])))
            else:
                kept = address
        return kept

    def _is_address(self, text: str) -> bool:
        try:
            _address(text)
        except ValidationError:
            return False
        return len(text) <= (_field("url").max_length or 0)

    def _name(self, name: Any) -> dict[str, str] | None:
        if not isinstance(name, dict):
            return self._omit("authors", str(name))
        parts = {
            part: self.clean(str(value))[:300]
            for part, value in name.items()
            if part in names.PARTS and isinstance(value, str | int)
        }
        parts = {part: value for part, value in parts.items() if value}
        if "literal" in parts:
            parts = {"literal": parts["literal"]}
        elif "family" not in parts and "given" in parts:
            parts = {"literal": parts["given"]}
        return parts if names.is_name(parts) else self._omit("authors", str(name))

    def _omit(self, name: str, value: str) -> Any:
        shown = value if len(value) <= 60 else f"{value[:60]}…"
        self.notes.append(
            _("{field}: “{value}” cannot be used; left out.").format(
                field=_label(name), value=plain(shown)
            )
        )


def _field(name: str) -> models.Field[Any, Any]:
    found = Reference._meta.get_field(name)
    assert isinstance(found, models.Field)  # noqa: S101  (none of ours is a relation)
    return found


def _label(name: str) -> str:
    label = str(_field(name).verbose_name)
    return label[:1].upper() + label[1:]
