"""Anchors of headings: assigned once, then kept."""

import re
from typing import Any

from django.utils.text import slugify

from core.blocks.text import HeadingBlock
from core.prefetch.walk import walk

# The ids of what else stands on a page: a link to a heading must not lead there.
_OF_OTHERS = re.compile(r"main|menu|form|references|(?:reference|cite)-\d+")


def assign_anchors(page: Any) -> None:
    """Give every heading of ``page`` that has none an anchor of its own.

    A heading that already had one in an earlier version of the page (found by the
    block's id, since an open editor does not yet know it) keeps it, however it was
    reworded or moved. A copied heading gets a new one: the first in reading order keeps
    the old.
    """
    headings = [p for p in walk(page) if isinstance(p.block, HeadingBlock)]
    if not headings:
        return
    kept = (
        _earlier_anchors(page)
        if any(not h.value.get("anchor") for h in headings)
        else {}
    )
    # Anchors that headings hold already are not given to a new heading before them.
    taken = {h.value.get("anchor") for h in headings} | set(kept.values())
    used: set[str] = set()
    for heading in headings:
        anchor = heading.value.get("anchor") or kept.get(heading.block_id, "")
        if not anchor or anchor in used or _OF_OTHERS.fullmatch(anchor):
            anchor = _free(
                slugify(heading.value["text"])[:60] or "section", taken | used
            )
        used.add(anchor)
        heading.value["anchor"] = anchor


def _earlier_anchors(page: Any) -> dict[str, str]:
    """Map block ids to anchors in the page's latest stored version."""
    if not page.pk:
        return {}
    stored = type(page).objects.filter(pk=page.pk).first()
    if stored is None:
        return {}
    latest = stored.get_latest_revision_as_object()
    return {
        place.block_id: place.value["anchor"]
        for version in (stored, latest)
        for place in walk(version)
        if isinstance(place.block, HeadingBlock) and place.value.get("anchor")
    }


def _free(wanted: str, taken: set[str]) -> str:
    anchor, number = wanted, 2
    while anchor in taken or _OF_OTHERS.fullmatch(anchor):
        anchor, number = f"{wanted}-{number}", number + 1
    return anchor
