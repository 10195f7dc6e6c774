"""What happened to a page, as its readers are told: one list."""

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from django.utils import timezone

from core.prefetch.walk import Place
from core.text.plain_text import plain
from delivery.once import once_per_generation
from review.history.seating import CORRECTION, FORGOTTEN
from review.models.corrections import PublishedCorrection


class Correction(NamedTuple):
    """A correction in the list.

    Args:
        day: When readers were told of it.
        text: What was corrected, as plain text.
        block_id: The note in the margin.
        version: The pk of the version before it, None where readers have none.
    """

    day: date
    text: str
    block_id: str
    version: int | None


class History(NamedTuple):
    """When a page was published, updated, reviewed and corrected.

    Args:
        published: None where readers are not told.
        updated: None where a correction tells of the same change.
        note: What the update was about.
        review: A `review.reviewed_page.Shown`, or None.
        corrections: The newest first.
    """

    published: Any
    updated: Any
    note: str
    review: Any
    corrections: list[Correction]

    def __bool__(self) -> bool:
        return bool(self.published or self.updated or self.review or self.corrections)


@once_per_generation
def _published() -> dict[int, dict[str, PublishedCorrection]]:
    """Return the corrections of all pages, by page and block: a site has few."""
    found: dict[int, dict[str, PublishedCorrection]] = {}
    for each in PublishedCorrection.objects.order_by("published_at", "pk"):
        found.setdefault(each.page_id, {})[each.block_id] = each
    return found


def published_corrections(page: Any) -> dict[str, PublishedCorrection]:
    """Return the recorded corrections of a page, or of what it is an alias of."""
    return _published().get(page.alias_of_id or page.pk, {})


def version_before(page: Any, block_id: str) -> int | None:
    """Return the pk of the version that readers saw before a correction.

    None where there is none that they may still read.
    """
    recorded = published_corrections(page).get(block_id)
    version = recorded.version_id if recorded else None
    return version if version in open_versions(page) else None


def open_versions(page: Any) -> set[int]:
    """Return the pks of the versions of a page that readers may open today."""
    if "open_versions" not in page.__dict__:
        recorded = published_corrections(page).values()
        named = {each.version_id for each in recorded if each.version_id}
        page.open_versions = named - page.closed_versions(named) if named else set()
    found: set[int] = page.__dict__["open_versions"]
    return found


def day_of(page: Any, block_id: str) -> date | None:
    """Return the day on which a correction was published, None before it is."""
    recorded = published_corrections(page).get(block_id)
    return timezone.localdate(recorded.published_at) if recorded else None


def printable(page: Any, source: str) -> str:
    """Return a correction's words, as rich text, or what stands for them today."""
    return source if page.may_print(plain(source)) else FORGOTTEN


def corrections_of(page: Any, places: Iterable[Place]) -> list[Correction]:
    """Return the corrections of a page, also one that is missing in its streams.

    Args:
        page: The page as it is shown.
        places: Its blocks.
    """
    recorded = published_corrections(page)
    found = {
        place.block_id: Correction(
            day_of(page, place.block_id) or place.value["date"],
            plain(printable(page, place.value["text"].source)).strip(),
            place.block_id,
            version_before(page, place.block_id),
        )
        for place in places
        if place.name == CORRECTION and place.value.get("date")
    }
    for pk, each in recorded.items():
        if pk not in found and not getattr(page, "is_earlier_version", False):
            day = timezone.localdate(each.published_at)
            text = plain(printable(page, each.text)).strip()
            found[pk] = Correction(day, text, "", None)
    return sorted(found.values(), key=lambda each: each.day, reverse=True)


def history_of(page: Any) -> History:
    """Return what readers are told of a page's history.

    A page without a date of its own, such as a plain page, says when it was published
    once there is more to say.
    """
    corrections = corrections_of(page, page.places)
    told = {each.day for each in corrections}
    updated = page.updated_at
    if updated and not page.updated_note and timezone.localdate(updated) in told:
        updated = None
    review = getattr(page, "shown_review", None)
    own = History(None, updated, page.updated_note, review, corrections)
    is_dated = page.og_type == "article" or own
    return own._replace(published=page.published_at if is_dated else None)
