"""The ids of nodes: addresses that stay the same whatever a page says.

``https://clinic.example/#organization``, ``…/an-article/#webpage``.
"""

from typing import Any


def node_id(page: Any, fragment: str) -> str:
    """Return the id of a node of ``page``, such as its ``article``."""
    return f"{page.full_url}#{fragment}"


def organisation_id(page: Any) -> str:
    """Return the id of the organisation's node."""
    parts = page.get_url_parts()
    if parts is None:
        raise ValueError(f"page {page.pk} is on no site")
    return f"{parts[1]}/#organization"
