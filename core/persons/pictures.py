"""Pictures and films of somebody, deleted with every file they have."""

from typing import Any

from core.media.private_files import FILES, discard
from core.media.stores import either_store
from core.models.images import SiteImage
from core.models.replaced_files import ReplacedFile
from core.models.videos import Video
from core.persons.scrubbing import scrub_log


def files_of(record: Any) -> list[str]:
    """Return the names of a picture's or film's own files."""
    names = [str(getattr(record, field)) for field in FILES[type(record)]]
    return [name for name in names if name]


def erase_media(record: Any) -> None:
    """Delete a `SiteImage` or `Video`: renditions and replaced files, then the row.

    Files are deleted at once, not after the commit: who is killed in between finds the
    row again.
    """
    names = files_of(record)
    owner = {"video": record} if isinstance(record, Video) else {"image": record}
    replaced = ReplacedFile.objects.filter(**owner)
    names += replaced.values_list("name", flat=True)
    if isinstance(record, SiteImage):
        names += record.renditions.values_list("file", flat=True)
    for name in names:
        either_store.delete(name)
    discard(type(record), record.pk)
    scrub_log(record)
    record.delete()
