"""What of a page is settled: corrections that were published, and stay as they are."""

from typing import Any

from core.prefetch.walk import stream_fields
from review.history.seating import CORRECTION
from review.models.corrections import PublishedCorrection
from review.versions import Version

# The name of a stream and the position in it.
Settled = set[tuple[str, int]]


def settled_ids(page: Any) -> set[str]:
    """Return the ids of the published corrections of ``page``."""
    # Asked of few: most pages hold no correction.
    if not page.pk or not any(
        block["type"] == CORRECTION
        for field in stream_fields(page)
        for block in getattr(page, field.name).raw_data
    ):
        return set()
    kept = PublishedCorrection.objects.filter(page=page.alias_of_id or page.pk)
    return set(kept.values_list("block_id", flat=True))


def settled_in(page: Any) -> Settled:
    """Return where the published corrections stand in the streams of ``page``."""
    if not (ids := settled_ids(page)):
        return set()
    return {
        (field.name, position)
        for field in stream_fields(page)
        for position, block in enumerate(getattr(page, field.name).get_prep_value())
        if block["type"] == CORRECTION and block["id"] in ids
    }


def says_the_same(said: Version, other: Version | None, settled: Settled) -> bool:
    """Return whether two versions differ in the words of settled corrections at most.

    These are the words of the record, whatever the page was reviewed or stored with.
    """
    if other is None or not settled:
        return other is not None and said.digest == other.digest
    return _without_words(said, settled) == _without_words(other, settled)


def _without_words(version: Version, settled: Settled) -> dict[str, Any]:
    streams = {name for name, _ in settled}
    return {
        name: [
            CORRECTION
            if (name, position) in settled and block.get("type") == CORRECTION
            else block
            for position, block in enumerate(part)
        ]
        if name in streams
        else part
        for name, part in version.said.items()
    }
