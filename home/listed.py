"""Which pages list every topic (`home.blocks.TopicsBlock`)."""

from collections.abc import Iterable
from typing import Any

from django.db.models import TextField
from django.db.models.functions import Cast
from wagtail.models import get_page_models

from core.models.topics import Topic
from home.models import ComposedPage


def pages_listing_topics(records: list[Any]) -> Iterable[int]:
    """Yield the published pages that list one of these, before a change or after it."""
    topics = [each for each in records if isinstance(each, Topic)]
    stored = Topic.objects.filter(pk__in=[each.pk for each in topics if each.pk])
    is_listed = any(each.hub_id for each in topics) or (
        topics and stored.filter(hub__isnull=False).exists()
    )
    if not is_listed:
        return
    for model in get_page_models():
        if not issubclass(model, ComposedPage):
            continue
        pages = model.objects.live().annotate(text=Cast("body", TextField()))
        for page in pages.filter(text__contains='"topics"'):
            if any(block["type"] == "topics" for block in page.body.raw_data):
                yield page.pk
