"""Pages, settings and records with something in every field, all of it in Cyrillic."""

import uuid
from typing import Any

from django.db import models
from factory.base import FactoryMetaClass
from modelcluster.fields import ParentalKey
from modelcluster.models import get_all_child_relations
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import BaseTypedTableBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.images.blocks import ImageBlock, ImageChooserBlock
from wagtail.models import Page

from core.models.images import SiteImage
from core.models.topics import Topic
from core.models.videos import Video
from evidence.models import Reference
from home.models import TopicPage
from people.models import PersonPage
from testimonials.models.pages import TestimonialPage
from testimonials.models.subject import Subject
from tests.helpers import (
    factories,
    factories_applications,
    factories_testimonials,
)
from tests.helpers.factories_evidence import ReferenceFactory
from tests.helpers.pseudo_locale import content

# Not what anybody reads, or not free text.
_SKIPPED = {"path", "slug", "reference_code", "anchor", "locator"}
_SKIPPED |= {"pmid", "pmcid", "doi", "orcid", "reviewed_digest"}
_NO_TEXT = (
    models.AutoField,
    models.EmailField,
    models.FileField,
    models.SlugField,
    models.URLField,
    ParentalKey,
)
_NO_CHOICE = {"locale", "content_type", "latest_revision", "live_revision", "site"}
_NO_CHOICE |= {"review"}


def page(model: type[Page], home: Page) -> Any:
    """Return a published page of ``model``, filled in, beneath pages that it needs."""
    if isinstance(home.specific, model):
        instance = home.specific
    elif found := model.objects.first():
        return found
    else:
        instance = _new(model, home)
    fill(instance, home)
    for relation in get_all_child_relations(model):
        if relation.field.model.__module__.partition(".")[0] != "wagtail":
            child = relation.field.model()
            fill(child, home)
            setattr(instance, relation.get_accessor_name(), [child])
    instance.save(clean=False)
    return model.objects.get(pk=instance.pk)


def _new(model: type[Page], home: Page) -> Any:
    parents = model.allowed_parent_page_models()
    parent = home if type(home.specific) in parents else page(parents[0], home)
    slug = model.__name__.lower()
    wanted = {"parent": parent, "title": content(f"A {slug}"), "slug": slug}
    if model is TestimonialPage:
        wanted["subject"] = record(Subject, home)
    if model is TopicPage:
        wanted["topic"] = record(Topic, home)
    return _factory(model)(**wanted)


def _factory(model: type[Page]) -> Any:
    modules = (factories, factories_applications, factories_testimonials)
    return next(
        value
        for module in modules
        for value in vars(module).values()
        if isinstance(value, FactoryMetaClass) and value._meta.model is model
    )


def record(model: type[models.Model], home: Page) -> Any:
    """Return the one record of ``model`` that pages refer to."""
    if found := model._default_manager.first():
        return found
    if issubclass(model, Page):
        return home if model is Page else page(model, home)
    makers = {
        SiteImage: factories.SiteImageFactory,
        Topic: factories.TopicFactory,
        Reference: ReferenceFactory,
        Subject: factories_testimonials.SubjectFactory,
    }
    if model is Video:
        made = Video(file="film.mp4", uploaded_at=None)
    elif model in makers:
        made = makers[model]()
    else:
        return None
    fill(made, home)
    if model is Reference:
        made.authors = [{"family": content("Petrou"), "given": content("Ada")}]
    made.save()
    return made


def fill(instance: Any, home: Page) -> None:
    """Give every field that an editor fills in something that an editor might."""
    for field in instance._meta.concrete_fields:
        skipped = field.name in _SKIPPED or not field.editable or field.choices
        if skipped or isinstance(field, _NO_TEXT):
            continue
        if isinstance(field, StreamField):
            setattr(instance, field.name, _stream(field.stream_block, home))
        elif isinstance(field, RichTextField):
            setattr(instance, field.name, f"<p>{content(field.name)}</p>")
        elif isinstance(field, models.CharField | models.TextField):
            setattr(instance, field.name, content(field.name)[: field.max_length])
        elif field.is_relation and field.name not in _NO_CHOICE:
            related = field.remote_field.model
            if not isinstance(instance, related):
                setattr(instance, field.name, record(related, home))


def _stream(block: blocks.StreamBlock, home: Page) -> Any:
    return block.to_python(
        [
            {
                "type": name,
                "id": str(uuid.uuid5(uuid.NAMESPACE_OID, name)),
                "value": raw(
                    child, child.get_prep_value(child.get_preview_value()), home
                ),
            }
            for name, child in block.child_blocks.items()
        ]
    )


def raw(block: Any, value: Any, home: Page) -> Any:
    """Return a block's stored preview value in Cyrillic, with real records chosen."""
    match block:
        case ImageChooserBlock():
            return record(SiteImage, home).pk
        case ImageBlock():
            picture = record(SiteImage, home).pk
            return {"image": picture, "alt_text": content("alt"), "decorative": False}
        case blocks.PageChooserBlock() | blocks.ChooserBlock():
            if block.target_model not in {Page, PersonPage} and not value:
                value = getattr(record(block.target_model, home), "pk", None)
            return value or record(block.target_model, home).pk
        case BaseTypedTableBlock():
            kinds = [block.child_blocks[column["type"]] for column in value["columns"]]
            return {
                "caption": content(value["caption"]),
                "columns": [
                    {**column, "heading": content(column["heading"])}
                    for column in value["columns"]
                ],
                "rows": [
                    {
                        "values": [
                            raw(kind, cell, home)
                            for kind, cell in zip(kinds, row["values"], strict=True)
                        ]
                    }
                    for row in value["rows"]
                ],
            }
        case blocks.ListBlock():
            items = [item["value"] for item in value or ()]
            return [
                {
                    "type": "item",
                    "id": str(uuid.uuid4()),
                    "value": raw(block.child_block, item, home),
                }
                for item in items
            ]
        case blocks.StructBlock():
            return {
                name: value.get(name)
                if name in _SKIPPED
                else raw(child, value.get(name), home)
                for name, child in block.child_blocks.items()
                # What a preview leaves out stays as it is when a block is new.
                if name in value or not isinstance(child, blocks.StructBlock)
            }
        case blocks.RichTextBlock() | blocks.CharBlock() | blocks.TextBlock():
            # Ready-made questions come with marked words.
            return content(str(value)) if value else value
        case _:
            return value
