"""Rendered entries of reference lists, stored on each record.

A record's ``entries`` hold the HTML of its entry by style and, as ``of``, what they
were made of: the style files, the code, and everything the record said. Where that is
not so any more, however it came about, the entry is made anew when it is asked for; so
a page never prints an old one, and never nothing.
"""

import json
from collections.abc import Iterable, Iterator
from functools import cache
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path

from evidence.bibliography import styles
from evidence.models import Reference
from evidence.querysets import ReferenceQuerySet
from evidence.site_settings import ReferenceListSettings
from evidence.vocabulary import Style

# Records that are written together.
_CHUNK = 200


def entry(reference: Reference, style: str) -> str:
    """Return the entry of a work as HTML, from the record or rendered anew."""
    kept = _kept(reference)
    return kept[style] if style in kept else styles.entry(reference, style)


def fill(reference: Reference, wanted: Iterable[str] = tuple(Style)) -> bool:
    """Render the record's missing entries; return whether there were any."""
    kept = _kept(reference)
    missing = [style for style in wanted if style not in kept]
    if missing:
        made = {style: styles.entry(reference, style) for style in missing}
        reference.entries = kept | made | {"of": _made_of(reference)}
    return bool(missing)


def fill_all(
    references: ReferenceQuerySet, wanted: Iterable[str] = tuple(Style)
) -> Iterator[tuple[int, int]]:
    """Fill the entries of ``references``, and yield (done, total)."""
    records = references.unmerged().order_by("pk")
    total, done, last = records.count(), 0, 0
    while chunk := list(records.filter(pk__gt=last)[:_CHUNK]):
        filled = [reference for reference in chunk if fill(reference, wanted)]
        # What somebody has changed meanwhile stays; the entry shows its age.
        Reference.objects.bulk_update(filled, ["entries"])
        last, done = chunk[-1].pk, done + len(chunk)
        yield done, total


def in_use() -> list[str]:
    """Return the styles that sites use now."""
    chosen = ReferenceListSettings.objects.values_list("style", flat=True)
    return [style for style in Style.values if style in {Style.AMA, *chosen}]


def _kept(reference: Reference) -> dict[str, str]:
    kept = reference.entries
    if isinstance(kept, dict) and kept.get("of") == _made_of(reference):
        return kept
    return {}


def _made_of(reference: Reference) -> str:
    said = reference.as_csl() | {"id": "", "more": reference.more_authors}
    parts = [_made_by(), json.dumps(said, sort_keys=True, default=str)]
    return blake2b("\n".join(parts).encode(), digest_size=12).hexdigest()


@cache
def _made_by() -> str:
    """Return a fingerprint of style files, code and citeproc."""
    here = Path(__file__).parent
    files = sorted([*here.glob("*.py"), *styles.FOLDER.glob("*.csl")])
    contents = b"".join(file.read_bytes() for file in files)
    return blake2b(contents).hexdigest() + version("citeproc-py")
