"""The characters that may stand in what machines are told."""

import re

# Controls, halves of surrogate pairs, and what is no character: XML has no room for
# most of them, and search engines print a box. Tabs and ends of lines stay.
_UNFIT = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)


def fit(text: str) -> str:
    """Return ``text`` without control characters.

    Head, graph, feeds and sitemap print what editors typed or pasted through this.
    Joiners of emoji and marks of direction stay: they are part of what was typed.
    """
    text = str(text)  # which may be a lazy one
    # Nearly every one is left as it is, which takes a third of the time.
    return text if text.isprintable() else _UNFIT.sub("", text)


def one_line(text: str) -> str:
    """Return `fit` text on one line."""
    return " ".join(fit(text).split())
