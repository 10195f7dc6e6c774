"""Fetches everything that a page needs, before it renders."""

from typing import Any

from wagtail.blocks import StructValue
from wagtail.images.models import AbstractImage
from wagtail.models import Site

from core.pictures import known_renditions
from core.prefetch.collecting import Collected
from core.prefetch.records import Records, given_out
from core.prefetch.walk import stream_fields


def prefetch(page: Any, site: Site | None = None) -> Records:
    """Fetch the records that ``page`` and its streams refer to.

    Args:
        page: The page that is about to be shown; its ``relations`` name the foreign
            keys that are printed with it.
        site: The site that shows it.

    Returns:
        What was found, for what renders later.
    """
    collected = Collected()
    collected.want_relations(page.relations())
    for field in stream_fields(page):
        if field.name not in page.streams_behind:
            stream = getattr(page, field.name)
            collected.want_choices(field.stream_block, stream.raw_data)
    collected.fetch(site)
    _hand_out(page, collected)
    return collected.records


def prefetch_also(page: Any, block: Any, raw: Any, site: Site | None) -> Any:
    """Return ``raw``, stored data of ``block``, as a value that is shown on ``page``.

    What it refers to is fetched beside the page's own records.
    """
    collected = Collected(page.records)
    collected.want_choices(block, raw)
    collected.fetch(site)
    _fill_in(collected)
    with given_out(collected.records):
        return block.to_python(raw)


def _fill_in(collected: Collected) -> None:
    for record, name in collected.relations:
        field = record._meta.get_field(name)
        pk = getattr(record, field.attname)
        setattr(record, name, collected.records.get(field.related_model, pk))


def _hand_out(page: Any, collected: Collected) -> None:
    """The second pass: fill in foreign keys, then read streams."""
    records = collected.records
    _fill_in(collected)
    with given_out(records):
        for stream in collected.streams:
            list(stream)
        places = page.places
    # A preview holds its streams in memory, where nothing was handed out.
    images = [place.value for place in places if isinstance(place.value, AbstractImage)]
    known_renditions.read(images)
    for place in places:
        if isinstance(place.value, StructValue):
            # By which a form in a block is found again when it is posted.
            place.value.block_id = place.block_id
