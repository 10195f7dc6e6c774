"""Citations in rich text: stored, printed and edited forms.

Stored: ``<embed embedtype="citation" id="7" locator="p. 14"/>``, never a number.
Printed: a marker that ``{% citations %}`` numbers (`evidence.citing.numbering`).
Edited: text that cannot be changed, such as “[Petrou 2020, p. 14]” (`.labels`).
"""

from collections.abc import Iterator, Mapping
from typing import Any

from draftjs_exporter.dom import DOM
from wagtail.admin.rich_text.converters.html_to_contentstate import (
    KEEP_WHITESPACE,
    InlineEntityElementHandler,
)
from wagtail.rich_text import EmbedHandler
from wagtail.rich_text.rewriters import FIND_EMBED_TAG, extract_attrs

from core.primary_keys import primary_key
from evidence.citing import labels
from evidence.citing.numbering import marker
from evidence.models import Reference


class CitationHandler(EmbedHandler):
    """Turns stored citations into markers, without a query."""

    identifier = "citation"

    @staticmethod
    def get_model() -> type[Reference]:
        return Reference

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, str]]) -> list[str]:
        return [marker(reference_id(attrs), _locator(attrs)) for attrs in attrs_list]

    @classmethod
    def extract_references(
        cls, attrs: Mapping[str, str]
    ) -> Iterator[tuple[type[Reference], str, str, str]]:
        if pk := reference_id(attrs):
            yield Reference, str(pk), "", ""

    @classmethod
    def label(cls, attrs: Mapping[str, str]) -> str:
        """Return a citation's text in comparisons of two versions."""
        return labels.visible(reference_id(attrs), _locator(attrs))


def reference_id(attrs: Mapping[str, str]) -> int:
    """Return the id of the cited reference, 0 for an invalid one."""
    return primary_key(attrs.get("id", ""))


def cited_ids(source: str) -> Iterator[int]:
    """Yield the id of each citation in stored rich text."""
    for match in FIND_EMBED_TAG.finditer(source):
        attrs = extract_attrs(match[1])
        if attrs.get("embedtype") == CitationHandler.identifier:
            yield reference_id(attrs)


def _locator(attrs: Mapping[str, str]) -> str:
    # The exporter writes an apostrophe as &#x27;, the one entity that Wagtail's
    # `extract_attrs` leaves.
    return attrs.get("locator", "").replace("&#x27;", "'")


class CitationElementHandler(InlineEntityElementHandler):
    """Turns a stored citation into an entity of the editor."""

    mutability = "IMMUTABLE"

    def get_attribute_data(self, attrs: Mapping[str, str]) -> dict[str, str]:
        locator = attrs.get("locator", "")
        label = labels.visible(reference_id(attrs), locator)
        return {"id": attrs.get("id", ""), "locator": locator, "label": label}

    def handle_starttag(
        self, name: str, attrs: Any, state: Any, contentstate: Any
    ) -> None:
        super().handle_starttag(name, attrs, state, contentstate)
        # Without text of its own the entity would be invisible and be dropped.
        key = state.current_entity_ranges[-1].key
        state.current_block.text += contentstate.entity_map[key].data["label"]
        # Else the space that follows would be taken for the space between blocks.
        state.leading_whitespace = KEEP_WHITESPACE


def stored_citation(props: Mapping[str, Any]) -> Any:
    """Return the element stored for an entity, without its text."""
    attributes = {"embedtype": "citation", "id": str(props.get("id", ""))}
    if locator := props.get("locator"):
        attributes["locator"] = locator
    return DOM.create_element("embed", attributes)


CONVERSION = {
    "from_database_format": {
        'embed[embedtype="citation"]': CitationElementHandler("CITATION")
    },
    "to_database_format": {"entity_decorators": {"CITATION": stored_citation}},
}
