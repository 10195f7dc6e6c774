"""HTML that word processors write, turned into the elements that it stands for.

Word and Google Docs put the meaning of a text into styles: a list is a row of
paragraphs with a mark typed before each, bold type is the weight of a span, and all of
a Google document stands in a `b` that is not bold.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import lxml.html

_BOLD_FROM = 600
_LEVEL = re.compile(r"\blevel(\d)\b")
_NUMBERED = re.compile(r"\(?(\d{1,3}|[a-z]{1,4})[.)]", re.IGNORECASE)
_NOTE_IDS = ("mso-footnote-id", "mso-endnote-id")
_NOTE_LISTS = frozenset({"footnote-list", "endnote-list"})
_BACK = "#ftnt_ref"  # where the notes of a Google document lead back to


def tidy(tree: Any) -> None:
    """Change ``tree``, a parsed document, in place; other files stay as they are."""
    for element in _elements(tree):
        _unstyle(element, _style(element))
    _join_lists(tree)
    for link in tree.iter("a"):
        _mend_link(link)
    for table in tree.iter("table"):
        _mark_headings(table)


def _elements(tree: Any) -> list[Any]:
    return [e for e in tree.iter() if isinstance(e.tag, str) and e is not tree]


def _style(element: Any) -> dict[str, str]:
    """Return the declarations of an element's ``style``."""
    written = element.get("style") or ""
    pairs = (part.partition(":") for part in written.casefold().split(";"))
    return {name.strip(): value.strip() for name, _, value in pairs}


def _weight(style: dict[str, str]) -> int:
    """Return a font's weight, 0 where none is given."""
    weight = style.get("font-weight", "")
    named = {"bold": 700, "bolder": 700, "normal": 400}
    return named.get(weight, int(weight) if weight.isdecimal() else 0)


# --- Formatting -----------------------------------------------------------------------


def _unstyle(element: Any, style: dict[str, str]) -> None:
    is_wrapper = element.tag in ("b", "strong") and 0 < _weight(style) < _BOLD_FROM
    if is_wrapper or ":" in element.tag:  # o:p and others of Word's own
        element.drop_tag()
    elif element.tag == "span":
        _unstyle_span(element, style)
    elif element.tag == "p" and element.get("class") == "MsoTitle":
        element.tag = "h1"
    elif style.get("mso-element") in _NOTE_LISTS:
        element.set("class", "footnotes")


def _unstyle_span(span: Any, style: dict[str, str]) -> None:
    if style.get("mso-spacerun") == "yes":
        span.text = " "
    names = []
    if _weight(style) >= _BOLD_FROM:
        names.append("b")
    if style.get("font-style") in ("italic", "oblique"):
        names.append("i")
    if style.get("vertical-align") in ("super", "sub"):
        names.append("sup" if style["vertical-align"] == "super" else "sub")
    for name in names:
        inner = lxml.html.Element(name)
        inner.text, span.text = span.text, None
        inner.extend(list(span))
        span.append(inner)


# --- Lists of Word --------------------------------------------------------------------


def _join_lists(tree: Any) -> None:
    """Make lists of the paragraphs that Word says are their items."""
    run: list[Any] = []
    for paragraph in list(tree.iter("p")):
        if "mso-list" not in _style(paragraph):
            continue
        if run and (paragraph.getprevious() is not run[-1] or _tail(run[-1])):
            _make_list(run)
            run = []
        run.append(paragraph)
    if run:
        _make_list(run)


def _make_list(paragraphs: list[Any]) -> None:
    lists: list[Any] = []
    for paragraph in paragraphs:
        level = _LEVEL.search(_style(paragraph)["mso-list"])
        depth = min(int(level[1]) if level else 1, len(lists) + 1)
        mark = _take_mark(paragraph)
        del lists[depth:]
        if len(lists) < depth:
            lists.append(_begin_list(mark, lists, paragraph))
        paragraph.tag = "li"
        lists[0].tail, paragraph.tail = paragraph.tail, None
        lists[-1].append(paragraph)


def _tail(element: Any) -> str:
    return (element.tail or "").strip()


def _begin_list(mark: str, lists: list[Any], before: Any) -> Any:
    numbered = _NUMBERED.fullmatch(mark)
    made = lxml.html.Element("ol" if numbered else "ul")
    if numbered and numbered[1].isdecimal() and numbered[1] != "1":
        made.set("start", numbered[1])
    if line := before.get("data-line"):
        made.set("data-line", line)
    if lists:
        lists[-1][-1].append(made)
    else:
        before.addprevious(made)
    return made


def _take_mark(paragraph: Any) -> str:
    """Remove the mark or number that is typed before an item, and return it."""
    for span in list(paragraph.iter("span")):
        if _style(span).get("mso-list") == "ignore":
            mark = "".join(span.itertext()).strip()
            span.drop_tree()
            return mark
    return ""


# --- Links and notes ------------------------------------------------------------------


def _mend_link(link: Any) -> None:
    href = link.get("href") or ""
    if any(name in _style(link) for name in _NOTE_IDS) and "#" in href:
        link.set("href", f"#{href.rpartition('#')[2]}")
    elif href.startswith(_BACK):
        _mark_note(link)
    elif href.casefold().startswith(("http://www.google.", "https://www.google.")):
        parts = urlsplit(href)
        led = parse_qs(parts.query).get("q", [""])[0]
        if parts.path == "/url" and led.casefold().startswith(("http:", "https:")):
            link.set("href", led)


def _mark_note(link: Any) -> None:
    """Mark what a link back to the text stands in as a note."""
    for around in link.iterancestors("div"):
        around.set("class", "footnotes")
        line = around.getprevious()
        if line is not None and line.tag == "hr":
            line.set("class", "footnotes-sep")
        return


# --- Tables ---------------------------------------------------------------------------


def _mark_headings(table: Any) -> None:
    """Take a first row that is bold throughout for the columns' headings."""
    row = next(table.iter("tr"), None)
    cells: list[Any] = [] if row is None else list(row)
    if len(cells) > 1 and all(map(_is_bold, cells)) and _has_plain(table, row):
        for cell in cells:
            cell.tag = "th"


def _is_bold(cell: Any) -> bool:
    words = "".join(cell.itertext()).strip()
    bold = "".join(_bold_texts(cell)).strip()
    return cell.tag == "td" and bool(words) and words == bold


def _bold_texts(cell: Any) -> Iterator[str]:
    for element in cell.iter("b", "strong"):
        if not any(outer.tag in ("b", "strong") for outer in _within(element, cell)):
            yield from element.itertext()


def _within(element: Any, cell: Any) -> Iterable[Any]:
    for outer in element.iterancestors():
        if outer is cell:
            return
        yield outer


def _has_plain(table: Any, row: Any) -> bool:
    """Return whether other rows are not bold throughout."""
    others = (each for each in table.iter("tr") if each is not row)
    return any(not _is_bold(cell) for each in others for cell in each)
