"""Marks the still pictures of patients' videos at other hosts as showing them.

The form of a page protects them before (`protect_posters`); whatever else stores pages
fails with the store. A picture that somebody has said shows nobody is left as it is.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models.signals import post_save
from django.dispatch import receiver
from wagtail.models import Page, Revision

from core.models.images import SiteImage
from core.models.shown_people import Shows
from core.prefetch.walk import stream_fields
from core.publishing.posted_form import before_storing
from testimonials.appearances import mark
from testimonials.pictures import protect_before_storing

_BLOCK = "outside_video"


@before_storing
def protect_posters(page: Any) -> None:
    """Protect the posters in a page that is to be stored, and those for the dark.

    Raises:
        ValidationError: A store failed.
    """
    streams = (getattr(page, field.name).raw_data for field in stream_fields(page))
    pks = {poster for stream in streams for poster, _person in _posters(stream)}
    for poster in SiteImage.objects.filter(pk__in=pks) if pks else ():
        if poster.shows != Shows.NOBODY:
            protect_before_storing([poster, poster.for_dark])


@receiver(post_save)
def mark_posters_of_a_page(
    sender: Any, instance: Any, raw: bool = False, **kwargs: Any
) -> None:
    if raw or not isinstance(instance, Page):
        return
    deferred = instance.get_deferred_fields()
    for field in stream_fields(instance):
        if field.name not in deferred:
            _mark(getattr(instance, field.name).raw_data)


@receiver(post_save, sender=Revision)
def mark_posters_of_a_draft(
    sender: Any, instance: Any, raw: bool = False, **kwargs: Any
) -> None:
    if raw:
        return
    for stored in instance.content.values():
        if isinstance(stored, str) and f'"{_BLOCK}"' in stored:
            try:
                _mark(json.loads(stored))
            except ValueError:  # a text
                continue


def _mark(stream: Any) -> None:
    """Mark the posters in a stream as it is stored.

    Raises:
        NotMoved: A store failed.
    """
    for poster, person in _posters(stream):
        mark(SiteImage.objects.filter(pk=poster), person, asked=True)


def _posters(stream: Iterable[Any]) -> Iterator[tuple[int, int]]:
    """Yield the primary keys of posters and of whom their videos show."""
    for block in stream:
        if not isinstance(block, dict) or block.get("type") != _BLOCK:
            continue
        value = block.get("value") or {}
        poster = value.get("poster") or {}
        for person in value.get("people") or ():
            image, subject = poster.get("image"), person.get("value")
            if isinstance(image, int) and isinstance(subject, int):
                yield image, subject
