"""A language for tests in which every text of ours can be told from others.

Our translations have no plain Latin letter left, and content is in Cyrillic. Whatever
plain Latin letters a page shows are a text that is not marked, or one of a library's.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polib
from bs4 import BeautifulSoup, Comment, Declaration, Doctype

from tests.helpers.library_texts import has_text, is_of_a_library
from tests.helpers.marked_strings import ROOT
from tests.helpers.unmarked_strings import READ_ATTRIBUTES

LANGUAGE = "en-xa"  # What Unicode calls English with accents.
_LATIN = "abcdefghijklmnopqrstuvwxyz"
_ACCENTED = "áƀćďéƒǵĥíĵķĺḿńóṕɋŕśťúṽẃẋýź"
_CYRILLIC = "абцдефгхийклмнопярстувшщыз"
_TO_ACCENTED = str.maketrans(_LATIN + _LATIN.upper(), _ACCENTED + _ACCENTED.upper())
_TO_CYRILLIC = str.maketrans(_LATIN + _LATIN.upper(), _CYRILLIC + _CYRILLIC.upper())
# What a translation repeats as it is.
_FIXED = re.compile(r"(%\(\w+\)[sd]|%[sd%]|{\w*}|<[^>]*>|&\w+;)")


def accented(text: str) -> str:
    """Return what this language says for ``text``: ``⟦Śéńď 3 ƒíĺéś⟧``."""
    return f"⟦{_outside(_FIXED, text, _TO_ACCENTED)}⟧" if text else text


def content(text: str) -> str:
    """Return ``text`` as an editor would write it; tags and embeds stay."""
    return _outside(re.compile(r"(<[^>]*>|&\w+;)"), text, _TO_CYRILLIC)


def _outside(fixed: re.Pattern[str], text: str, table: dict[int, int]) -> str:
    parts = fixed.split(text)
    parts[::2] = [part.translate(table) for part in parts[::2]]
    return "".join(parts)


def write_catalogue(folder: Path, *, only_german: bool = False) -> None:
    """Write the catalogue of every text that our catalogues know.

    Args:
        folder: Where to.
        only_german: Whether to leave out what is not translated into German.
    """
    catalogue = polib.POFile()
    catalogue.metadata = {
        "Content-Type": "text/plain; charset=UTF-8",
        "Plural-Forms": "nplurals=2; plural=(n != 1);",
    }
    for path in ROOT.glob("*/locale/de/LC_MESSAGES/django.po"):
        for entry in polib.pofile(path):
            if only_german and not entry.translated():
                continue
            more: dict[str, Any] = {"msgstr": accented(entry.msgid)}
            if entry.msgid_plural:
                more = {
                    "msgid_plural": entry.msgid_plural,
                    "msgstr_plural": {
                        0: accented(entry.msgid),
                        1: accented(entry.msgid_plural),
                    },
                }
            catalogue.append(
                polib.POEntry(msgid=entry.msgid, msgctxt=entry.msgctxt, **more)
            )
    compiled = folder / "en_XA" / "LC_MESSAGES"
    compiled.mkdir(parents=True)
    catalogue.save_as_mofile(compiled / "django.mo")


def unmarked_in(html: str, *, libraries: bool = False) -> list[str]:
    """Return the texts of a page that are neither ours, marked, nor content.

    Args:
        html: What was answered.
        libraries: Whether Django's and Wagtail's own texts may stand there.
    """
    return list(
        dict.fromkeys(
            text
            for text in texts_in(html)
            if has_text(text) and not (libraries and is_of_a_library(text))
        )
    )


def texts_in(html: str) -> Iterator[str]:
    soup = BeautifulSoup(html, "lxml")
    for node in soup.find_all(string=True):
        if node.parent.name in {"script", "style"} or isinstance(
            node, Comment | Declaration | Doctype
        ):
            continue
        # Names that are the same in every language, such as those of schema.org.
        if node.find_parent(translate="no"):
            continue
        yield from _text(str(node))
    for element in soup.find_all(True):
        for name, value in element.attrs.items():
            if _is_read(element, name) and isinstance(value, str):
                yield from _text(value)


def _is_read(element: Any, name: str) -> bool:
    """Return whether people see or hear an attribute, or a script of ours prints it."""
    if element.name == "meta":
        return name == "content" and element.get("name") == "description"
    if element.name in {"input", "button"} and name == "value":
        return element.get("type") in {"submit", "button", "reset"} and (
            element.name == "input"
        )
    of_our_script = name.startswith("data-") and "-" in element.name
    return name in READ_ATTRIBUTES or of_our_script


def _text(text: str) -> Iterator[str]:
    if text := " ".join(text.split()):
        yield text
