"""The two stores of uploads: the public one, and a private one.

A stored name says where its file is. One that begins with `PREFIX` lies in the store
named ``private`` in ``STORAGES``, which no server shows to the public; every other lies
in the default one.
"""

import re
from datetime import datetime
from pathlib import PurePath
from string import digits
from typing import Any

from django.core.files.storage import Storage, default_storage, storages
from django.utils.crypto import get_random_string
from django.utils.deconstruct import deconstructible

PREFIX = "private/"
_DIGITS = 9
_LONGEST_STEM = 60  # below the 100 signs of a FileField with folders and digits


def is_private(name: str | None) -> bool:
    return str(name or "").startswith(PREFIX)


def never_used(name: str) -> str:
    """Return ``name`` with digits behind it that make it one that no file ever had.

    Browsers keep a file for a year under its address, also one that is gone since.
    Letters could spell the name of a patient (`Subject.is_told_by`).
    """
    path = PurePath(name)
    new = f"{path.stem[:_LONGEST_STEM]}-{get_random_string(_DIGITS, digits)}"
    return str(path.with_stem(new))


def without_digits(name: str) -> str:
    """Return the name of a rendition without the digits of its picture's file.

    It has signs of its own before it. A page names dozens, and each digit counts.
    """
    return re.sub(rf"-\d{{{_DIGITS}}}(?=\.)", "", name, count=1)


@deconstructible
class EitherStore(Storage):
    """Both stores as one: a file's name decides."""

    def _place(self, name: str) -> tuple[Storage, str]:
        if is_private(name):
            return storages["private"], name.removeprefix(PREFIX)
        return default_storage, name

    def save(self, name: str | None, content: Any, max_length: Any = None) -> str:
        store, place = self._place(str(name or content.name))
        if not is_private(name):
            return store.save(place, content, max_length=max_length)
        if max_length is not None:
            max_length -= len(PREFIX)
        return PREFIX + store.save(place, content, max_length=max_length)

    def open(self, name: str, mode: str = "rb") -> Any:
        store, place = self._place(name)
        return store.open(place, mode)

    def delete(self, name: str) -> None:
        store, place = self._place(name)
        store.delete(place)

    def exists(self, name: str) -> bool:
        store, place = self._place(name)
        return store.exists(place)

    def size(self, name: str) -> int:
        store, place = self._place(name)
        return store.size(place)

    def path(self, name: str) -> str:
        store, place = self._place(name)
        return store.path(place)

    def get_modified_time(self, name: str) -> datetime:
        store, place = self._place(name)
        return store.get_modified_time(place)

    def listdir(self, path: str) -> tuple[list[str], list[str]]:
        """Return the folders and files in ``path``; none where there is no such."""
        store, place = self._place(path)
        try:
            return store.listdir(place)
        except FileNotFoundError:
            return [], []

    def url(self, name: str | None) -> str:
        """Return the public address of a file.

        Raises:
            ValueError: The file is private; `stored_files` knows its address.
        """
        if is_private(name):
            raise ValueError("A private file has no public address.")
        return default_storage.url(str(name))


either_store = EitherStore()


def files_in(folder: str) -> list[str]:
    """Return the names of the files in ``folder``, ``PREFIX`` and all."""
    _folders, names = either_store.listdir(folder)
    return [f"{folder}/{name}" for name in names]


def empty(folder: str) -> None:
    """Delete ``folder`` with its files; it has no folders of its own."""
    for name in files_in(folder):
        either_store.delete(name)
    either_store.delete(folder)  # a folder on a disk; object storage has none
