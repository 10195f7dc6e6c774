"""Keeps published corrections in their page, at every door by which it is stored."""

import json
from collections.abc import Collection, Iterator
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.utils.dateparse import parse_date

from core.models.base_page import BasePage
from core.prefetch.walk import stream_fields
from review.history.seating import CORRECTION, Block, beside, seat
from review.models.corrections import PublishedCorrection


def keep_corrections(page: Any) -> None:
    """Put the published corrections of ``page`` back, in their words and places.

    What somebody has taken out or reworded is noted in ``page.put_back``, and what is
    published with the page for the first time in ``page.new_corrections``. An alias
    says what its source says.
    """
    page.put_back, page.corrected_version = False, None
    page.new_corrections = {}
    if page.alias_of_id:
        return
    kept = _kept(page) if page.pk else []
    known = {each.block_id: each.field for each in kept}
    for field in stream_fields(page):
        blocks = getattr(page, field.name).get_prep_value()
        own = [each for each in kept if each.field == field.name]
        seated = seat(blocks, own, {pk for pk in known if known[pk] != field.name})
        if seated.blocks != blocks:
            stored = json.dumps(seated.blocks, cls=DjangoJSONEncoder)
            setattr(page, field.name, stored)
            page.__dict__.pop("places", None)
        page.put_back = page.put_back or seated.put_back
        for block in _corrections(seated.blocks):
            if block["id"] not in known:
                page.new_corrections[block["id"]] = field.name


def _kept(page: Any) -> list[PublishedCorrection]:
    """Return the corrections that were published, and note what readers see now.

    Those from before there were records are recorded, without a version.
    """
    kept = list(PublishedCorrection.objects.of(page))
    stored = type(page)._default_manager.filter(pk=page.pk, live=True).first()
    if stored is None:
        return kept
    page.corrected_version = stored.live_revision_id
    known = {each.block_id for each in kept}
    if _record(stored, known, version=None):
        return list(PublishedCorrection.objects.of(page))
    return kept


@receiver(post_save)
def record_corrections(
    sender: Any,
    instance: Any,
    raw: bool = False,
    update_fields: Collection[str] | None = None,
    **kwargs: Any,
) -> None:
    """Record the corrections that readers see from now on."""
    if raw or not isinstance(instance, BasePage) or not instance.live:
        return
    found = getattr(instance, "new_corrections", {})
    # Saving a draft stores which version is the latest, and no stream.
    if found and (update_fields is None or set(found.values()) & set(update_fields)):
        _record(instance, set(), version=instance.corrected_version)
        instance.new_corrections = {}


def _record(page: Any, known: set[str], version: int | None) -> bool:
    """Record the corrections of ``page`` but those ``known``; return whether any."""
    found = [
        PublishedCorrection(
            page_id=page.pk,
            field=field.name,
            block_id=block["id"],
            beside=places[block["id"]],
            day=day,
            text=block["value"].get("text") or "",
            version_id=version,
        )
        for field in stream_fields(page)
        for blocks in [getattr(page, field.name).get_prep_value()]
        for places in [beside(blocks)]
        for block in _corrections(blocks)
        if block["id"] not in known
        # An import may have left out what the form asks for.
        if (day := parse_date(str(block["value"].get("date"))))
    ]
    # Of two who publish at once, the first counts.
    PublishedCorrection.objects.bulk_create(found, ignore_conflicts=True)
    return bool(found)


def _corrections(blocks: list[Block]) -> Iterator[Block]:
    return (block for block in blocks if block["type"] == CORRECTION)
