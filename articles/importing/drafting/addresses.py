"""What a file or its former address calls an article."""

import re
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

# Files that stand for the folder they are in.
_INDEXES = frozenset({"index", "_index", "readme", "default"})
_DATED = re.compile(r"^\d{4}-\d{2}-\d{2}[-_]")
_PATTERN = re.compile(r"[:{}\[\]]")


def last_part(address: str) -> str:
    """Return the last part of an address; "" where it has none, or is a pattern."""
    try:
        path = unquote(urlsplit(address.strip()).path)
    except ValueError:
        return ""
    parts = [part for part in path.split("/") if part]
    while parts and PurePosixPath(parts[-1]).stem.casefold() in _INDEXES:
        parts.pop()
    name = parts[-1] if parts and not _PATTERN.search(path) else ""
    return re.sub(r"\.(?:html?|php|aspx?|md)$", "", name, flags=re.IGNORECASE)


def folder_name(path: str) -> str:
    """Return the folder that a file stands for, "" where it stands for itself."""
    file = PurePosixPath(path)
    return file.parent.name if file.stem.casefold() in _INDEXES else ""


def file_name(path: str) -> str:
    """Return the name of a file, or of the folder that it stands for."""
    file = PurePosixPath(path)
    return file.parent.name if file.stem.casefold() in _INDEXES else file.stem


def as_title(name: str) -> str:
    """Return “Walking again” for “2026-03-31-walking-again”."""
    words = " ".join(re.split(r"[\s_-]+", _DATED.sub("", name))).strip()
    return (words[:1].upper() + words[1:]) or name
