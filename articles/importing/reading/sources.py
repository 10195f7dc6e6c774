"""Uploaded text files, pictures, and zip files of both, within limits.

Nothing of it is ever written to a disk under a name of its own, fetched or executed.
"""

import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import PurePosixPath

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

LARGEST_TEXT = 512 * 1024  # bytes; some 80,000 words
LARGEST_ZIP = 60 * 1024 * 1024  # bytes, packed
LARGEST = 60 * 1024 * 1024  # bytes of all files together, unpacked
MOST_TEXT = 5 * 1024 * 1024  # bytes of all texts together
MOST = 500  # files
LONGEST_PATH = 300  # characters

MARKDOWN = frozenset({".md", ".markdown"})
HTML = frozenset({".html", ".htm"})
TEXTS = MARKDOWN | HTML
# What each entry of a zip file's list of contents begins with.
_ENTRY = b"PK\x01\x02"
# By others, a hundred bytes become gigabytes in memory, however few are asked for.
_UNPACKED_IN_PARTS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


class Refused(ValueError):
    """An upload that is refused; the message says why and what to do."""


@dataclass
class Source:
    """An uploaded file, by its path within the upload."""

    path: str
    data: bytes = field(repr=False)

    @property
    def suffix(self) -> str:
        return PurePosixPath(self.path).suffix.lower()

    @property
    def is_text(self) -> bool:
        return self.suffix in TEXTS

    @property
    def is_picture(self) -> bool:
        return self.suffix.lstrip(".") in settings.WAGTAILIMAGES_EXTENSIONS


@dataclass
class Sources:
    """One upload: the readable files, and the refused ones with reasons."""

    files: list[Source] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)

    def add(self, path: str, data: bytes) -> None:
        """Take a file, or everything that a zip file holds."""
        if PurePosixPath(path).suffix.lower() == ".zip":
            self._unpack(path, data)
        else:
            self._take(path, data)

    def _take(self, path: str, data: bytes) -> None:
        source = Source(path[-LONGEST_PATH:], data)
        if reason := self._against(source):
            self.refused.append((source.path, reason))
        else:
            self.files.append(source)

    def _against(self, source: Source) -> str:
        """Return why a file is refused, "" when it is accepted."""
        largest = largest_of(source)
        if not largest:
            return _(
                "Articles are Markdown or HTML (.md, .markdown, .html, .htm). Save "
                "it as one of these; pictures and zip files of both are taken, too."
            )
        if len(source.data) > largest:
            return _("It is larger than {size}. Make it smaller, or split it.").format(
                size=_size(largest)
            )
        if any(known.path == source.path for known in self.files):
            return _("Two files have this name. Give one of them another.")
        if len(self.files) >= MOST:
            return ngettext(
                "More than {count} file at once. Import the rest afterwards.",
                "More than {count} files at once. Import the rest afterwards.",
                MOST,
            ).format(count=MOST)
        if sum(len(known.data) for known in self.files) + len(source.data) > LARGEST:
            return _("More than {size} at once. Import the rest afterwards.").format(
                size=_size(LARGEST)
            )
        texts = sum(len(known.data) for known in self.files if known.is_text)
        if source.is_text and texts + len(source.data) > MOST_TEXT:
            return _(
                "More than {size} of text at once. Import the rest afterwards."
            ).format(size=_size(MOST_TEXT))
        return ""

    def _unpack(self, path: str, data: bytes) -> None:
        try:
            for name, content in _members(data):
                self._take(name, content)
        except Refused as error:
            self.refused.append((path, str(error)))
        except _BROKEN:
            self.refused.append(
                (
                    path,
                    _(
                        "This zip file is damaged or locked by a password. Pack it "
                        "again."
                    ),
                )
            )


_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    RuntimeError,  # a password; NotImplementedError, a rare way to pack, is one, too
    OSError,
    EOFError,
    ValueError,
    KeyError,
    IndexError,
)


def _members(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield the members of a zip file, without trusting the sizes it states."""
    if len(data) > LARGEST_ZIP:
        raise Refused(
            _("It is larger than {size}. Pack less at once.").format(
                size=_size(LARGEST_ZIP)
            )
        )
    if data.count(_ENTRY) > 2 * MOST:
        raise Refused(
            ngettext(
                "It holds more than {count} file. Pack less at once.",
                "It holds more than {count} files. Pack less at once.",
                MOST,
            ).format(count=MOST)
        )
    unpacked = 0
    with zipfile.ZipFile(BytesIO(data)) as archive:
        for info in archive.infolist():
            parts = PurePosixPath(info.filename.replace("\\", "/")).parts
            if info.is_dir() or _is_litter(parts):
                continue
            if ".." in parts or parts[:1] == ("/",) or ":" in parts[0]:
                raise Refused(
                    _(
                        "It names a file outside of itself, “{filename}”. Pack it "
                        "again."
                    ).format(filename=info.filename[:80])
                )
            if info.compress_type not in _UNPACKED_IN_PARTS:
                raise Refused(_("It is packed in a rare way. Pack it anew as usual."))
            name = "/".join(parts)
            with archive.open(info) as member:
                content = member.read(1 + (largest_of(Source(name, b"")) or 0))
            unpacked += len(content)
            if unpacked > LARGEST:
                raise Refused(
                    _("It unpacks to more than {size}. Pack less at once.").format(
                        size=_size(LARGEST)
                    )
                )
            yield name, content


def _is_litter(parts: Iterable[str]) -> bool:
    """Return whether an operating system added this file by itself."""
    return any(part.startswith((".", "__MACOSX")) and part != ".." for part in parts)


def largest_of(source: Source) -> int:
    """Return how large a file of this kind may be; 0 for a kind that is not taken."""
    if source.is_text:
        return LARGEST_TEXT
    return int(settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE) if source.is_picture else 0


def _size(size: int) -> str:
    return f"{size // 1024 // 1024} MB" if size >= 1 << 20 else f"{size // 1024} KB"


_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def text_of(data: bytes) -> tuple[str, str]:
    """Return the text of a file with newlines, and a note where it had to be guessed.

    Raises:
        Refused: It is empty, or no text.
    """
    note = ""
    if data.startswith(_UTF_16):
        text = data.decode("utf-16", "replace")
    elif b"\x00" in data:
        raise Refused(_("This is not text. Save it as Markdown or HTML."))
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("cp1252", "replace")
            note = _(
                "The file is not in UTF-8; it was read as Windows-1252. Look at "
                "accents and quotation marks."
            )
    text = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    text = "".join(c for c in text if c in "\n\t" or c.isprintable() or ord(c) > 0x9F)
    text = "".join(c for c in text if not "\ud800" <= c <= "\udfff")
    if not text.strip():
        raise Refused(_("There is nothing in it."))
    return text, note
