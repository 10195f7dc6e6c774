"""What no reader of an HTML file saw, or saw struck out; pictures that come late."""

import re
from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _
from lxml.html import defs

Note = Callable[[int, str, str], None]

_STRUCK = frozenset({"del", "s", "strike"})
_HIDING_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|font-size\s*:\s*0(?![.\d])"
    r"|mso-hide\s*:\s*all|opacity\s*:\s*0(?:\.0*)?(?![.\d])|(?:left|top|text-indent)\s*:\s*-\d{3,}"
)
_STRIKING_STYLE = re.compile(r"text-decoration(?:-line)?\s*:[^;]*line-through")
# How style sheets of many sites call what they hide.
_HIDING_CLASSES = frozenset(
    {"hidden", "d-none", "is-hidden", "hide", "invisible", "display-none", "u-hidden"}
    | {"sr-only", "visually-hidden", "screen-reader-text", "screen-reader-only"}
    | {"print-only", "element-invisible", "visuallyhidden"}
)
_RULE = re.compile(r"([^{}@]{1,300})\{([^{}]{0,2000})\}")
# On large screens, or on small ones, it is seen all the same.
_SHOWN_AT = re.compile(
    r"(?:sm|md|lg|xl|2xl):(?!hidden)\S+|d-(?:sm|md|lg|xl|xxl)-(?!none)\w+|visible-\w+"
)
_LARGEST_SHEET = 64 * 1024  # characters
_SELECTOR = re.compile(r"([.#])([\w-]+)")
# Where pages keep the address of a picture that is fetched when it is scrolled to.
_LATE = (
    *("data-lazy-src", "data-src", "data-original", "data-lazy", "data-orig-file"),
    *("data-full-url", "data-hi-res-src", "data-echo", "data-url"),
)
_LATE_SETS = ("data-lazy-srcset", "data-srcset", "srcset")
_STAND_IN = re.compile(
    r"^data:|(?:blank|spacer|placeholder|pixel|transparent|lazy|1x1|loading)"
    r"[\w.-]{0,20}\.(?:gif|png|svg|jpe?g)$",
    re.IGNORECASE,
)
_PICTURES = frozenset({"amp-img", "image"})
_BACKGROUND = re.compile(
    r"background(?:-image)?\s*:[^;]*url\(\s*['\"]?([^'\")]{1,300})"
)
_KNOWN = frozenset(defs.tags) | {
    *(
        "article",
        "aside",
        "details",
        "figcaption",
        "figure",
        "footer",
        "header",
        "main",
    ),
    *(
        "mark",
        "nav",
        "picture",
        "section",
        "source",
        "summary",
        "time",
        "hgroup",
        "bdi",
    ),
    *("wbr", "ruby", "rt", "rp", "rb", "data", "search", "nobr", "html", "body", "big"),
}


def prepare(root: Any, page: Any, note: Note, drop: Callable[[Any], None]) -> None:
    """Leave out what is hidden or struck out, and give pictures their addresses.

    Args:
        root: The element with the article; changed in place.
        page: The whole tree, whose style sheets are read.
        note: Told of (line, words, sentence) of what is left out.
        drop: Removes an element but not the text after it.
    """
    hidden = set(_HIDING_CLASSES), set[str]()
    struck: tuple[set[str], set[str]] = (set(), set())
    sheets = "\n".join(sheet.text or "" for sheet in page.iter("style"))
    for marks, pattern in ((hidden, _HIDING_STYLE), (struck, _STRIKING_STYLE)):
        _read_sheet(sheets[:_LARGEST_SHEET], pattern, marks)
    is_hidden = _("Hidden in the file; left out.")
    is_struck = _("Struck out in the file; left out.")
    for element in list(root.iter()):
        if not isinstance(element.tag, str) or element is root:
            continue
        says_nothing = element.keys() in ([], ["data-line"])
        if says_nothing and element.tag not in _STRUCK and element.tag in _KNOWN:
            continue
        if _is(element, hidden, _HIDING_STYLE) or _says_hidden(element):
            _leave_out(element, note, drop, is_hidden)
        elif element.tag in _STRUCK or _is(element, struck, _STRIKING_STYLE):
            _leave_out(element, note, drop, is_struck)
        elif element.tag in _PICTURES or element.tag == "img":
            element.tag = "img"
            _find_address(element)
        else:
            _name(element, note)
    for noscript in list(root.iter("noscript")):
        _free_picture(noscript)


