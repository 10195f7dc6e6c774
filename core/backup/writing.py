"""One backup more in a folder: written whole, or not at all."""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from django.core.management.base import CommandError

from . import archive
from .age import encrypting

_ENDING = ".tar.age"
_UNFINISHED = ".unfinished-"


def write(
    folder: Path, recipients: Path, keep: int | None = None
) -> tuple[Path, archive.Manifest]:
    """Write a backup to ``folder``, then delete all but the newest ``keep``, if given.

    Those whose names lie ahead, as after a clock that ran ahead, are not counted, and
    not deleted before their time has come.

    Raises:
        CommandError: Nothing was written; the earlier ones are still there.
    """
    with _alone(folder):
        for left_over in folder.glob(f"{_UNFINISHED}*"):
            shutil.rmtree(left_over)
        with tempfile.TemporaryDirectory(prefix=_UNFINISHED, dir=folder) as name:
            workshop = Path(name)
            draft = workshop / "backup"
            with draft.open("wb") as file:
                with encrypting(file, recipients) as stream:
                    manifest = archive.write(stream, workshop)
                os.fsync(file.fileno())
            moment = datetime.now(UTC).strftime("%Y-%m-%dT%H-%M-%S-%fZ")
            path = folder / f"{moment}{_ENDING}"
            draft.chmod(0o640)
            draft.replace(path)
        _sync(folder)
        if keep:
            until_now = [each for each in _backups(folder) if each <= path]
            for old in until_now[:-keep]:
                old.unlink()
    return path, manifest


def ahead_of(path: Path) -> list[Path]:
    """Return what lies beside a backup just written, with the name of a later one."""
    return [each for each in _backups(path.parent) if each > path]


def _backups(folder: Path) -> list[Path]:
    return sorted(folder.glob(f"*{_ENDING}"))


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Hold the folder's lock, which ends with this process."""
    with (folder / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CommandError(
                "Another backup is being written there; wait until it is done."
            ) from None
        yield


def _sync(folder: Path) -> None:
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
