"""HTML files: their metadata, and which part of them is the article."""

from dataclasses import dataclass, field
from typing import Any

import lxml.html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from lxml import etree

from articles.importing.reading import office, unseen
from articles.importing.reading.sources import Refused

DEEPEST = 250
_TOO_DEEP = _(
    "Line %(line)s: here, or soon after it, elements are nested more than %(count)s "
    "deep. Make it flatter."
)

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
    "nav": _("A menu (nav) is left out."),
    "menu": _("A menu is left out."),
    "iframe": _("An embedded page (iframe) is left out."),
    "object": _("An embedded object is left out."),
    "embed": _("An embedded object is left out."),
    "applet": _("An embedded object is left out."),
    "audio": _("A sound is left out."),
    "video": _("A video is left out."),
    "canvas": _("A drawing that a script makes is left out."),
    "svg": _("A drawing (SVG) is left out."),
    "math": _("A formula (MathML) is left out."),
    "form": _("A form is left out."),
    "button": _("A button is left out."),
    "input": _("A field of a form is left out."),
    "select": _("A field of a form is left out."),
    "textarea": _("A field of a form is left out."),
    "dialog": _("A dialogue is left out."),
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
    "og:url": "canonical",
    "og:image": "lead_image",
}


@dataclass
class WebPage:
    """A parsed HTML file.

    Attributes:
        root: The element whose content is the article.
        meta: What the head says, by key of front matter.
        title: The head's title.
        left_out: (line, words, what) of parts that are no text, or nobody saw.
    """

    root: Any
    meta: dict[str, str] = field(default_factory=dict)
    title: str = ""
    left_out: list[tuple[int, str, str]] = field(default_factory=list)

    def note(self, line: int, words: str, what: str) -> None:
        self.left_out.append((line, words, what))


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
        raise Refused(gettext("There is nothing in it.")) from None
    page = WebPage(tree)
    _number(tree, first_line)
    _read_head(tree, page)
    office.tidy(tree)
    page.root = _article(tree)
    unseen.prepare(page.root, tree, page.note, _drop)
    _strip(page)
    return page


def _number(tree: Any, first_line: int) -> None:
    """Write its line on each element, unless Markdown has told it already."""
    depth, line = 0, "1"
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if event == "start" and isinstance(element.tag, str):
            told = element.attrib.pop("data-line", "")
            if first_line:
                told = str((element.sourceline or 1) + first_line - 1)
            if told.isdecimal() and len(told) < 8:
                element.set("data-line", told)
                line = told
        if depth > DEEPEST:
            raise Refused(_TOO_DEEP % {"line": line, "count": DEEPEST})


def _read_head(tree: Any, page: WebPage) -> None:
    for link in tree.iter("link"):
        if "canonical" in (link.get("rel") or "").casefold().split():
            page.meta.setdefault("canonical", (link.get("href") or "").strip())
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
    """Remove elements that are not text, and count them."""
    for element in list(page.root.iter()):
        if element is page.root:
            continue
        if element.tag in _LEFT_OUT and element.getparent() is not None:
            if what := _LEFT_OUT[element.tag]:
                page.note(int(element.get("data-line") or 0), "", str(what))
            _drop(element)
    if page.root.tag == "body":
        for name, sentence in {
            "header": gettext("The page's header is left out."),
            "footer": gettext("The page's footer is left out."),
        }.items():
            for element in page.root.findall(name):
                line = int(element.get("data-line") or 0)
                page.note(line, "", sentence)
                _drop(element)


def _drop(element: Any) -> None:
    """Remove an element, but keep the text after it.

    Taken out, it would have that text copied to what stands before, each time.
    """
    element.clear(keep_tail=True)
    element.tag = "wbr"
