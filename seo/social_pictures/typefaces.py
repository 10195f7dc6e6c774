"""The typefaces of social pictures, and what they can print.

The site's own comes first. What it lacks is printed in DejaVu Sans, of which a part is
kept here (fonts/dejavu-LICENSE.txt): Latin, Greek, Cyrillic, Armenian, Georgian,
Hebrew, Arabic and some signs. What neither has is left out: a box says nothing.
"""

import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders
from PIL import ImageFont

_OWN = "fonts/newsreader.woff2"
_OTHER = Path(__file__).with_name("fonts") / "dejavu-sans-bold.woff2"
_OWN_WEIGHT = 600
_ANY_SIZE = 40
# Letters of scripts written from right to left, and marks that only join letters.
_RIGHT_TO_LEFT = {"R", "AL"}
_UNPRINTED = {"Cc", "Cf", "Cn", "Co", "Cs"}  # some of them turn a line around
_JOINERS = {"\N{ZERO WIDTH JOINER}", "\N{ZERO WIDTH NON-JOINER}"}


class Typeface:
    """One font file.

    Attributes:
        scale: How much larger it is set than the others to look as large.
    """

    def __init__(self, path: str, weight: int | None = None, scale: float = 1) -> None:
        self._path, self._weight, self.scale = path, weight, scale

    @cache  # noqa: B019  (two typefaces, for as long as the process)
    def at(self, size: int) -> ImageFont.FreeTypeFont:
        font = ImageFont.truetype(self._path, round(size * self.scale))
        if self._weight:
            font.set_variation_by_axes([self._weight])
        return font

    @cache  # noqa: B019
    def has(self, character: str) -> bool:
        """Return whether there is a drawing of ``character``."""
        return character.isspace() or self._drawn(character) != self._drawn("\uffff")

    def _drawn(self, character: str) -> tuple[tuple[int, int], bytes]:
        mask = self.at(_ANY_SIZE).getmask(character)
        return mask.size, bytes(mask)


@cache
def typefaces() -> list[Typeface]:
    """Return the typefaces, the preferred one first."""
    other = Typeface(str(_OTHER), scale=0.82)
    own = finders.find(_OWN)
    return [Typeface(str(own), _OWN_WEIGHT), other] if own else [other]


def printable(text: str) -> tuple[str, Typeface]:
    """Return what can be printed of ``text``, and the one typeface that does.

    One for all of it, because letters of several do not join to words. A sign that the
    site's own typeface lacks, such as an emoji, is no reason for another one.
    """
    kept = "".join(_kept(unicodedata.normalize("NFC", text)))
    words = [c for c in kept if not unicodedata.category(c).startswith("S")]
    known = (face for face in typefaces() if all(map(face.has, words)))
    face = next(known, None) or max(typefaces(), key=lambda f: sum(map(f.has, words)))
    return " ".join("".join(filter(face.has, kept)).split()), face


def _kept(text: str) -> Iterator[str]:
    for character in text:
        if character.isspace():
            yield " "
        elif _is_printed(character) and any(f.has(character) for f in typefaces()):
            yield character


def _is_printed(character: str) -> bool:
    return character in _JOINERS or unicodedata.category(character) not in _UNPRINTED


def is_right_to_left(text: str) -> bool:
    """Return whether the first letter is of a script written from right to left."""
    for character in text:
        kind = unicodedata.bidirectional(character)
        if kind == "L" or kind in _RIGHT_TO_LEFT:
            return kind in _RIGHT_TO_LEFT
    return False
