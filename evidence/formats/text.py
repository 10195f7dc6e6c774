"""Cleans text from files for the fields of a record."""

import re
from html import unescape

# What journals mark up within titles. Any other tag is text, and printed as such.
_INLINE = re.compile(
    r"</?(?:jats:|mml:)?(?:i|b|u|em|strong|italic|bold|sub|sup|inf|sc|scp|span|p|title"
    r"|underline|small|br|math|mi|mn|mo|mrow|mtext|msub|msup)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_POWER = re.compile(r"(?<=\d)<sup>([^<>]{1,20})</sup>", re.IGNORECASE)
_INTEGER = re.compile(r"[+\-\N{MINUS SIGN}]?[0-9]+")
_DIGITS = str.maketrans("0123456789+-\N{MINUS SIGN}", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")
# What no database and no page can hold: controls, halves of surrogate pairs.
UNFIT = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]"
)


def plain(text: str) -> str:
    """Return one line without characters that cannot be stored."""
    return " ".join(UNFIT.sub("", text).split())


def flat(text: str) -> str:
    """Return one line of plain text, without markup and entities."""
    if "<" in text:
        text = _POWER.sub(lambda found: raised("0", found[1]), text)
    return plain(unescape(_INLINE.sub("", text)))


def raised(before: str, text: str) -> str:
    """Return raised ``text`` as it can stand in a line: 10⁻⁶ but Ca2+.

    Of numbers it would change the value to write the power beside them.
    """
    bare = text.strip()
    if before[-1:].isdigit() and _INTEGER.fullmatch(bare):
        return bare.translate(_DIGITS)
    return text
