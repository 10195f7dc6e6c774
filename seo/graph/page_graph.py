"""The JSON-LD graph of a page: organisation, site, page and subjects.

Every node has an address for an id (`seo.graph.ids`).
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any

from django.utils.translation import get_language

from seo.graph import site_schema
from seo.graph.naming import with_references
from seo.graph.organisation import organisation as organisation_node
from seo.graph.vocabulary import Node, full_url, reference, without_controls
from seo.models import MetadataMixin

logger = logging.getLogger(__name__)

_told: ContextVar[list[str] | None] = ContextVar("told", default=None)


def graph(
    page: MetadataMixin,
    *,
    address: str,
    name: str,
    description: str,
    root_url: str,
    site_name: str,
    record: Any,
    pictures: Any,
) -> Node:
    """Build the graph of a page.

    Args:
        page: What is shown.
        address: Its absolute address, with the number of the list's page if any.
        name: Its title, without the organisation's.
        description: Plain text, may be blank.
        root_url: The site's address, without a slash at the end.
        site_name: What the organisation is called.
        record: The organisation's (`core.models.Organisation`).
        pictures: Those of this page (`seo.pictures.Pictures`).

    Returns:
        ``{"@context", "@graph": [node, ...]}``.
    """
    organisation, website = f"{root_url}/#organization", f"{root_url}/#website"
    names = [site_name, record.legal_name]

    def own(make: Callable[[], Any], otherwise: Any) -> Any:
        return with_references(_made(page, make, otherwise), names, organisation)

    subjects = own(page.structured_data, [])
    properties = own(page.schema_properties, {})
    media = own(page.media_nodes, [])
    videos = [
        reference(each["@id"]) for each in media if each["@type"] == "VideoObject"
    ]
    picture_id = f"{address}#primaryimage" if pictures.page else ""
    trail = [
        (step["title"], full_url(step["url"], root_url)) for step in page.breadcrumbs
    ]
    breadcrumb_id = f"{address}#breadcrumb" if len(trail) > 1 else ""
    main_entity = f"{address}#{page.schema_main_entity}"
    nodes = [
        _made(
            page,
            lambda: organisation_node(
                record,
                node_id=organisation,
                url=f"{root_url}/",
                name=site_name,
                pictures=pictures,
            ),
            {"@type": "Organization", "@id": organisation, "url": f"{root_url}/"},
        ),
        _made(
            page,
            lambda: site_schema.website(
                node_id=website,
                name=site_name,
                url=f"{root_url}/",
                publisher_id=organisation,
                language=_language(),
            ),
            {"@type": "WebSite", "@id": website, "url": f"{root_url}/"},
        ),
        own(lambda: pictures.page.node(picture_id), None) if pictures.page else None,
        _made(
            page,
            lambda: site_schema.breadcrumb_list(node_id=breadcrumb_id, trail=trail),
            None,
        )
        if breadcrumb_id
        else None,
        _made(
            page,
            lambda: (
                site_schema.web_page(
                    node_id=f"{address}#webpage",
                    kind=page.schema_type,
                    name=name,
                    url=address,
                    website_id=website,
                    language=_language(),
                    description=description,
                    **_dates(page),
                    image_id=picture_id,
                    breadcrumb_id=breadcrumb_id,
                    main_entity_id=(
                        main_entity
                        if any(each.get("@id") == main_entity for each in subjects)
                        else ""
                    ),
                )
                | ({"video": videos} if videos else {})
                | properties
            ),
            {"@type": "WebPage", "@id": f"{address}#webpage", "url": address},
        ),
        *subjects,
        *media,
    ]
    described: Node = without_controls(
        {"@context": "https://schema.org", "@graph": [each for each in nodes if each]}
    )
    return described


def _dates(page: MetadataMixin) -> dict[str, datetime | None]:
    """Return the page's dates; a change before publication is left out."""
    published, modified = page.published_at, page.modified_at
    if published and modified and modified < published:
        modified = None
    return {"published": published, "modified": modified}


def _made(page: MetadataMixin, make: Callable[[], Any], otherwise: Any) -> Any:
    """Return what ``make`` describes; an error in it is logged and harms no other."""
    try:
        return make()
    except ValueError as error:
        if (told := _told.get()) is not None:
            told.append(str(error))
        else:
            logger.exception(
                "Page %s has structured data that cannot be right", page.pk
            )
        return otherwise


@contextmanager
def errors_told() -> Iterator[list[str]]:
    """Tell the caller what is left out of graphs for it cannot be right, not the log.

    The list is filled within the block.
    """
    told: list[str] = []
    token = _told.set(told)
    try:
        yield told
    finally:
        _told.reset(token)


def _language() -> str:
    """Return the page's language, such as ``en-GB``."""
    language, _, region = (get_language() or "en").partition("-")
    return f"{language}-{region.upper()}" if region else language
