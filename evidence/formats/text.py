"""Text from elsewhere, made fit for one field of a record."""

import re
from html import unescape

# What journals mark up within titles. Any other tag is text, and printed as such.
_INLINE = re.compile(
    r"</?(?:jats:|mml:)?(?:i|b|u|em|strong|italic|bold|sub|sup|inf|sc|scp|span|p|title"
    r"|underline|small|br|math|mi|mn|mo|mrow|mtext|msub|msup)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
# What no database and no page can hold: controls, halves of surrogate pairs.
UNFIT = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]"
)


def plain(text: str) -> str:
    """Return one line without what cannot be stored."""
    return " ".join(UNFIT.sub("", text).split())


def flat(text: str) -> str:
    """Return one line of plain text: without inline markup, with entities resolved."""
    return plain(unescape(_INLINE.sub("", text)))
