"""The JSON-LD graph of a page: organisation, site, page and subjects.

Every node has an address for an id, which stays the same whatever the page says:
``https://clinic.example/#organization``, ``…/an-article/#webpage``.
"""

import json
import logging
from datetime import datetime
from typing import Any

from django.utils.translation import get_language

from seo import site_schema
from seo.models import MetadataMixin
from seo.pictures import Pictures
from seo.vocabulary import Node, full_url, node

logger = logging.getLogger(__name__)

# What the organisation is until an editor says otherwise under Settings: the choices
# offered there have no MedicalClinic.
ORGANISATION_TYPE = "MedicalClinic"

# A business may not rate itself, and identity is not for typing.
REFUSED_PROPERTIES = {
    "@context",
    "@graph",
    "@id",
    "aggregateRating",
    "review",
    "reviews",
}


def node_id(page: Any, fragment: str) -> str:
    """Return the id of a node of ``page``, such as its ``article``."""
    return f"{page.full_url}#{fragment}"


def organisation_id(page: Any) -> str:
    """Return the id of the organisation's node."""
    parts = page.get_url_parts()
    if parts is None:
        raise ValueError(f"page {page.pk} is on no site")
    return f"{parts[1]}/#organization"


def graph(
    page: MetadataMixin,
    *,
    address: str,
    name: str,
    description: str,
    root_url: str,
    site_name: str,
    settings: Any,
    pictures: Pictures,
) -> Node:
    """Build the graph of a page.

    Args:
        page: What is shown.
        address: Its absolute address, with the number of the list's page if any.
        name: Its title, without the organisation's.
        description: Plain text, may be blank.
        root_url: The site's address, without a slash at the end.
        site_name: What the organisation is called.
        settings: wagtailseo's SeoSettings.
        pictures: Those of this page.

    Returns:
        ``{"@context", "@graph": [node, ...]}``.
    """
    organisation = f"{root_url}/#organization"
    website = f"{root_url}/#website"
    own = _own_nodes(page)
    nodes = [
        _organisation(organisation, f"{root_url}/", site_name, settings, pictures),
        site_schema.website(
            node_id=website,
            name=site_name,
            url=f"{root_url}/",
            publisher_id=organisation,
            language=_language(),
        ),
    ]
    picture_id = f"{address}#primaryimage"
    if pictures.page:
        nodes.append(pictures.page.node(picture_id))
    trail = [
        (step["title"], full_url(step["url"], root_url)) for step in page.breadcrumbs
    ]
    breadcrumb_id = f"{address}#breadcrumb" if len(trail) > 1 else ""
    if breadcrumb_id:
        nodes.append(site_schema.breadcrumb_list(node_id=breadcrumb_id, trail=trail))
    main_entity = f"{address}#{page.schema_main_entity}"
    web_page = site_schema.web_page(
        node_id=f"{address}#webpage",
        kind=page.schema_type,
        name=name,
        url=address,
        website_id=website,
        language=_language(),
        description=description,
        **_dates(page),
        image_id=picture_id if pictures.page else "",
        breadcrumb_id=breadcrumb_id,
        main_entity_id=(
            main_entity if any(n.get("@id") == main_entity for n in own) else ""
        ),
    )
    nodes += [web_page | _own_properties(page), *own]
    return {"@context": "https://schema.org", "@graph": nodes}


def _dates(page: MetadataMixin) -> dict[str, datetime | None]:
    """Return the page's dates; a change before publication is left out."""
    published, modified = page.published_at, page.modified_at
    if published and modified and modified < published:
        modified = None
    return {"published": published, "modified": modified}


def _own_nodes(page: MetadataMixin) -> list[Node]:
    """Return the page's own nodes; an error in them is logged, not raised."""
    try:
        return page.structured_data()
    except ValueError:
        logger.exception("Page %s has structured data that cannot be right", page.pk)
        return []


def _own_properties(page: MetadataMixin) -> Node:
    try:
        return page.schema_properties()
    except ValueError:
        logger.exception("Page %s has properties that cannot be right", page.pk)
        return {}


def _organisation(
    organisation: str, url: str, name: str, settings: Any, pictures: Pictures
) -> Node:
    described = site_schema.organisation(
        node_id=organisation,
        kind=settings.struct_org_type or ORGANISATION_TYPE,
        name=name,
        url=url,
        telephone=settings.struct_org_phone,
        logo=pictures.logo.node() if pictures.logo else None,
        image=pictures.premises.node() if pictures.premises else None,
        address=site_schema.postal_address(
            street=settings.struct_org_address_street,
            locality=settings.struct_org_address_locality,
            region=settings.struct_org_address_region,
            postal_code=settings.struct_org_address_postal,
            country=settings.struct_org_address_country,
        ),
        geo=_geo(settings),
        hours=[_hours(child.value) for child in settings.struct_org_hours],
        actions=[_action(child.value) for child in settings.struct_org_actions],
    )
    return described | extra_properties(settings.struct_org_extra_json)


def extra_properties(text: str) -> Node:
    """Return the typed additional markup, {} when it is invalid."""
    try:
        extra = json.loads(text) if text.strip() else {}
    except ValueError:
        return {}
    if not isinstance(extra, dict):
        return {}
    return {
        name: value for name, value in extra.items() if name not in REFUSED_PROPERTIES
    }


def _geo(settings: Any) -> Node | None:
    latitude, longitude = settings.struct_org_geo_lat, settings.struct_org_geo_lng
    if latitude is None or longitude is None:
        return None
    try:
        return site_schema.geo_coordinates(float(latitude), float(longitude))
    except ValueError:
        return None


def _hours(value: Any) -> Node:
    return site_schema.opening_hours(
        days=value["days"],
        opens=value["start_time"].strftime("%H:%M"),
        closes=value["end_time"].strftime("%H:%M"),
    )


def _action(value: Any) -> Node:
    result = value["result_type"]
    return node(
        value["action_type"],
        target=node("EntryPoint", urlTemplate=value["target"]),
        result=node(result, name=value["result_name"]) if result else None,
    )


def _language() -> str:
    """Return the page's language, such as ``en-GB``."""
    language, _, region = (get_language() or "en").partition("-")
    return f"{language}-{region.upper()}" if region else language
