"""The rule that required fields and blocks are complete.

A draft may be incomplete. The page form asks for what is missing; the other doors to
publication ask no form, and Wagtail cleans blocks in forms alone.
"""

from collections.abc import Iterator
from threading import RLock
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Field
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy
from modelcluster.models import get_all_child_relations
from wagtail import blocks
from wagtail.models import COMMENTS_RELATION_NAME

from core.prefetch.walk import stream_fields
from core.publishing.gate import Level, Problem, register, shared
from core.publishing.stream_errors import named

# Held while blocks are cleaned. To save a draft, Wagtail makes optional the blocks that
# all threads share: meanwhile another thread would take an empty block for complete,
# and two that did so at once could leave it optional for good.
CLEANING = RLock()

# Where on the page (field, block's position, block's id), where in the words of the
# form, and what is wrong there.
Fault = tuple[tuple[Any, ...], tuple[str, ...], str]


@register
class Incomplete:
    """Refuses empty required fields, which readers would see as “None”."""

    code = "incomplete"
    title = gettext_lazy("Something required is missing or invalid")
    level: Level = "block"

    def problems(self, page: Any) -> Iterator[Problem]:
        faults = [*_in_fields(page), *_in_child_rows(page)]
        with CLEANING:
            faults += _in_streams(page)
        for where, path, message in faults:
            sentence = f"{', '.join(path)}: {message}"
            yield Problem(self.code, self.level, sentence, *where)


def _in_fields(page: Any) -> Iterator[Fault]:
    title, streams = page._meta.get_field("title"), stream_fields(page)
    for field in [title, *page._meta.local_concrete_fields]:
        if field not in streams:
            for message in _of_field(field, page):
                yield (field.name,), (_label(field),), message


@shared
def child_rows(page: Any) -> dict[str, list[Any]]:
    """Return the child rows of ``page`` by the name of their relation."""
    names = (each.get_accessor_name() for each in get_all_child_relations(type(page)))
    return {
        name: list(getattr(page, name).all())
        for name in names
        if name != COMMENTS_RELATION_NAME
    }


def _in_child_rows(page: Any) -> Iterator[Fault]:
    rows = child_rows(page)
    for relation in get_all_child_relations(type(page)):
        name, kind = relation.get_accessor_name(), relation.related_model
        for number, row in enumerate(rows.get(name, ()), start=1):
            path = f"{capfirst(str(kind._meta.verbose_name))} {number}"
            for field in kind._meta.concrete_fields:
                # The page itself may not be stored yet.
                for message in [] if field is relation.field else _of_field(field, row):
                    yield (name,), (path, _label(field)), message


def _of_field(field: Field[Any, Any], record: Any) -> list[str]:
    """Return the errors of a field's value, without a query.

    What it refers to exists: versions are restored without what is gone, and the
    database keeps the rest.
    """
    value = getattr(record, field.attname)
    is_ours = field.editable and not field.auto_created
    if not is_ours or (field.blank and value in field.empty_values):
        return []
    if field.is_relation:
        return [str(field.error_messages["blank"])] if value is None else []
    try:
        field.clean(value, record)
    except ValidationError as error:
        return error.messages
    return []


def _in_streams(page: Any) -> Iterator[Fault]:
    for field in stream_fields(page):
        # As readers would get it: stored and read back, with every field of a block.
        stream = field.to_python(field.get_prep_value(getattr(page, field.name)))
        try:
            field.stream_block.clean(stream)
        except blocks.StreamBlockValidationError as error:
            for message in error.non_block_errors:
                yield (field.name,), (_label(field),), str(message)
            for position, wrong in error.block_errors.items():
                child = stream[position]
                where = field.name, position, child.id or ""
                for path, message in named(child.block, child.value, wrong):
                    yield where, (str(child.block.label), *path), message


def _label(field: Field[Any, Any]) -> str:
    return capfirst(str(field.verbose_name))
