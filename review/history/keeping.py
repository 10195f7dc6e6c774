"""Keeps published corrections in their page, at every door by which it is stored."""

import json
from collections.abc import Callable, Collection, Iterator
from datetime import date, datetime, time
from functools import partial
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.utils import timezone
from django.utils.dateparse import parse_date
from wagtail.models import PageLogEntry, Revision

from core.history.pages import HistoryMixin
from core.models.base_page import BasePage
from core.prefetch.walk import stream_fields
from review.history.seating import CORRECTION, Block, beside, same_words, seat
from review.models.corrections import PublishedCorrection


def keep_corrections(page: Any) -> None:
    """Put the published corrections of ``page`` back, in their words and places.

    What somebody has taken out, reworded or moved is noted in ``page.put_back``, and
    what is published with the page for the first time in ``page.new_corrections``. An
    alias says what its source says.
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
    if _record(stored, known):
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
        is_change = instance.corrected_version is not None
        before = partial(_version_before, instance) if is_change else None
        _record(instance, set(), before)
        instance.new_corrections = {}


def _version_before(page: Any, field: str, block_id: str) -> int | None:
    """Return the newest version that readers saw before a block was corrected.

    None where none says something else, and of pages that show no earlier versions.

    Args:
        page: It, as it goes live.
        field: The stream.
        block_id: The block that is corrected, "" for the page as a whole.
    """
    newest: int = page.corrected_version
    if not isinstance(page, HistoryMixin):
        return None
    if not block_id:
        return newest
    now = _block_of(getattr(page, field).get_prep_value(), block_id)
    # Oldest last; the present publication is not logged yet.
    published = PageLogEntry.objects.filter(page=page.pk, action="wagtail.publish")
    order = published.order_by("-timestamp").values_list("revision", flat=True)
    for pk in dict.fromkeys([newest, *order]):
        version = Revision.objects.for_instance(page).filter(pk=pk).first()
        before = _block_of(_stream(version, field), block_id) if version else now
        if not same_words(before, now):
            return pk
    return None


def _stream(version: Revision, field: str) -> list[Block]:
    blocks: list[Block] = json.loads(version.content.get(field) or "[]")
    return blocks


def _block_of(blocks: list[Block], block_id: str) -> Block | None:
    return next((block for block in blocks if block["id"] == block_id), None)


def _record(
    page: Any,
    known: set[str],
    version: Callable[[str, str], int | None] | None = None,
) -> bool:
    """Record the corrections of ``page`` but those ``known``; return whether any.

    Args:
        page: It.
        known: Ids of corrections.
        version: Tells, of a field and the block that is corrected, which is before it.
            None where readers saw none before this one: then the day that was typed in
            is all there is to go by.
    """
    now = timezone.now()
    found = [
        PublishedCorrection(
            page_id=page.pk,
            field=field.name,
            block_id=block["id"],
            beside=places[block["id"]],
            day=day,
            text=block["value"].get("text") or "",
            version_id=version(field.name, places[block["id"]]) if version else None,
            published_at=now if version else min(now, _noon(day)),
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


def _noon(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(12)))


def _corrections(blocks: list[Block]) -> Iterator[Block]:
    return (block for block in blocks if block["type"] == CORRECTION)
