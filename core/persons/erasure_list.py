"""The erasure list: what a restored backup must be cleaned of.

A file beside the backups, which no restore replaces. Each line says what was done and
when, and names nobody: names are hashed with a key of the list's own. That key is kept
in the first line, encrypted under `FIELD_KEYS`, so that a change of those keys writes
one line anew and every entry still matches (docs/adr/0025).
"""

import base64
import fcntl
import hashlib
import hmac
import json
import os
import secrets
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any, NamedTuple

from django.conf import settings

from core import encryption
from core.keys.holdings import UNKNOWN, Holding
from core.models.person_requests import BegunErasureList

ERASED = "erased"
_FORMAT = 1
_PLACE = ("erasure list", "key", "1")
_KEY_BYTES = 32
_LONGEST = 4096  # bytes: no line comes near it
# What was done, to whom by name, and when.
Done = tuple[str, str, datetime]


@dataclass(frozen=True)
class Entry:
    """That something was done; ``of`` is the hash of a name."""

    what: str
    of: str
    at: datetime


class ListDamaged(Exception):
    """The file is no erasure list, or a line of it was altered."""


class ListMissing(ListDamaged):
    """There is no list, and the database knows of one: another would forget it."""


class ErasureList:
    """The list at ``path``, by default that of the settings.

    Raises:
        OSError: The file cannot be read or written.
        core.encryption.EncryptionError: Its key cannot be read.
        ListDamaged: It is no such list.
    """

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or Path(settings.ERASURE_LIST)

    def exists(self) -> bool:
        return self.path.exists()

    def add(self, done: Iterable[Done], *, is_new: bool = False) -> int:
        """Add what was done, and return how much of it was not there.

        It is on the disk when this returns.

        Args:
            done: What, to whom by name, and when.
            is_new: Whether it just happened, so that nothing of it can be there.
        """
        done = list(done)
        if not done:
            return 0
        with self._alone():
            key = self._first_key() if self.exists() else self._begin_the_first()
            # In the order given, each once.
            new = dict.fromkeys(
                Entry(what, _hash(key, of), at) for what, of, at in done
            )
            if not is_new:
                known = set(self._read().entries)
                new = {entry: None for entry in new if entry not in known}
            if new:
                self._append(list(new))
        return len(new)

    def known(self) -> "Known":
        """Return what is on the list, to be asked by name."""
        read = self._read()
        return Known(read.key, read.entries, read.damaged)

    def begin(self) -> None:
        """Begin an empty list, where there is none: the last one is lost for good.

        Or there was never one on this machine.
        """
        with self._alone():
            if not self.exists():
                self._begin()

    def remember(self) -> None:
        """Note in the database that there is this list."""
        key_hash = hashlib.sha256(self._first_key()).hexdigest()
        BegunErasureList.objects.get_or_create(key_hash=key_hash)

    # --- The file ---------------------------------------------------------------------

    def _begin_the_first(self) -> bytes:
        if BegunErasureList.objects.exists():
            raise ListMissing
        return self._begin()

    def _begin(self) -> bytes:
        key = secrets.token_bytes(_KEY_BYTES)
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self._replace(_first_line(key), b"")
        self.remember()
        return key

    def _read(self) -> "_Read":
        # What follows the last line break was never acknowledged: a crash cut it short.
        whole = self.path.read_bytes().rpartition(b"\n")[0]
        first, *lines = whole.split(b"\n")
        entries, damaged = [], 0
        for line in lines:
            try:
                entries.append(_entry(_parsed(line)))
            except ListDamaged:
                damaged += 1  # of no use, and no reason to forget the others
        return _Read(_key(_parsed(first)), entries, damaged)

    def _first_key(self) -> bytes:
        with self.path.open("rb") as file:
            return _key(_parsed(file.readline()))

    def _append(self, entries: list[Entry]) -> None:
        with self.path.open("r+b") as file:
            _cut_short(file)
            for entry in entries:
                file.write(_line([entry.what, entry.of, entry.at.isoformat()]))
            file.flush()
            os.fsync(file.fileno())

    def _replace(self, first: bytes, rest: bytes) -> None:
        draft = self.path.with_name(f"{self.path.name}.next")
        with draft.open("wb") as file:
            file.write(first + rest)
            file.flush()
            os.fsync(file.fileno())
        draft.chmod(0o640)
        draft.replace(self.path)
        folder = os.open(self.path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.with_name(f"{self.path.name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def key_name(self) -> str:
        """Return the name of the key of `FIELD_KEYS` that it is kept under."""
        first = _parsed(self.path.read_bytes().partition(b"\n")[0])
        token = str(first.get("key")) if isinstance(first, dict) else ""
        found = token.removeprefix(encryption.PREFIX).partition(".")[0]
        return found if encryption.KEY_NAME.fullmatch(found) else UNKNOWN

    def renew(self) -> None:
        """Write its key anew under the first of `FIELD_KEYS`."""
        with self._alone():
            key = self._first_key()
            rest = self.path.read_bytes().partition(b"\n")[2]
            self._replace(_first_line(key), rest)


class _Read(NamedTuple):
    key: bytes
    entries: list[Entry]
    damaged: int


class Known:
    """What is on a list.

    Attributes:
        damaged: How many lines of it cannot be read.
    """

    def __init__(self, key: bytes, entries: list[Entry], damaged: int = 0) -> None:
        self._key, self.damaged = key, damaged
        self._last: dict[tuple[str, str], datetime] = {}
        for entry in entries:
            at = self._last.get((entry.what, entry.of), entry.at)
            self._last[entry.what, entry.of] = max(at, entry.at)

    def when(self, what: str, name: str) -> datetime | None:
        """Return when that was last done to ``name``, None if it never was."""
        return self._last.get((what, _hash(self._key, name)))

    def counts(self) -> Counter[str]:
        return Counter(what for what, _of in self._last)


def was_erased(name: str) -> bool:
    """Return whether ``name`` is on the list as erased; False where it is not there."""
    try:
        return ErasureList().known().when(ERASED, name) is not None
    except (OSError, encryption.EncryptionError, ListDamaged):
        return False


class ListKey(Holding):
    """The key of the erasure list, as what is kept under a key."""

    name = "keys of the erasure list"

    def in_use(self) -> Counter[str]:
        found = ErasureList()
        if not found.exists():
            return Counter()
        try:
            return Counter([found.key_name()])
        except ListDamaged:
            return Counter([UNKNOWN])

    def renew(self) -> Iterator[bool]:
        found = ErasureList()
        if not found.exists():
            return
        try:
            if found.key_name() == encryption.key_names()[0]:
                return
            found.renew()
        except (OSError, encryption.EncryptionError, ListDamaged):
            yield False
        else:
            yield True


def _cut_short(file: IO[bytes]) -> None:
    """Go to the end of the last whole line, and drop what a crash has left after it."""
    end = file.seek(0, os.SEEK_END)
    start = max(0, end - _LONGEST)
    file.seek(start)
    file.seek(start + file.read().rfind(b"\n") + 1)
    file.truncate()


def _first_line(key: bytes) -> bytes:
    text = base64.urlsafe_b64encode(key).decode()
    return _line({"format": _FORMAT, "key": encryption.encrypt(text, _PLACE)})


def _key(first: Any) -> bytes:
    if not isinstance(first, dict) or first.get("format") != _FORMAT:
        raise ListDamaged
    try:
        text = encryption.decrypt(str(first.get("key")), _PLACE)
    except encryption.NotEncryptedError:
        raise ListDamaged from None
    return base64.urlsafe_b64decode(text)


def _entry(line: Any) -> Entry:
    try:
        what, of, at = line
        return Entry(what, of, datetime.fromisoformat(at))
    except (TypeError, ValueError) as error:
        raise ListDamaged from error


def _parsed(line: bytes) -> Any:
    try:
        return json.loads(line)
    except ValueError as error:
        raise ListDamaged from error


def _line(value: Any) -> bytes:
    return json.dumps(value).encode() + b"\n"


def _hash(key: bytes, name: str) -> str:
    return hmac.new(key, name.encode(), hashlib.sha256).hexdigest()