def _line(element: Any) -> int:
    """Return the line of an element; Markdown tells those of blocks only."""
    around = (element, *element.iterancestors())
    return next((int(e.get("data-line")) for e in around if e.get("data-line")), 1)


def _words(element: Any) -> str:
    words = " ".join(" ".join(element.itertext()).split())
    return words or next(
        (img.get("alt") or img.get("src") or "" for img in element.iter("img")), ""
    )


def _leave_out(
    element: Any, note: Note, drop: Callable[[Any], None], sentence: str
) -> None:
    # Blank where what stands around it has been left out before.
    if words := _words(element):
        note(_line(element), words[:120], sentence)
    drop(element)


def _says_hidden(element: Any) -> bool:
    return element.get("hidden") is not None and element.get("hidden") != "until-found"


def _is(element: Any, marks: tuple[set[str], set[str]], style: re.Pattern[str]) -> bool:
    """Return whether classes, name or style of an element say what is looked for."""
    stated = (element.get("style") or "").casefold()
    if stated and style.search(stated):
        return True
    classes, names = marks
    own = (element.get("class") or "").split()
    is_marked = not classes.isdisjoint(own) and not any(map(_SHOWN_AT.fullmatch, own))
    return is_marked or (element.get("id") or "") in names


def _read_sheet(
    sheet: str, style: re.Pattern[str], marks: tuple[set[str], set[str]]
) -> None:
    """Add the classes and names that a style sheet gives a style to."""
    for rule in _RULE.finditer(sheet):
        if style.search(rule[2].casefold()):
            for selector in rule[1].split(","):
                if found := _SELECTOR.fullmatch(selector.strip()):
                    marks[found[1] == "#"].add(found[2])


# --- Pictures -------------------------------------------------------------------------


def _find_address(img: Any) -> None:
    """Give a picture the address that its page would fetch at last."""
    stated = (img.get("src") or "").strip()
    if stated and not _STAND_IN.search(stated):
        return
    late = [(img.get(name) or "").strip() for name in _LATE]
    late += [_largest(img.get(name) or "") for name in _LATE_SETS]
    parent = next(img.iterancestors("picture"), None)
    if parent is not None:
        late += [
            _largest(source.get(name) or "")
            for source in parent.iter("source")
            for name in _LATE_SETS
        ]
    found = next((one for one in late if one and not _STAND_IN.search(one)), "")
    if found:
        img.set("src", found)


def _largest(candidates: str) -> str:
    """Return the last and, as pages write them, largest of ``srcset``."""
    listed = [each.split() for each in candidates.split(", ")]
    sized = [each for each in listed if each]

    def size(each: list[str]) -> float:
        number = (
            re.fullmatch(r"(\d+(?:\.\d+)?)[wx]", each[-1]) if len(each) > 1 else None
        )
        return float(number[1]) if number else 1.0

    return max(sized, key=size)[0].rstrip(",") if sized else ""


def _free_picture(noscript: Any) -> None:
    """Put a picture that only readers without scripts see where a script would."""
    inner = [img for img in noscript.iter("img") if img.get("src")]
    before = noscript.getprevious()
    if before is None or not inner:
        shown: list[Any] = []
    else:
        shown = [before] if before.tag == "img" else list(before.iter("img"))
    if shown and not _STAND_IN.search((shown[-1].get("src") or "data:").strip()):
        return  # it is there already
    if shown:
        shown[-1].set("src", inner[0].get("src"))
        if not shown[-1].get("alt"):
            shown[-1].set("alt", inner[0].get("alt") or "")
    elif inner:
        noscript.tag = "div"


def _name(element: Any, note: Note) -> None:
    """Name pictures behind words, and elements that only the site knew."""
    background = _BACKGROUND.search(element.get("style") or "")
    if background:
        note(_line(element), background[1], _("A background picture is left out."))
    if element.tag not in _KNOWN and ":" not in element.tag and _words(element):
        sentence = _("The element “{name}” is not known; its words are kept.")
        note(_line(element), f"<{element.tag}>", sentence.format(name=element.tag))
