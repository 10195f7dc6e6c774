"""Where a text lies in what the site has stored, wherever that is."""

import gzip
import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

import brotli
from django.apps import apps
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.cache import caches
from django.core.files.storage import Storage, storages
from django.db import connection

from core.backup.archive import STORES
from core.encrypted_fields import EncryptedTextField
from core.encryption import EncryptionError
from core.persons.erasure_list import ErasureList
from core.persons.needles import Needles
from core.persons.registry import sealed

_CHUNK = 1 << 20  # bytes read at a time
_ROWS = 500
_OPENERS = {".gz": gzip.decompress, ".br": brotli.decompress}
_FTS = "SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL%fts5%'"
_VECTORS = """SELECT table_name, column_name FROM information_schema.columns
 WHERE table_schema = current_schema() AND data_type = 'tsvector'"""
_TABLES = """SELECT table_name, column_name FROM information_schema.columns
 WHERE table_schema = current_schema() ORDER BY 1, 2"""


def places(needles: Needles, unopened: Counter[str]) -> Iterator[str]:
    """Yield each place where it was found, by table and column or by file.

    Args:
        needles: What is looked for.
        unopened: Is added what could not be looked into, by its place.
    """
    yield from _columns(needles)
    yield from _encrypted(needles, unopened)
    yield from _sessions(needles)
    yield from _sealed(needles, unopened)
    yield from _search_index(needles)
    if connection.vendor == "sqlite":
        database = str(connection.settings_dict["NAME"])
        # Also what is in no row any more: free pages, and the journal.
        journals = (Path(database + ending) for ending in ("", "-wal", "-journal"))
        yield from _files(journals, needles)
    for name in STORES:
        yield from _store(storages[name], needles, f"store {name}")
    if settings.PAGE_STORE:
        yield from _files(_beneath(Path(settings.PAGE_STORE)), needles)
    yield from _files([ErasureList().path], needles)
    yield from _caches(needles, unopened)


def _columns(needles: Needles) -> Iterator[str]:
    quote = connection.ops.quote_name
    for table, columns in _tables().items():
        found: set[str] = set()
        names = ", ".join(
            quote(each) if connection.vendor == "sqlite" else f"{quote(each)}::text"
            for each in columns
        )
        with connection.chunked_cursor() as cursor:
            cursor.execute(f"SELECT {names} FROM {quote(table)}")  # noqa: S608
            while rows := cursor.fetchmany(_ROWS):
                for row in rows:
                    found |= {
                        column
                        for column, value in zip(columns, row, strict=True)
                        if column not in found and needles.is_in(_bytes(value))
                    }
        yield from (f"{table}.{column}" for column in sorted(found))


def _tables() -> dict[str, list[str]]:
    """Return the columns of every table, whether a model knows it or not."""
    found: dict[str, list[str]] = {}
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_TABLES)
            for table, column in cursor.fetchall():
                found.setdefault(table, []).append(column)
            return found
        for table in connection.introspection.table_names(cursor):
            columns = connection.introspection.get_table_description(cursor, table)
            found[table] = [column.name for column in columns]
    return found


def _bytes(value: Any) -> bytes:
    if isinstance(value, bytes | memoryview):
        return bytes(value)
    text = "" if value is None else str(value)
    # PostgreSQL prints binary columns so.
    if text.startswith("\\x"):
        with suppress(ValueError):
            return bytes.fromhex(text[2:])
    return text.encode()


def _encrypted(needles: Needles, unopened: Counter[str]) -> Iterator[str]:
    """Yield the encrypted columns whose values say it once they are decrypted."""
    for model in apps.get_models():
        for field in model._meta.local_concrete_fields:
            if isinstance(field, EncryptedTextField):
                place = f"{model._meta.db_table}.{field.column} (encrypted)"
                rows = model._base_manager.exclude(**{f"{field.name}__isnull": True})
                is_found = False
                for row in rows.iterator():
                    try:
                        text = str(getattr(row, field.name))
                    except EncryptionError:
                        unopened[place] += 1
                    else:
                        is_found = is_found or needles.is_in(text.encode())
                if is_found:
                    yield place


