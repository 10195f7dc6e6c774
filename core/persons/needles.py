"""The forms in which a text may lie in a file or in a column."""

import base64
import html
import json
import re
import unicodedata
from urllib.parse import quote, quote_plus

_LEAST = 4  # signs: less is found everywhere, and proves nothing


class TooShort(ValueError):
    """What is looked for is too short to mean anybody."""


class Needles:
    """A text, to be looked for in bytes: any case, and as programs write it.

    Raises:
        TooShort: It has fewer than four signs.
    """

    def __init__(self, text: str) -> None:
        self.text = text.strip()
        if len(self.text) < _LEAST:
            raise TooShort
        shapes = {
            unicodedata.normalize(form, shape)
            for shape in (
                self.text,
                self.text.lower(),
                self.text.upper(),
                self.text.title(),
                self.text.casefold(),
            )
            for form in ("NFC", "NFD")
        }
        plain, exact = set(), set()
        for shape in shapes:
            raw = shape.encode()
            plain |= {raw, shape.encode("utf-16-le"), html.escape(shape).encode()}
            once = json.dumps(shape)[1:-1]
            # Blocks of a page are JSON within the JSON of a version.
            plain |= {once.encode(), json.dumps(once)[1:-1].encode()}
            plain |= {quote(shape, safe="").encode(), quote_plus(shape).encode()}
            exact |= set(_in_base64(raw))
        self._plain = _any_of({each.lower() for each in plain}, re.IGNORECASE)
        self._exact = _any_of(exact)
        self.longest = max(map(len, plain | exact))

    def is_in(self, content: bytes) -> bool:
        return bool(self._plain.search(content) or self._exact.search(content))


def _any_of(forms: set[bytes], flags: int = 0) -> re.Pattern[bytes]:
    ordered = sorted(forms, key=len)
    return re.compile(b"|".join(map(re.escape, ordered)), flags)


def _in_base64(raw: bytes) -> list[bytes]:
    """Return what ``raw`` looks like within something in base64, wherever it begins.

    Signs that also depend on what stands before or after are left out.
    """
    found = []
    for before in range(3):
        encoded = base64.b64encode(b"\0" * before + raw)
        start = (before * 8 + 5) // 6
        end = (before + len(raw)) * 8 // 6
        for form in (encoded, encoded.replace(b"+", b"-").replace(b"/", b"_")):
            found.append(form[start:end])
    return [each for each in found if len(each) >= _LEAST]
