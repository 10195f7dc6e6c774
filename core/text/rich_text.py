"""Converts stored rich text to HTML for readers."""

from typing import Any

from django.utils.html import format_html
from wagtail.rich_text.pages import PageLinkHandler

from core.prefetch.records import address_of_page
from core.primary_keys import primary_key
from core.text.heading_links import fragment_of


class PrefetchedPageLinkHandler(PageLinkHandler):
    """Links to pages and their headings, resolved together within ``page_links``."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, Any]]) -> list[str]:
        pks = [primary_key(attrs.get("id", "")) for attrs in attrs_list]
        attrs_list = [
            {**attrs, "id": str(pk)} for attrs, pk in zip(attrs_list, pks, strict=True)
        ]
        addresses = [address_of_page(pk) for pk in pks]
        if None in addresses:
            tags = list(super().expand_db_attributes_many(attrs_list))
        else:
            tags = [
                format_html('<a href="{}">', address) if address else "<a>"
                for address in addresses
            ]
        # By its key the report on links knows what a link without an address meant.
        tags = [
            format_html('<a data-page="{}">', pk) if tag == "<a>" and pk else tag
            for tag, pk in zip(tags, pks, strict=True)
        ]
        fragments = [fragment_of(attrs) for attrs in attrs_list]
        return [
            _to_heading(tag, fragment) if fragment else tag
            for tag, fragment in zip(tags, fragments, strict=True)
        ]


def _to_heading(tag: str, fragment: str) -> str:
    """Return a link to the page as one to its heading; one without stays without.

    A fragment holds nothing that HTML would read.
    """
    end = '">'
    return f"{tag.removesuffix(end)}#{fragment}{end}" if " href=" in tag else tag