def _sessions(needles: Needles) -> Iterator[str]:
    """Yield the table of sessions, whose data is compressed and signed."""
    for session in Session.objects.iterator():
        data = json.dumps(session.get_decoded(), ensure_ascii=False, default=str)
        if needles.is_in(data.encode()):
            yield f"{Session._meta.db_table}.session_data (decoded)"
            return


def _sealed(needles: Needles, unopened: Counter[str]) -> Iterator[str]:
    for place, read in sealed():
        try:
            content = b"".join(read())
        except (EncryptionError, OSError):
            unopened[f"{place} (encrypted)"] += 1
            continue
        if needles.is_in(content):
            yield f"{place} (encrypted)"


def _search_index(needles: Needles) -> Iterator[str]:
    if connection.vendor == "postgresql":
        yield from _vectors(needles)
        return
    phrase = '"{}"'.format(needles.text.replace('"', '""'))
    with connection.cursor() as cursor:
        cursor.execute(_FTS)
        for (name,) in cursor.fetchall():
            table = connection.ops.quote_name(name)
            cursor.execute(
                f"SELECT count(*) FROM {table} WHERE {table} MATCH %s",  # noqa: S608
                [phrase],
            )
            if cursor.fetchone()[0]:
                yield f"{name} (search index)"


def _vectors(needles: Needles) -> Iterator[str]:
    """Yield the columns of words, in which no two of them stand side by side."""
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        cursor.execute(_VECTORS)
        for table, column in cursor.fetchall():
            cursor.execute(
                f"SELECT count(*) FROM {quote(table)} WHERE {quote(column)} @@ "  # noqa: S608
                "phraseto_tsquery('simple', %s)",
                [needles.text],
            )
            if cursor.fetchone()[0]:
                yield f"{table}.{column} (search index)"


def _files(paths: Iterable[Path], needles: Needles) -> Iterator[str]:
    for path in paths:
        with suppress(FileNotFoundError, IsADirectoryError), path.open("rb") as file:
            if _named(str(path), needles):
                # Its name is what must not be printed.
                yield "the name of a file"
            elif _is_in_file(file, path.suffix, needles):
                yield str(path)


def _store(store: Storage, needles: Needles, name: str) -> Iterator[str]:
    for path in _in_store(store, ""):
        with suppress(FileNotFoundError), store.open(path) as file:
            if _named(path, needles):
                yield f"{name}: the name of a file"
            elif _is_in_file(file, Path(path).suffix, needles):
                yield f"{name}: {path}"


def _in_store(store: Storage, folder: str) -> Iterator[str]:
    try:
        folders, files = store.listdir(folder)
    except (FileNotFoundError, NotADirectoryError):
        return
    yield from (f"{folder}{name}" for name in files)
    for each in folders:
        yield from _in_store(store, f"{folder}{each}/")


def _beneath(folder: Path) -> Iterator[Path]:
    for place, _folders, names in os.walk(folder):
        yield from (Path(place, name) for name in names)


def _named(name: str, needles: Needles) -> bool:
    return needles.is_in(name.encode())


def _is_in_file(file: IO[bytes] | Any, ending: str, needles: Needles) -> bool:
    if ending in _OPENERS:
        with suppress(Exception):
            return needles.is_in(_OPENERS[ending](file.read()))
    rest = b""
    while chunk := file.read(_CHUNK):
        if needles.is_in(rest + chunk):
            return True
        rest = chunk[-needles.longest :]
    return False


def _caches(needles: Needles, unopened: Counter[str]) -> Iterator[str]:
    for alias in caches:
        client = getattr(getattr(caches[alias], "_cache", None), "get_client", None)
        if client is None:
            unopened[f"cache {alias}, which each process has for itself"] += 1
            continue
        redis = client()
        for key in redis.scan_iter():
            with suppress(Exception):  # another type, or gone meanwhile
                if needles.is_in(key + b" " + (redis.get(key) or b"")):
                    yield f"cache {alias}"
                    break
