"""How wide a text is in search results, and where they cut it.

Search engines cut by width, not by characters. They print Arial, whose letters are as
wide as those of Liberation Sans, a free font made to its measure; ``advances.json``
holds the widths of that font (version 1.07.4, 2,048 units to the em). A browser draws
some pairs of letters closer together: it finds a text up to `TOLERANCE` narrower.
"""

import json
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from seo.lines import fits, longest

ELLIPSIS = " …"
# Of the width: what a browser may measure otherwise, for letters of the table.
TOLERANCE = 0.03

_UNITS = 2048
# Letters of the scripts that the table does not hold, in ems: a guess.
_WIDE = 1.0
_OTHER = 0.6


@cache
def _advances() -> dict[str, int]:
    stored = json.loads(Path(__file__).with_name("advances.json").read_text("utf-8"))
    return {
        letter: int(units) for units, letters in stored.items() for letter in letters
    }


def width_of(text: str, size: int) -> float:
    """Return the width of ``text`` in pixels, set in Arial of ``size`` pixels."""
    return sum(map(_ems, text)) * size


def _ems(character: str) -> float:
    """Return the width of one character in ems.

    Accents and joiners, which Unicode counts as characters of their own, have none.
    """
    if (units := _advances().get(character)) is not None:
        return units / _UNITS
    if unicodedata.category(character) in {"Mn", "Me", "Cf", "Cc"}:
        return 0
    return _WIDE if unicodedata.east_asian_width(character) in {"W", "F"} else _OTHER


@dataclass(frozen=True)
class Room:
    """The room that one kind of search results has for a text.

    Attributes:
        size: Of the letters, in pixels.
        width: Of a line, in pixels.
        lines: How many there are.
    """

    size: int
    width: int
    lines: int = 1

    def measure(self, text: str) -> float:
        return width_of(text, self.size)

    def holds(self, text: str) -> bool:
        return fits(text, self.measure, self.width, self.lines)

    def shown(self, text: str) -> str:
        """Return what is shown of ``text``: all, or its beginning and an ellipsis."""
        return text if self.holds(text) else self.beginning(text) + ELLIPSIS

    def beginning(self, text: str) -> str:
        """Return as many whole words as fit with an ellipsis, at least some letters."""
        whole = longest(text, lambda part: self.holds(part + ELLIPSIS))
        is_whole = text[len(whole) : len(whole) + 1].isspace()
        start = whole if is_whole else (whole.rsplit(None, 1) or [""])[0]
        return (start or whole).rstrip()


# The usual figures, as published by those who measure Google's results (looked up on
# 2026-11-30; 580 to 600, and 920 to 990; Google itself states none): titles in Arial of
# 20 pixels on 600, descriptions in Arial of 14 pixels on 990. A telephone is
# taken as 360 pixels wide, with margins of 16: two lines for the title, and 680 pixels
# for the description.
DESKTOP_TITLE = Room(size=20, width=600)
DESKTOP_DESCRIPTION = Room(size=14, width=990)
MOBILE_TITLE = Room(size=18, width=328, lines=2)
MOBILE_DESCRIPTION = Room(size=14, width=680)
