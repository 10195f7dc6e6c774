"""HTML files: what they say of themselves, and where in them the article is."""

from dataclasses import dataclass, field
from typing import Any

import lxml.html
from lxml import etree

from articles.importing.sources import Refused

DEEPEST = 250

# What is no part of an article, and what an editor is told of it; "" for what nobody
# misses.
_LEFT_OUT = {
    "script": "",
    "style": "",
    "noscript": "",
    "template": "",
    "link": "",
    "meta": "",
    "head": "",
    "nav": "A menu (nav)",
    "menu": "A menu",
    "iframe": "An embedded page (iframe)",
    "object": "An embedded object",
    "embed": "An embedded object",
    "applet": "An embedded object",
    "audio": "A sound",
    "video": "A video",
    "canvas": "A drawing that a script makes",
    "svg": "A drawing (SVG)",
    "math": "A formula (MathML)",
    "form": "A form",
    "button": "A button",
    "input": "A field of a form",
    "select": "A field of a form",
    "textarea": "A field of a form",
    "dialog": "A dialogue",
}
_META = {
    "description": "search_description",
    "og:description": "search_description",
    "author": "author",
    "article:author": "author",
    "date": "date",
    "article:published_time": "date",
    "keywords": "keywords",
    "og:title": "title",
    "og:image": "lead_image",
}


@dataclass
class WebPage:
    """A parsed HTML file.

    Attributes:
        root: The element whose content is the article.
        meta: What the head says, by key of front matter.
        title: The head's title.
        left_out: (line, what) of parts that are no text.
    """

    root: Any
    meta: dict[str, str] = field(default_factory=dict)
    title: str = ""
    left_out: list[tuple[int, str]] = field(default_factory=list)


def parse(html: str, first_line: int = 0) -> WebPage:
    """Read HTML without fetching or executing anything.

    Args:
        html: A whole page or a piece of one.
        first_line: The number of its first line in the file; 0 where Markdown has
            written the lines on its elements.

    Raises:
        Refused: It is nested so deeply that a part of it would be lost.
    """
    parser = lxml.html.HTMLParser(
        huge_tree=True,
        encoding="utf-8",
        no_network=True,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        tree = lxml.html.document_fromstring(html.encode(), parser=parser)
    except etree.ParserError:
        raise Refused("There is nothing in it.") from None
    page = WebPage(tree)
    _number(tree, first_line)
    _read_head(tree, page)
    page.root = _article(tree)
    _strip(page)
    return page


def _number(tree: Any, first_line: int) -> None:
    """Write its line on each element, unless Markdown has told it already."""
    depth = 0
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > DEEPEST:
            raise Refused(f"It nests elements {DEEPEST} deep. Make it flatter.")
        if event == "start" and isinstance(element.tag, str):
            told = element.attrib.pop("data-line", "")
            if first_line:
                told = str((element.sourceline or 1) + first_line - 1)
            if told.isdecimal() and len(told) < 8:
                element.set("data-line", told)


def _read_head(tree: Any, page: WebPage) -> None:
    title = tree.find(".//title")
    page.title = " ".join((title.text_content() if title is not None else "").split())
    for meta in tree.iter("meta"):
        name = (meta.get("name") or meta.get("property") or "").strip().casefold()
        content = " ".join((meta.get("content") or "").split())
        if content and name in _META:
            page.meta.setdefault(_META[name], content)


def _article(tree: Any) -> Any:
    """Return the element that holds the article: the only one of its kind."""
    for path in (".//article", ".//main", ".//*[@role='main']", ".//body"):
        found = tree.findall(path)
        known = set(found)
        outermost = [e for e in found if known.isdisjoint(e.iterancestors())]
        if len(outermost) == 1:
            return outermost[0]
    return tree


def _strip(page: WebPage) -> None:
    """Take out what is no text, and keep account of it."""
    for element in list(page.root.iter()):
        if element is page.root:
            continue
        if element.tag in _LEFT_OUT and element.getparent() is not None:
            if what := _LEFT_OUT[element.tag]:
                page.left_out.append((int(element.get("data-line") or 0), what))
            _drop(element)
    if page.root.tag == "body":
        for name in ("header", "footer"):
            for element in page.root.findall(name):
                line = int(element.get("data-line") or 0)
                page.left_out.append((line, f"The page's {name}"))
                _drop(element)


def _drop(element: Any) -> None:
    """Make nothing of an element, and keep the text that follows it.

    Taken out, it would have that text copied to what stands before, each time.
    """
    element.clear(keep_tail=True)
    element.tag = "wbr"
