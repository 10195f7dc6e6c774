"""Converts stored rich text to HTML for readers."""

from datetime import datetime
from typing import Any

from django.utils.html import format_html
from wagtail.models import Page
from wagtail.rich_text.pages import PageLinkHandler

from core.prefetch.records import Records, address_of_page, given_out
from core.prefetch.sources import fetch
from core.primary_keys import primary_key
from core.text.heading_links import fragment_of
from delivery.calendar import period
from delivery.once import once_per_generation


class PrefetchedPageLinkHandler(PageLinkHandler):
    """Links to pages and their headings, resolved together within ``page_links``."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, Any]]) -> list[str]:
        pks = [primary_key(attrs.get("id", "")) for attrs in attrs_list]
        fragments = [fragment_of(attrs) for attrs in attrs_list]
        return [
            _tag(pk, address, fragment)
            for pk, address, fragment in zip(
                pks, _addresses(pks), fragments, strict=True
            )
        ]


def _addresses(pks: list[int]) -> list[str]:
    """Return the addresses of pages, "" for those that readers may not be led to."""
    found = [address_of_page(pk) for pk in pks]
    if None in found:
        return _fetched(tuple(pks), period())
    return [address or "" for address in found]


@once_per_generation
def _fetched(pks: tuple[int, ...], _period: datetime | None) -> list[str]:
    """Return the same for a text outside streams, such as one at each page's foot."""
    records = Records()
    records.add(Page, pks, fetch(Page, pks, None))
    with given_out(records):
        return [address_of_page(pk) or "" for pk in pks]


def _tag(pk: int, address: str, fragment: str) -> str:
    """Return the element that begins a link; a fragment holds nothing HTML would read.

    By its key the report on links knows what one without an address meant.
    """
    if address:
        anchor = f"#{fragment}" if fragment else ""
        return format_html('<a href="{}{}">', address, anchor)
    return format_html('<a data-page="{}">', pk) if pk else "<a>"
