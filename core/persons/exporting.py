"""What is known of somebody, as an archive that is written nowhere on this machine."""

import json
from collections.abc import Iterator
from io import RawIOBase
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext

from core.encryption import EncryptionError
from core.persons.erasing import found
from core.persons.person import Person
from core.persons.registry import File, Item, PersonalData, Record

# What others on the device need not read: for its owner alone.
_MODE = 0o600 << 16


def export(person: Person) -> Iterator[bytes]:
    """Yield a ZIP archive: ``data.json``, ``data.html`` and all files.

    Raises:
        core.encryption.EncryptionError: A file was altered: the archive breaks off,
            which browsers and programs notice.
    """
    sections, files = _sections(person)
    moment = timezone.localtime()
    context = {"sections": sections, "moment": moment}
    pieces = _Pieces()
    with ZipFile(pieces, "w", ZIP_DEFLATED) as archive:
        text = json.dumps(sections, ensure_ascii=False, indent=1)
        archive.writestr(_entry("data.json", moment), text)
        page = render_to_string("core/persons/export.html", context)
        archive.writestr(_entry("data.html", moment), page)
        yield pieces.taken()
        for file in files:
            with archive.open(_entry(file.name, moment), "w") as entry:
                for piece in file.read():
                    entry.write(piece)
                    yield pieces.taken()
    yield pieces.taken()


def _sections(person: Person) -> tuple[list[dict[str, Any]], list[File]]:
    """Return what there is, by kind, and the files with their names in the archive."""
    sections: list[dict[str, Any]] = []
    files: list[File] = []
    for kind, items in found(person):
        records = []
        for item in items:
            record = _record(kind, item)
            named = [
                File(f"{kind.code}/{len(files) + number:03} {file.name}", file.read)
                for number, file in enumerate(record.files, start=1)
            ]
            files += named
            records.append(
                {
                    "title": record.title,
                    "rows": [
                        {"label": str(label), "texts": _texts(value)}
                        for label, value in record.rows
                    ],
                    "files": [file.name for file in named],
                }
            )
        sections.append({"kind": str(kind.name), "records": records})
    return sections, files


def _record(kind: PersonalData, item: Item) -> Record:
    try:
        return kind.export(item)
    except EncryptionError as error:
        # One lost key must not hide what another opens.
        return Record(item.label, [(gettext("Not readable"), str(error.sentence))])


def _texts(value: str | list[str]) -> list[str]:
    texts = value if isinstance(value, list) else [value]
    return [str(text) for text in texts if text]


def _entry(name: str, moment: Any) -> ZipInfo:
    entry = ZipInfo(name, moment.timetuple()[:6])
    entry.external_attr = _MODE
    entry.compress_type = ZIP_DEFLATED
    return entry


class _Pieces(RawIOBase):
    """A file that only holds what was written since it was last asked."""

    def __init__(self) -> None:
        self._written: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: Any, /) -> int:
        self._written.append(bytes(data))
        return len(data)

    def taken(self) -> bytes:
        taken, self._written = b"".join(self._written), []
        return taken
