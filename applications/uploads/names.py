"""Names of files that do no harm wherever they are shown or saved."""

import re
import unicodedata

from django.utils.text import Truncator
from django.utils.translation import gettext

# Most file systems take 255; some tool always adds a few of its own.
MOST_BYTES = 200
_ENDINGS = {
    "image/jpeg": (".jpg", ".jpeg"),
    "image/png": (".png",),
    "image/webp": (".webp",),
    "application/pdf": (".pdf",),
}
# What paths, shells and Windows read into a name.
_UNSAFE = re.compile(r'[<>:"|?*`$&;\'%]')
_SPACES = re.compile(r"\s+")
_ENDING = re.compile(r"\.[^.\s]{1,5}$")
# Begun so, a name is a formula to a spreadsheet, an option to a command or hidden.
_UNSAFE_AT_FIRST = "=+-@.~ "
_OF_WINDOWS = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)


def safe_name(name: str, content_type: str) -> str:
    """Return ``name`` without folders and trickery, with the ending of its content.

    Args:
        name: As a browser sent it.
        content_type: As found by content; one that `applications.uploads` takes.
    """
    endings = _ENDINGS[content_type]
    clean = _clean(name)
    if not clean.lower().endswith(endings):
        clean = _ENDING.sub("", clean)
    ending = next((e for e in endings if clean.lower().endswith(e)), "")
    stem = clean.removesuffix(clean[-len(ending) :] if ending else "")
    stem = stem.lstrip(_UNSAFE_AT_FIRST)
    ending = ending or endings[0]
    stem = _cut(stem, MOST_BYTES - len(ending)).rstrip(". ") or gettext("file")
    if _OF_WINDOWS.match(stem):
        stem = _cut(f"_{stem}", MOST_BYTES - len(ending))
    return stem + ending


def shown_name(name: str) -> str:
    """Return the name of a file that is not kept, short enough for a sentence."""
    return Truncator(_clean(name)).chars(60) or gettext("file")


def _clean(name: str) -> str:
    """Return the last part of a path, without what cannot be seen or does harm."""
    last = re.split(r"[/\\]", name)[-1]
    # Controls, marks that turn the direction of writing, surrogates, private use.
    visible = "".join(
        " " if unicodedata.category(c)[0] == "Z" or c in "\t\n\r" else c
        for c in unicodedata.normalize("NFC", last)
        if c in "\t\n\r" or unicodedata.category(c)[0] != "C"
    )
    return _SPACES.sub(" ", _UNSAFE.sub("_", visible)).strip()


def _cut(text: str, most: int) -> str:
    """Return as many whole characters as ``most`` bytes hold."""
    return text.encode()[:most].decode(errors="ignore")
