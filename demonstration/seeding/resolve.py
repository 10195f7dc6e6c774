"""Replaces keys of demonstration records with primary keys."""

import re
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.utils.html import escape

from demonstration.content.shapes import Stream

_CITATION = re.compile(r"\{cite:([a-z0-9-]+)(?:\|([^}]+))?\}")
_PAGE_LINK = re.compile(r'<a href="page:([a-z0-9-]+)">')


class Resolver:
    """The records created so far, by kind and key."""

    def __init__(self) -> None:
        self.pictures: dict[str, Any] = {}
        self.videos: dict[str, Any] = {}
        self.references: dict[str, Any] = {}
        self.pages: dict[str, Any] = {}
        self.topics: dict[str, Any] = {}
        self.subjects: dict[str, Any] = {}

    def stream(self, of: str, blocks: Stream) -> list[dict[str, Any]]:
        """Return ``blocks`` as a StreamField stores them.

        Args:
            of: Names the stream, so that its blocks get the same ids in every loading.
            blocks: Pairs of block name and value, with keys.
        """
        return [
            {
                "type": name,
                "value": self.value(value),
                "id": str(uuid5(NAMESPACE_URL, f"{of}/{position}")),
            }
            for position, (name, value) in enumerate(blocks)
        ]

    def value(self, value: Any) -> Any:
        """Return a block's value with keys replaced, at any depth."""
        match value:
            case str():
                return self.text(value)
            case list() | tuple():
                return [self.value(item) for item in value]
            case {"picture": key, **rest}:
                return {
                    "image": self.pictures[key].pk,
                    "alt_text": rest.get("alt", ""),
                    "decorative": rest.get("decorative", False),
                }
            case {"video": str(key)}:
                return self.videos[key].pk
            case {"page": str(key)} if len(value) == 1:
                return self.pages[key].pk
            case {"person_of": str(key)}:
                return self.subjects[key].pk
            case {"reference": str(key)} if len(value) == 1:
                return self.references[key].pk
            case dict():
                return {name: self.value(item) for name, item in value.items()}
        return value

    def text(self, text: str) -> str:
        """Return rich text with citations and page links as Wagtail stores them."""

        def citation(match: re.Match[str]) -> str:
            locator = f' locator="{escape(match[2])}"' if match[2] else ""
            pk = self.references[match[1]].pk
            return f'<embed embedtype="citation" id="{pk}"{locator}/>'

        def link(match: re.Match[str]) -> str:
            return f'<a linktype="page" id="{self.pages[match[1]].pk}">'

        return _PAGE_LINK.sub(link, _CITATION.sub(citation, text))
