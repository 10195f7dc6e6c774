"""What Django and Wagtail read off models, blocks and logs is marked."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.utils.functional import Promise
from django.utils.html import escape
from modelcluster.fields import ParentalKey
from wagtail import blocks
from wagtail.blocks.field_block import BaseChoiceBlock
from wagtail.contrib.typed_table_block.blocks import BaseTypedTableBlock
from wagtail.fields import StreamField
from wagtail.log_actions import registry as log_actions
from wagtail.models import Page
from wagtailseo.models import SeoMixin

from tests.helpers.marked_strings import places
from tests.helpers.pseudo_locale import unmarked_in

pytestmark = [
    pytest.mark.one_database,
    pytest.mark.every_case,
    pytest.mark.usefixtures("pseudo"),
]

APPS = sorted(place.name for place in places() if apps.is_installed(place.name))
# Wagtail and wagtail-seo name these themselves.
THEIRS = {field.name for base in (Page, SeoMixin) for field in base._meta.get_fields()}


def unmarked(names: dict[str, Any]) -> dict[str, list[str]]:
    """Return those of ``{where: text}`` in which a text is not marked."""
    found = {
        # A library's own text is lazy, ours would be plain.
        where: unmarked_in(escape(str(text)), libraries=isinstance(text, Promise))
        for where, text in names.items()
        if text is not None
    }
    return {where: texts for where, texts in found.items() if texts}


def models_of(app: str) -> list[Any]:
    return [m for m in apps.get_app_config(app).get_models() if m.__module__[0] != "_"]


def fields_of(app: str) -> Iterator[tuple[str, Any]]:
    """Yield the fields of an app that somebody may see, but for those of libraries."""
    for model in models_of(app):
        parents = model._meta.get_parent_list()
        inherited = {
            field.name
            for base in (*parents, *model.__mro__[1:])
            if hasattr(base, "_meta") and base._meta.app_label not in APPS
            for field in base._meta.get_fields()
        }
        for field in model._meta.local_fields + model._meta.local_many_to_many:
            hidden = not field.editable or field.name in {"id", "sort_order"}
            is_link = getattr(field.remote_field, "parent_link", False)
            if isinstance(field, ParentalKey) or hidden or is_link:
                continue
            theirs = THEIRS if issubclass(model, Page | SeoMixin) else set()
            if field.name not in theirs | inherited:
                yield f"{model.__name__}.{field.name}", field


@pytest.mark.parametrize("app", APPS)
def test_models(app):
    names = {}
    for model in models_of(app):
        names[f"{model.__name__}"] = model._meta.verbose_name
        names[f"{model.__name__} (plural)"] = model._meta.verbose_name_plural
        # Else Django adds an “s”, which other languages do not.
        assert "verbose_name_plural" in model._meta.original_attrs, model

    assert unmarked(names) == {}


@pytest.mark.parametrize("app", APPS)
def test_fields(app):
    names = {}
    for where, field in fields_of(app):
        names[f"{where} (name)"] = field.verbose_name
        names[f"{where} (help)"] = field.help_text
        for value, choice in field.flatchoices:
            names[f"{where} ({value})"] = choice

    assert unmarked(names) == {}


def block_texts(where: str, block: blocks.Block) -> Iterator[tuple[str, Any]]:
    yield f"{where} (label)", block.label
    yield f"{where} (help)", getattr(block.meta, "help_text", "")
    yield f"{where} (group)", block.meta.group
    yield f"{where} (description)", getattr(block.meta, "description", "")
    if isinstance(block, BaseChoiceBlock):
        for value, choice in block.field.choices:
            yield f"{where} ({value})", choice
    children = getattr(block, "child_blocks", {})
    if isinstance(block, blocks.ListBlock | BaseTypedTableBlock):
        children = children or {"item": block.child_block}
    for name, child in children.items():
        yield from block_texts(f"{where}.{name}", child)


def is_ours(block: blocks.Block) -> bool:
    """Return whether a block is neither Wagtail's nor another library's."""
    return type(block).__module__.partition(".")[0] in APPS


def blocks_of(block: blocks.Block) -> Iterator[blocks.Block]:
    yield block
    for child in getattr(block, "child_blocks", {}).values():
        yield from blocks_of(child)


def test_blocks():
    streams = [
        field.stream_block
        for model in apps.get_models()
        for field in model._meta.local_fields
        if isinstance(field, StreamField)
    ]
    names = {
        where: text
        for stream in streams
        for block in blocks_of(stream)
        if is_ours(block) and not isinstance(block, blocks.StreamBlock)
        for where, text in block_texts(type(block).__name__, block)
    }

    assert names
    assert unmarked(names) == {}


@pytest.mark.parametrize("app", APPS)
def test_log_entries(app):
    names = {
        action: label
        for action, label in log_actions.get_choices()
        if action.partition(".")[0] == app
    }

    assert unmarked(names) == {}
