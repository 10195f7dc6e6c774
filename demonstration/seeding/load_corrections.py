"""Publishes an article as it was before its correction, so that readers find that."""

import json
from datetime import datetime, time
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone

from demonstration.content.corrections import EARLIER
from review.models import PublishedCorrection


def publish_uncorrected(key: str, page: Any) -> None:
    """Publish ``page`` as it was, where its article was corrected later.

    Args:
        key: The article's.
        page: It, as it is today; not saved yet, and the same afterwards.
    """
    if key not in EARLIER:
        return
    today = page.body.get_prep_value()
    own = {"override_reason", "answered_problems", "first_published_at"}
    said = {name: getattr(page, name) for name in own}
    page.body = _stored(_uncorrected(today, EARLIER[key]))
    page.save_revision().publish()
    page.refresh_from_db()
    page.body = _stored(today)
    for name, value in said.items():
        setattr(page, name, value)


def date_corrections(page: Any) -> None:
    """Date what was recorded of its corrections to the days that they name."""
    for each in PublishedCorrection.objects.of(page):
        at_noon = timezone.make_aware(datetime.combine(each.day, time(12)))
        PublishedCorrection.objects.filter(pk=each.pk).update(published_at=at_noon)


def _uncorrected(blocks: list[Any], earlier: tuple[str, str, str]) -> list[Any]:
    beginning, right, wrong = earlier
    found = []
    for block in blocks:
        value = block["value"]
        if isinstance(value, str) and value.startswith(beginning):
            found.append({**block, "value": value.replace(right, wrong)})
        elif block["type"] != "correction":
            found.append(block)
    return found


def _stored(blocks: list[Any]) -> str:
    return json.dumps(blocks, cls=DjangoJSONEncoder)
