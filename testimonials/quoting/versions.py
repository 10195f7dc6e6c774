"""Versions of pages that hold words or videos of somebody who is forgotten."""

import json
from collections.abc import Collection, Iterator
from typing import Any

from django.db import models
from django.db.models import Q
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _
from wagtail.models import Revision

from core.persons.mentions import VersionMentions
from core.persons.person import Person, name
from core.persons.registry import Item
from testimonials.models.subject_link import subjects_of

# Where blocks say whose they are.
_BLOCKS = {"patient_quote": "subject", "outside_video": "people"}
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
    for row in texts.filter(holds).iterator():
        if _quotes(row.content, pks):
            yield row


def _quotes(stored: Any, pks: Collection[str]) -> bool:
    if isinstance(stored, str) and any(block in stored for block in _BLOCKS):
        try:
            return _quotes(json.loads(stored), pks)
        except ValueError:  # a text
            return False
    if isinstance(stored, list):
        return any(_quotes(each, pks) for each in stored)
    if not isinstance(stored, dict):
        return False
    field = _BLOCKS.get(str(stored.get("type")))
    if field and isinstance(stored.get("value"), dict):
        return any(pk in pks for pk in _people(stored["value"].get(field)))
    return any(_quotes(each, pks) for each in stored.values())


def _people(chosen: Any) -> Iterator[str]:
    """Yield the primary keys of one person, or of a list of people."""
    for each in chosen if isinstance(chosen, list) else [chosen]:
        yield str(each.get("value") if isinstance(each, dict) else each)
