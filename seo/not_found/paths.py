"""Normalises an address that was asked for, so that it tells nothing of who asked.

What may be somebody's, an e-mail address, a token, a telephone number, is replaced
before anything is kept. When in doubt it is: an address with a placeholder is still
worth a look, and a token that is kept is a way in.
"""

import re
import unicodedata
from urllib.parse import unquote

from seo.characters import one_line

LONGEST = 255  # characters
_MOST_SEGMENTS = 12
_LONGEST_SEGMENT = 80

EMAIL, UUID, NUMBER, TOKEN = "{e-mail}", "{uuid}", "{number}", "{token}"

# Where a query, a fragment or parameters begin, also in an address that was encoded
# twice or put together wrongly.
_NOT_PATH = re.compile(r"[?#;&=].*", re.DOTALL)
_UUID = re.compile(r"[0-9a-f]{8}(?:-?[0-9a-f]{4}){3}-?[0-9a-f]{12}", re.IGNORECASE)
# Somebody's address whose @ was written otherwise, or lost. No name of a file ends it.
_MAIL = re.compile(
    r".*(?:@|[(\[{](?:at|dot|punkt)[)\]}]).*"
    r"|(?:[^\W_]+[._])+[^\W_]+-[\w-]+(?:\.[a-z]{2,})*"
    r"\.(?!(?:html?|php|pdf|aspx?|jsp|txt|xml|docx?|jpe?g|png|gif|webp|svg|avif)$)[a-z]{2,}",
    re.IGNORECASE | re.DOTALL,
)
# A whole day may be a birthday.
_MONTH = re.compile(r"(?<!\d)(?:19|20)\d\d-[01]?\d(?!-?\d)")
_CODE = re.compile(r"\d{6}")
_MOST_DIGITS = 6  # of a segment; telephone numbers, records and birthdays have more
_HEX = re.compile(r"(?=.*\d)[0-9a-f]{8,}|[0-9a-f]{16,}", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+")
_LONGEST_WORD = 40
_RANDOM_WORD = 8  # letters from here on may be a token
_RANDOM_MIXED = 6  # letters and digits from here on
_RANDOM_TOGETHER = 16
_RANDOM_MANY_TURNS = 12
_MOST_TURNS = 2  # from letters to digits and back
_MANY_TURNS = 4
_UNSPEAKABLE = 6  # letters without a vowel
_RANDOM_LETTERS = 12
_WORDS_JOINED = re.compile(r"[A-Z]{0,4}[a-z]*(?:[A-Z][a-z]+)*\d{0,4}")
_VOWELS = re.compile(r"[^bcdfghjklmnpqrstvwxz0-9]")
_CONSONANTS = re.compile(r"[bcdfghjklmnpqrstvwxz]{6}")
_TURNS = re.compile(r"(?<=\d)(?=[^\W\d])|(?<=[^\W\d])(?=\d)")
_RISES = re.compile(r"[a-z](?=[A-Z])")


def normalised(path: str) -> str:
    """Return ``path`` in one spelling, with placeholders for what may be somebody's."""
    decoded = path
    for _ in range(3):  # as often as anything encodes one
        decoded = unquote(decoded)
    decoded = unicodedata.normalize("NFKC", one_line(decoded))
    segments = [each for each in _NOT_PATH.sub("", decoded).split("/") if each.strip()]
    kept = [_segment(each) for each in segments[:_MOST_SEGMENTS]]
    if len(segments) > _MOST_SEGMENTS:
        kept.append("…")
    return ("/" + "/".join(kept))[:LONGEST]


def _segment(segment: str) -> str:
    """Return a part of a path, or the placeholder for what it seems to be."""
    if "%" in segment:
        return TOKEN
    if _MAIL.fullmatch(segment):
        return EMAIL
    if _UUID.search(segment):
        return UUID
    if len(segment) > _LONGEST_SEGMENT or ":" in segment:  # a signed value has colons
        return TOKEN
    words = _WORD.findall(segment)
    if any(map(_is_random, words)) or _is_random_together(words):
        return TOKEN
    left = _MONTH.sub("", segment)
    digits = sum(map(str.isdecimal, left))
    return NUMBER if digits > _MOST_DIGITS or _CODE.search(left) else segment


def _is_random(word: str) -> bool:
    """Return whether nobody would type such a word.

    Small letters alone tell a token from a foreign word only where they cannot be said.
    """
    if len(word) > _LONGEST_WORD:
        return True
    if word.isdecimal():
        return False
    turns, rises = len(_TURNS.findall(word)), len(_RISES.findall(word))
    letters = sum(map(str.isalpha, word))
    if letters >= _UNSPEAKABLE and not _VOWELS.search(word.lower()):
        return True
    if len(word) < (_RANDOM_MIXED if turns else _RANDOM_WORD):
        return False
    if _HEX.fullmatch(word) or turns > _MOST_TURNS:
        return True
    if rises > 1 and sum(map(str.isupper, word)) * 4 >= len(word):
        return True
    if len(word) < _RANDOM_LETTERS:
        return False
    is_mixed = not (word.islower() or word.isupper())
    return bool(
        turns == _MOST_TURNS
        or (is_mixed and word.isascii() and not _WORDS_JOINED.fullmatch(word))
        or _cannot_be_said(word)
    )


def _cannot_be_said(word: str) -> bool:
    letters = word.lower().replace("sch", "s").replace("ch", "c")
    vowels = len(_VOWELS.findall(letters))
    return vowels * 5 < len(letters) or bool(_CONSONANTS.search(letters))


def _is_random_together(words: list[str]) -> bool:
    """Return whether the words are too irregular to have been typed as one address."""
    bare = "".join(words)
    irregular = [word for word in words if not _is_regular(word)]
    turns = len(_TURNS.findall(bare))
    if len(bare) >= _RANDOM_MANY_TURNS and turns > _MANY_TURNS:
        return True
    return len(bare) >= _RANDOM_TOGETHER and (len(irregular) > 1 or turns > _MOST_TURNS)


def _is_regular(word: str) -> bool:
    """Return whether a word is written as words and numbers are."""
    letters = word.lstrip("0123456789").rstrip("0123456789")
    return not letters or letters.islower() or letters.isupper() or letters.istitle()
