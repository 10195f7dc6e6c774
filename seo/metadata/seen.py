"""What a form has shown of a page's metadata, which it posts back.

It is signed, since all that is posted back is taken for what its writer had before
them.
"""

from typing import Any, NamedTuple

from django.core import signing

from seo.metadata import changes
from seo.metadata.fields import logged, stored

POSTED_AS = "metadata-seen"
_SALT = "seo.metadata.seen"


class Seen(NamedTuple):
    """What a form has shown.

    Args:
        change: The number of the newest change in the log at that time, 0 for none.
        values: Each field's value then, as `seo.metadata.fields.stored` gives it.
        told: By field, the newest change of somebody else that the form has told of.
    """

    change: int
    values: dict[str, Any]
    told: dict[str, int]


def values_now(page: Any) -> dict[str, Any]:
    """Return the metadata of ``page`` as it is."""
    return {name: stored(page, name) for name in logged(type(page))}


def look(page: Any) -> Seen:
    """Return what a form of ``page`` shows that is made now."""
    return Seen(changes.newest(page.pk), values_now(page), {})


def dump(seen: Seen) -> str:
    """Return ``seen`` as it is posted."""
    return signing.dumps(seen, salt=_SALT, compress=True)


def load(posted: str | None) -> Seen | None:
    """Return what was posted; None for nothing, or for what was not made here."""
    try:
        return Seen(*signing.loads(posted or "", salt=_SALT))
    except signing.BadSignature:
        return None
