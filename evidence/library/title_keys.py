"""Comparable titles, equal for different spellings of one title."""

import re
import unicodedata

_NO_LETTER = re.compile(r"[\W_]+")
LONGEST = 500  # characters, as many as a title has; one letter may become several
# Shorter titles, such as “Editorial”, are those of many works, even of one year.
LONG_ENOUGH = 25  # letters


def comparable(title: str) -> str:
    """Return the letters and digits of ``title``, in lower case and without accents.

    A title without a letter or digit is compared as it is.
    """
    decomposed = unicodedata.normalize("NFKD", title).casefold()
    plain = "".join(c for c in decomposed if not unicodedata.combining(c))
    return (_NO_LETTER.sub("", plain) or title.strip())[:LONGEST]
