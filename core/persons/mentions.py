"""Texts that name somebody where they should not: versions, logs, tasks, searches."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_tasks_db.models import DBTaskResult
from wagtail.contrib.redirects.models import Redirect
from wagtail.contrib.search_promotions.models import Query
from wagtail.models import (
    ModelLogEntry,
    Page,
    PageLogEntry,
    Revision,
    TaskState,
)

from core.models.assignments import Assignment
from core.models.chained_log import ChainedLogEntry
from core.persons.person import PAGE, Person
from core.persons.registry import Item, PersonalData, Record, row_of
from core.text.wording import Wording
from seo.models import NotFoundAddress

_ROWS = 100  # at a time: a version may be large


class Mentions(PersonalData):
    """Rows of one model of which a column has a word of the person in it."""

    comes_last = True

    def __init__(
        self, code: str, name: str | Promise, model: type[models.Model], *columns: str
    ) -> None:
        self.code, self.name = code, name
        self.model, self.columns = model, columns

    def find(self, person: Person) -> Iterator[Item]:
        for row in mentioning(self.model, self.columns, person):
            yield self._item(row)

    def _item(self, row: Any) -> Item:
        label = f"{row._meta.verbose_name} {row.pk}"
        return Item(str(row.pk), label)

    def export(self, item: Item) -> Record:
        # What others have written about other things, too, is theirs.
        return Record(item.label, [])

    def erase(self, item: Item) -> bool:
        row = row_of(self.model, item)
        if row is None:
            return False
        self._forget(row)
        return True

    def _forget(self, row: Any) -> None:
        row.delete()


class AddressMentions(Mentions):
    """Addresses, in which the parts of a name stand with hyphens between them."""

    def find(self, person: Person) -> Iterator[Item]:
        written = frozenset("-".join(word.split()) for word in person.telling_words)
        yield from super().find(person.widened(Person(frozenset(), written)))


class LogMentions(Mentions):
    """What an entry says goes; who did what, and when, stays."""

    def _forget(self, row: Any) -> None:
        rows: Any = type(row).objects.filter(pk=row.pk)
        if isinstance(row, ChainedLogEntry):
            rows.erase_words()
        else:
            rows.update(label="", data={})


class NoteMentions(Mentions):
    """The note goes; what it was written about stays."""

    instead = ""

    def _forget(self, row: Any) -> None:
        notes = dict.fromkeys(self.columns, self.instead)
        self.model._base_manager.filter(pk=row.pk).update(**notes)


class VersionMentions(Mentions):
    """Versions that nobody sees go; the latest and the published one are not ours."""

    def find(self, person: Person) -> Iterator[Item]:
        # Pages that go as a whole need no hand.
        going = set(person.of(PAGE))
        for row in mentioning(self.model, self.columns, person):
            if not (row.object_id in going and _is_of_a_page(row)):
                yield self._item(row)

    def _item(self, row: Revision) -> Item:
        label = gettext("Version {number}").format(number=row.pk)
        if not self.is_in_use(row):
            return Item(str(row.pk), label)
        url = reverse("wagtailadmin_pages:edit", args=[row.object_id])
        by_hand = gettext("This text names the person. Take the name out and publish.")
        return Item(
            str(row.pk), label, url=url if _is_of_a_page(row) else "", by_hand=by_hand
        )

    def erase(self, item: Item) -> bool:
        row = row_of(Revision, item)
        # Somebody may have taken it up again meanwhile.
        return row is not None and not self.is_in_use(row) and super().erase(item)

    def is_in_use(self, row: Revision) -> bool:
        owner: Any = row.base_content_type.model_class()
        in_use = Q(latest_revision=row) | Q(live_revision=row)
        return bool(
            row.approved_go_live_at
            or row.task_states.exists()
            or (owner and _with_versions(owner).filter(in_use).exists())
        )


def mentioning(
    model: type[models.Model], columns: tuple[str, ...], person: Person
) -> Iterator[Any]:
    """Yield the rows of which a column has a word of ``person`` in it."""
    wording = Wording(person.telling_words)
    rows, said = model._base_manager.order_by("pk"), Q(pk__in=[])
    for column in columns:
        rows = rows.annotate(**{f"{column}_text": Cast(column, models.TextField())})
        said |= wording.may_be_in(f"{column}_text")
    for row in rows.filter(said).iterator(chunk_size=_ROWS):
        if wording.is_in(*(getattr(row, column) for column in columns)):
            yield row


def kinds() -> Iterator[Mentions]:
    """Yield what is looked through, after all that is about somebody."""
    yield VersionMentions("versions", _("Versions of texts"), Revision, "content")
    logs = [each for each in apps.get_models() if issubclass(each, ChainedLogEntry)]
    for log in (PageLogEntry, ModelLogEntry, *logs):
        code = log._meta.label_lower
        yield LogMentions(code, _("Words in logs"), log, "label", "data")
    columns = ("args_kwargs", "traceback", "return_value")
    yield Mentions("tasks", _("Tasks"), DBTaskResult, *columns)
    yield Mentions(
        "redirects", _("Old addresses"), Redirect, "old_path", "redirect_link"
    )
    yield AddressMentions(
        "not_found", _("Addresses not found"), NotFoundAddress, "path"
    )
    yield NoteMentions("assignments", _("Notes to editors"), Assignment, "note")
    yield NoteMentions(
        "decisions", _("Words of decisions in workflows"), TaskState, "comment"
    )
    yield Mentions("searches", _("What readers searched for"), Query, "query_string")


def _is_of_a_page(row: Revision) -> bool:
    return row.base_content_type.model_class() is Page


def _with_versions(owner: Any) -> Any:
    return (Page if issubclass(owner, Page) else owner)._base_manager
