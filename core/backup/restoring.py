"""A backup put in the place of what is there, once all of it has been read."""

import os
import shutil
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO

from django.core.management.base import CommandError
from django.db.migrations.loader import MigrationLoader

from core.encryption import key_names

from . import archive, databases, uncleaned
from .age import decrypting

_NEW, _OLD = ".restoring", ".replaced"


def restore(backup: Path, identity: Path, *, keys_lost: bool) -> archive.Manifest:
    """Replace database and uploads by those of ``backup``.

    A store that was a bucket then is left as it is.

    Raises:
        CommandError: The backup cannot be used. Nothing was replaced, unless the
            sentence says otherwise.
    """
    _clear_away(databases.folder())
    with ExitStack() as stack:
        workshop = Path(
            stack.enter_context(
                tempfile.TemporaryDirectory(prefix=_NEW, dir=databases.folder())
            )
        )
        copy = workshop / "database"
        stores = {f"files/{name}": root for name, root in _stores()}
        staged = {
            name: stack.enter_context(_new(root)) for name, root in stores.items()
        }
        manifest = _read(backup, identity, {"database": copy} | staged, keys_lost)
        databases.check(copy)
        # Of a store that was a bucket the backup has nothing to put in its place.
        for name in manifest.elsewhere:
            stores.pop(f"files/{name}", None)
        for root in stores.values():
            _check_movable(root)
        was_uncleaned = uncleaned.is_uncleaned()
        was_half_restored = uncleaned.is_half_restored()
        uncleaned.mark()
        try:
            databases.replace_with(copy)
        except databases.NothingDone:
            if not was_uncleaned:
                uncleaned.unmark()
            elif not was_half_restored:
                uncleaned.mark_whole()
            raise
        for name, root in stores.items():
            _swap(root, staged[name])
    if databases.count() != manifest.rows:
        raise CommandError(
            "The restored database has not the rows that the backup counted. Was the "
            "site running? Stop it, and restore once more with --overwrite."
        )
    return manifest


def occupied() -> list[str]:
    """Return what a restore would replace, as a person would name it."""
    found = [f"files in {root}" for _, root in _stores() if _content(root)]
    return found if databases.is_empty() else ["the database", *found]


def _read(
    backup: Path, identity: Path, places: dict[str, Path], keys_lost: bool
) -> archive.Manifest:
    try:
        with (
            backup.open("rb") as encrypted,
            decrypting(encrypted, identity) as stream,
            _opened(stream) as opened,
        ):
            manifest = archive.read_manifest(opened)
            _check(manifest, keys_lost)
            archive.extract(opened, places)
    except (EOFError, tarfile.TarError):
        raise CommandError("The backup is damaged. Take another.") from None
    except OSError as error:
        raise CommandError(f"Nothing was replaced. {error}") from error
    return manifest


def _opened(stream: IO[bytes]) -> tarfile.TarFile:
    try:
        return tarfile.open(fileobj=stream, mode="r|")
    except tarfile.TarError:
        raise EOFError from None  # What age did not decrypt; it says why.


def _check(manifest: archive.Manifest, keys_lost: bool) -> None:
    """Refuse what would leave a site that does not work."""
    if manifest.engine != databases.engine():
        raise CommandError(
            f"The backup is of {manifest.engine}, and DATABASE_URL names "
            f"{databases.engine()}. Name a database of the same kind."
        )
    known = MigrationLoader(None).disk_migrations
    if later := {tuple(each) for each in manifest.migrations} - set(known or ()):
        names = ", ".join(".".join(each) for each in sorted(later)[:3])
        raise CommandError(
            f"The release that made this backup has other migrations ({names}). "
            "Install that one, restore, then upgrade."
        )
    for name, variable in archive.STORES.items():
        if name not in manifest.elsewhere and archive.folder(name) is None:
            raise CommandError(
                f"The backup has the files of the store “{name}”, and {variable} names "
                "a bucket. Name a folder there, restore, then copy them to the bucket."
            )
    if not keys_lost and (missing := set(manifest.keys) - set(key_names())):
        raise CommandError(
            f"FIELD_KEYS lacks {len(missing)} of the keys with which the backup was "
            "written: put back those of that time. If they are lost, and with them "
            "what applicants sent and everybody's second factor, say --keys-lost."
        )


def _stores() -> Iterator[tuple[str, Path]]:
    for name in archive.STORES:
        if root := archive.folder(name):
            yield name, root


def _content(root: Path) -> list[Path]:
    if not root.is_dir():
        return []
    return [path for path in root.iterdir() if path.name not in archive.NO_UPLOADS]


def _check_movable(root: Path) -> None:
    """Find what cannot be moved away before anything is replaced.

    Raises:
        CommandError: It says what.
    """
    for path in _content(root):
        is_folder = path.is_dir() and not path.is_symlink()
        # A folder that moves is written to: it names the one above.
        if os.path.ismount(path) or (is_folder and not os.access(path, os.W_OK)):
            raise CommandError(
                f"Nothing was replaced. {path} cannot be moved away: it is a disk of "
                "its own, or somebody else's."
            )


@contextmanager
def _new(root: Path) -> Iterator[Path]:
    """Give an empty folder within a store: its group and its disk are right there."""
    root.mkdir(parents=True, exist_ok=True)
    _delete(root / _NEW)
    (root / _NEW).mkdir()
    try:
        yield root / _NEW
    finally:
        _delete(root / _NEW)


def _swap(root: Path, staged: Path) -> None:
    old = root / _OLD
    _delete(old)
    old.mkdir()
    for path in _content(root):
        path.rename(old / path.name)
    for path in staged.iterdir():
        path.rename(root / path.name)
    _delete(old)


def _clear_away(folder: Path | None) -> None:
    """Delete copies of the database that a killed restore has left."""
    for left_over in folder.glob(f"{_NEW}*") if folder else ():
        _delete(left_over)


def _delete(folder: Path) -> None:
    if folder.exists():
        shutil.rmtree(folder)
