"""What a crawler reads in a rendered head."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from django.template.loader import render_to_string


@dataclass
class PrintedHead:
    """The title, meta tags by name or property, and the canonical address."""

    title: str = ""
    meta: dict[str, str] = field(default_factory=dict)
    canonical: str = ""

    def first(self, *names: str) -> str:
        """Return the first of these meta tags that says something, else ""."""
        return next(filter(None, map(self.meta.get, names)), "") or ""


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.head = PrintedHead()
        self._is_title = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self._is_title = tag == "title"
        if tag == "meta":
            name = values.get("name") or values.get("property", "")
            self.head.meta.setdefault(name, values.get("content", ""))
        elif tag == "link" and values.get("rel") == "canonical":
            self.head.canonical = values.get("href", "")

    def handle_endtag(self, tag: str) -> None:
        self._is_title = False

    def handle_data(self, data: str) -> None:
        if self._is_title:
            self.head.title += data


def printed(head: Any) -> PrintedHead:
    """Render ``head``, a `seo.head.Head`, and read it as a crawler does."""
    reader = _Reader()
    reader.feed(render_to_string("seo/head.html", {"head": head}))
    reader.close()
    return reader.head
