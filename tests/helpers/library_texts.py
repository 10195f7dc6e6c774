"""What Django, Wagtail and other libraries say, which is theirs to mark."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import django
import django_filters
import polib
import taggit
import wagtail
import wagtailseo

from tests.helpers.marked_strings import marked_in

_LETTERS = re.compile(r"[A-Za-z]{2}")
# Addresses, names of files, and what Django makes of a date.
_NO_TEXT = re.compile(
    r"\w+://\S+|\S+@\S+\.\w+|\S*/\S*/\S*|[\w-]+\.(?:jpe?g|png|css|js|mp4)"
    r"|\b(?:January|February|March|April|May|June|July|August|September|October"
    r"|November|December|Jan\.|Feb\.|Aug\.|Sept\.|Oct\.|Nov\.|Dec\.|noon|midnight"
    r"|[ap]\.m\.|[A-Z]\w+/[A-Z]\w+)"
    r"(?!\w)"
)
# Numbers of applications and subscribers, names of formats, placeholders for scripts.
_REFERENCE = re.compile(
    r"\b[0-9A-Z]{4}-[0-9A-Z]{4}\b|\b(?=[a-f]*\d)[0-9a-f]{8}\b"
    r"|\bS-[0-9A-F]{6}\b|{\w+}|\b(?:BibTeX|CSL-JSON|RIS|NBIB)\b"
)
_MARKUP = re.compile(r"<[^>]*>")
_GAP = re.compile(r"%\(\w+\)[sd]|%[sd]|{\w*}")
# What Wagtail puts between two texts: “History: … - Wagtail”, “1 page log entry”.
_JOINTS = re.compile(r": | - | » | date | ⟦ďáťé⟧ | \[default\]$|^\d+ ")
# Names, keys with their names, and what is stored: by Wagtail's migrations, as roles.
_NAMES = re.compile(
    r"wagtail|moderators approval|root|esc|true|ctrl( \+ (shift|alt))? \+ \S"
    r"|editors|moderators|seo specialists|admissions officers"
    # Wagtail puts these together once, in the language of who first needs them.
    r"|choose a page \([\w⟦⟧]+\)"
    r"|(choose|choose another|edit this) (reference|topic|video)"
)
# A piece of a sentence around an element, not a word that is in many sentences.
_SHORTEST_PIECE = 12  # characters


def has_text(text: str) -> bool:
    """Return whether there are plain Latin words in it."""
    for silent in (_REFERENCE, _MARKUP, _NO_TEXT):
        text = silent.sub("", text)
    return bool(_LETTERS.search(text))


@cache
def is_of_a_library(text: str) -> bool:
    """Return whether a library says ``text``, around values that are not unmarked."""
    whole, gapped = _library_texts()
    text = _normalised(text)
    if text in whole or _NAMES.fullmatch(text):
        return True
    for pattern in gapped:
        match = pattern.fullmatch(text)
        if match and all(map(_is_clean, match.groups())):
            return True
    pieces = _JOINTS.split(text)
    return len(pieces) > 1 and all(map(_is_clean, pieces))


def _is_clean(piece: str) -> bool:
    return not has_text(piece) or is_of_a_library(piece)


def _normalised(text: str) -> str:
    return " ".join(_REFERENCE.sub("", text).split()).casefold().strip(" :*'\"")


@cache
def _library_texts() -> tuple[set[str], list[re.Pattern[str]]]:
    """Return what libraries say: whole, and with gaps for values."""
    whole, gapped = set(), set()
    for text in _messages():
        for piece in re.split(r"<[^>]*>", text.replace("%%", "%")):
            gaps = [_normalised(gap) for gap in _GAP.split(piece)]
            if len(gaps) == 1:
                whole.add(gaps[0])
            elif any(map(_LETTERS.search, gaps)):
                whole |= {gap for gap in gaps if len(gap) >= _SHORTEST_PIECE}
                parts = _GAP.split(" ".join(piece.split()).casefold().strip(" :*'"))
                gapped.add("(.+)".join(map(re.escape, parts)))
    return whole, [re.compile(pattern) for pattern in sorted(gapped)]


def _messages() -> Iterator[str]:
    # wagtail-seo comes without a catalogue.
    for message in marked_in(Path(wagtailseo.__file__).parent, library=True):
        yield message.text
    for library in (django, django_filters, taggit, wagtail):
        folder = Path(library.__file__).parent
        # Some have no catalogue for English; German ones are here for what they ask.
        paths = folder.glob("**/locale/*/LC_MESSAGES/django.po")
        for path in (path for path in paths if path.parts[-3] in {"de", "en"}):
            for entry in polib.pofile(path):
                yield entry.msgid
                yield entry.msgid_plural
