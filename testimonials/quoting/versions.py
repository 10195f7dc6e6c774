"""Versions of pages that hold words or videos of somebody who is forgotten."""

import json
from collections.abc import Collection, Iterator
from typing import Any

from django.db import models
from django.db.models import Q
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _
from wagtail.models import Revision

from core.blocks.outside_video import identity
from core.persons.mentions import VersionMentions
from core.persons.person import Person, name
from core.persons.registry import Item
from testimonials.models.subject_link import subjects_of

# Where blocks say whose they are.
_VIDEO = "outside_video"
_BLOCKS = {"patient_quote": "subject", _VIDEO: "people"}
_QUOTED = "quoted"  # a kind of name: who is quoted, by primary key


class QuotingVersions(VersionMentions):
    """Versions that nobody sees; of those in use `Quotations` names the page."""

    def __init__(self) -> None:
        super().__init__(
            "quoting_versions", _("Versions with words of theirs"), Revision
        )

    def find(self, person: Person) -> Iterator[Item]:
        return (self._item(row) for row in quoting(person) if not self.is_in_use(row))

    def widen(self, person: Person) -> Person:
        """Add the primary keys, which nothing else tells once the person is gone."""
        names = {name(_QUOTED, str(subject.pk)) for subject in subjects_of(person)}
        return person.widened(Person(frozenset(names)))

    def in_use(self, person: Person) -> set[int]:
        """Return the pages of which a version in use quotes the person."""
        rows = (row for row in quoting(person) if self.is_in_use(row))
        return {int(row.object_id) for row in rows}


def quoting(person: Person) -> Iterator[Revision]:
    """Yield the versions that quote the person."""
    pks = {str(subject.pk) for subject in subjects_of(person)} | {*person.of(_QUOTED)}
    if not pks:
        return
    texts = Revision.objects.alias(text=Cast("content", models.TextField()))
    holds = Q(*(("text__contains", block) for block in _BLOCKS), _connector=Q.OR)
    rows = texts.filter(holds)
    # Who is in a video may have been said later than it was shown.
    videos = {
        identity(value)
        for row in rows.filter(text__contains=_VIDEO).iterator()
        for kind, value in _blocks(row.content)
        if kind == _VIDEO and _quotes(kind, value, pks)
    }
    for row in rows.iterator():
        if any(
            _quotes(kind, value, pks) or (kind == _VIDEO and identity(value) in videos)
            for kind, value in _blocks(row.content)
        ):
            yield row


def _quotes(kind: str, value: dict[str, Any], pks: Collection[str]) -> bool:
    return any(pk in pks for pk in _people(value.get(_BLOCKS[kind])))


def _blocks(stored: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the kind and value of each block that says whose it is."""
    if isinstance(stored, str) and any(block in stored for block in _BLOCKS):
        try:
            yield from _blocks(json.loads(stored))
        except ValueError:  # a text
            return
    elif isinstance(stored, list):
        for each in stored:
            yield from _blocks(each)
    elif isinstance(stored, dict):
        kind, value = str(stored.get("type")), stored.get("value")
        if kind in _BLOCKS and isinstance(value, dict):
            yield kind, value
        else:
            yield from _blocks(list(stored.values()))


def _people(chosen: Any) -> Iterator[str]:
    """Yield the primary keys of one person, or of a list of people."""
    for each in chosen if isinstance(chosen, list) else [chosen]:
        yield str(each.get("value") if isinstance(each, dict) else each)
