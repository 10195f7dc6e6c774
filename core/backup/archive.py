"""What stands in a backup: a stream of tar.

First ``manifest.json``, then ``database``, then ``files/<store>/<name>`` for every
upload, and at last ``end.json``, without which a backup is not whole.
"""

import io
import json
import os
import tarfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any

from django.core.files.storage import FileSystemStorage, storages
from django.core.management.base import CommandError
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from core.encryption import key_names

from . import databases

# The variable of the settings that says where each lies.
STORES = {
    "default": "MEDIA_STORAGE",
    "private": "PRIVATE_STORAGE",
    "applicants": "APPLICANTS_STORAGE",
}
_FORMAT = 1
# In the folder of a store, no uploads: what a restore makes and sets aside until it is
# done, and what is the file system's own where a store is a disk.
NO_UPLOADS = {".restoring", ".replaced", "lost+found"}


@dataclass(frozen=True)
class Manifest:
    """What a restore has to know before it replaces anything."""

    format: int
    made: str  # ISO 8601
    engine: str
    rows: databases.Counts
    migrations: list[list[str]]  # [app, name]
    # Which keys are needed, never the keys themselves.
    keys: list[str]
    # Stores in a bucket, whose files are not in the backup.
    elsewhere: list[str]


def write(to: IO[bytes], workshop: Path) -> Manifest:
    """Write the site's database and uploads to ``to``.

    Args:
        to: A stream that need not be seekable.
        workshop: A folder for the database's copy, on a disk with room for it.
    """
    copy = workshop / "database"
    # The database before the files: what a row names is there already. An applicant's
    # file is deleted with its row, so that one deleted meanwhile is missing: after a
    # restore the nightly run puts its row in order.
    rows = databases.copy_to(copy)
    recorder = MigrationRecorder(connection)
    manifest = Manifest(
        format=_FORMAT,
        made=timezone.now().isoformat(timespec="seconds"),
        engine=databases.engine(),
        rows=rows,
        migrations=sorted(map(list, recorder.applied_migrations())),
        keys=key_names(),
        elsewhere=[name for name in STORES if folder(name) is None],
    )
    with tarfile.open(fileobj=to, mode="w|") as archive:
        _add_text(archive, "manifest.json", asdict(manifest))
        archive.add(copy, "database")
        copy.unlink()
        files = sum(_add_files(archive, name) for name in STORES)
        _add_text(archive, "end.json", {"files": files})
    return manifest


def read_manifest(archive: tarfile.TarFile) -> Manifest:
    """Read the manifest, with which ``archive`` begins.

    Raises:
        CommandError: It is no backup, or one of a later format.
    """
    first = archive.next()
    if first is None or first.name != "manifest.json":
        raise CommandError("This is not a backup of this site.")
    found = _read_text(archive, first)
    if found.get("format") != _FORMAT:
        raise CommandError("A later release made this backup: install that one first.")
    return Manifest(**found)


def extract(archive: tarfile.TarFile, places: dict[str, Path]) -> int:
    """Write what follows the manifest to ``places``; return the number of files.

    Args:
        archive: A stream whose manifest was read.
        places: ``database`` and ``files/<store>``, with the folders or file for each.

    Raises:
        EOFError: The backup ends before its end.
    """
    files, said = 0, None
    while member := archive.next():
        if member.name == "end.json":
            said = _read_text(archive, member)["files"]
            continue
        for prefix, place in places.items():
            if member.name == prefix:
                _extract(archive, member, place)
            elif member.name.startswith(f"{prefix}/"):
                files += 1
                inner = member.name.removeprefix(f"{prefix}/")
                _extract(archive, member, _within(place, inner))
    if said != files:
        raise EOFError
    return files


def folder(store: str) -> Path | None:
    """Return where a store's files lie, None if that is not on this machine."""
    storage = storages[store]
    if isinstance(storage, FileSystemStorage):
        return Path(storage.location)
    return None


def _add_files(archive: tarfile.TarFile, store: str) -> int:
    """Add every file of a store; return how many there were.

    Raises:
        CommandError: The store is not there, as where its disk is not mounted.
        OSError: A folder or file in it cannot be read.
    """
    number = 0
    if root := folder(store):
        if not root.is_dir():
            raise CommandError(
                f"The folder of the store “{store}” is not there: {root}. Mount its "
                "disk; if nothing was ever stored, make the folder."
            )
        for path in _files(root):
            # Whoever deletes an upload meanwhile does so without harm.
            try:
                opened = path.open("rb")
            except FileNotFoundError:
                continue
            with opened as file:
                name = f"files/{store}/{path.relative_to(root).as_posix()}"
                member = archive.gettarinfo(arcname=name, fileobj=file)
                archive.addfile(member, file)
            number += 1
    return number


def _files(root: Path) -> Iterator[Path]:
    for inner, folders, names in os.walk(root, onerror=_raise_unless_gone):
        left_alone = NO_UPLOADS if Path(inner) == root else set()
        folders[:] = sorted(set(folders) - left_alone)
        for name in sorted(names):
            path = Path(inner, name)
            if path.is_file() and not path.is_symlink():
                yield path


def _raise_unless_gone(error: OSError) -> None:
    """Raise what keeps a folder from being read; one deleted meanwhile had no file."""
    if not isinstance(error, FileNotFoundError):
        raise error


def _add_text(archive: tarfile.TarFile, name: str, value: Any) -> None:
    content = json.dumps(value).encode()
    member = tarfile.TarInfo(name)
    member.size = len(content)
    archive.addfile(member, io.BytesIO(content))


def _read_text(archive: tarfile.TarFile, member: tarfile.TarInfo) -> Any:
    file = archive.extractfile(member)
    assert file  # noqa: S101
    return json.loads(file.read())


def _within(place: Path, name: str) -> Path:
    """Return where ``name`` lies in ``place``, as tarfile's filters do from 3.11.4 on.

    Raises:
        tarfile.TarError: It leads elsewhere. Debian 12 has Python 3.11.2.
    """
    path = place / name.lstrip("/")
    if not path.resolve().is_relative_to(place.resolve()):
        raise tarfile.TarError
    return path


def _extract(archive: tarfile.TarFile, member: tarfile.TarInfo, to: Path) -> None:
    file = archive.extractfile(member)
    if file is None:
        raise CommandError(f"The backup has something that is no file: {member.name}")
    to.parent.mkdir(parents=True, exist_ok=True)
    with to.open("wb") as written:
        while chunk := file.read(1 << 20):
            written.write(chunk)
    to.chmod(0o640)
    os.utime(to, (member.mtime, member.mtime))
