"""How rich text of the database becomes HTML for readers."""

from typing import Any

from django.utils.html import format_html
from wagtail.rich_text.pages import PageLinkHandler

from core.prefetch import known_address


class PrefetchedPageLinkHandler(PageLinkHandler):
    """Links to pages, resolved for a whole body at once where a template asked."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, Any]]) -> list[str]:
        attrs_list = [{**attrs, "id": _page_id(attrs)} for attrs in attrs_list]
        addresses = [known_address(attrs["id"]) for attrs in attrs_list]
        if None in addresses:
            return list(super().expand_db_attributes_many(attrs_list))
        return [
            format_html('<a href="{}">', address) if address else "<a>"
            for address in addresses
        ]


def _page_id(attrs: dict[str, Any]) -> str:
    """Return the id of the page; "0", which none has, for what is no id."""
    pk = str(attrs.get("id", ""))
    # Eighteen digits fit into every database's integers.
    return pk if pk.isascii() and pk.isdigit() and len(pk) <= 18 else "0"
