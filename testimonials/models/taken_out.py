"""Whether words of a story went with a new version, but for what was corrected."""

import json
import re
from collections.abc import Iterator
from typing import Any

from django.db import models
from wagtail.fields import StreamField

from core.text.wording import texts_within

_CORRECTION = "correction"
# Of the fields of a page, those that no earlier version prints.
_ABOUT_PUBLISHING = frozenset({"slug", "change_note", "override_reason"})
# How rich text names its paragraphs: the editor writes it, readers get nothing of it.
_BLOCK_KEY = re.compile(r' data-block-key="[^"]*"')


def loses_words(
    model: type[models.Model], before: dict[str, Any], after: dict[str, Any]
) -> bool:
    """Return whether something that ``before`` says is missing in ``after``.

    A correction that is new in ``after`` tells of the block before it, and of the whole
    page where it stands at the top.

    Args:
        model: The type of the page.
        before: A version, as it is stored.
        after: The next one that readers saw.
    """
    known = _corrected(model, before)
    told = [where for pk, where in _corrected(model, after).items() if pk not in known]
    if any(not block for _field, block in told):
        return False
    now = dict(_said(model, after))
    return any(
        texts - now.get(where, frozenset())
        for where, texts in _said(model, before)
        if where not in told
    )


def _said(
    model: type[models.Model], content: dict[str, Any]
) -> Iterator[tuple[tuple[str, str], frozenset[str]]]:
    """Yield a field and the id of a block in it, "" for the field, with its texts."""
    for field in model._meta.get_fields():
        if isinstance(field, StreamField):
            for block in _blocks(content, field.name):
                if block["type"] != _CORRECTION:
                    yield (field.name, block["id"]), _texts(block["value"])
        elif isinstance(field, models.CharField | models.TextField):
            is_said = field.editable and not field.choices
            if is_said and field.name not in _ABOUT_PUBLISHING:
                yield (field.name, ""), _texts(content.get(field.name))


def _texts(value: Any) -> frozenset[str]:
    texts = (_BLOCK_KEY.sub("", text) for text in texts_within(value))
    return frozenset(text for text in texts if text.strip())


def _corrected(
    model: type[models.Model], content: dict[str, Any]
) -> dict[str, tuple[str, str]]:
    """Map the id of each correction to its field and the id of the block before it."""
    found = {}
    for field in model._meta.get_fields():
        before = ""
        if isinstance(field, StreamField):
            for block in _blocks(content, field.name):
                if block["type"] == _CORRECTION:
                    found[block["id"]] = field.name, before
                else:
                    before = block["id"]
    return found


def _blocks(content: dict[str, Any], name: str) -> list[dict[str, Any]]:
    blocks: list[dict[str, Any]] = json.loads(content.get(name) or "[]")
    return blocks
