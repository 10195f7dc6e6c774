"""schema.org descriptions of the organisation, its site and the site's pages.

Pure functions, as in `seo.graph.schema`. `seo.graph.page_graph` calls them, pages need
not.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from seo.graph.vocabulary import Node, absolute, dates, named, node, reference

PAGE_TYPES = {
    "AboutPage",
    "CollectionPage",
    "ContactPage",
    "MedicalWebPage",
    "ProfilePage",
    "SearchResultsPage",
    "WebPage",
}


def organisation(
    *,
    node_id: str,
    name: str,
    url: str,
    kind: str = "Organization",
    legal_name: str = "",
    telephone: str = "",
    email: str = "",
    logo: Node | None = None,
    image: Node | None = None,
    address: Node | None = None,
    geo: Node | None = None,
    hours: Iterable[Node] = (),
    same_as: Iterable[str] = (),
) -> Node:
    """Describe the organisation that the site belongs to.

    Source:
        https://developers.google.com/search/docs/appearance/structured-data/organization
    """
    return node(
        kind,
        id=absolute(node_id),
        name=named(name),
        legalName=legal_name,
        url=absolute(url),
        telephone=telephone,
        email=email,
        logo=logo,
        image=image,
        address=address,
        geo=geo,
        openingHoursSpecification=list(hours),
        sameAs=[absolute(each) for each in same_as],
    )


def postal_address(
    *,
    street: str = "",
    locality: str = "",
    region: str = "",
    postal_code: str = "",
    country: str = "",
) -> Node | None:
    """Describe an address; None when nothing of it is known."""
    address = node(
        "PostalAddress",
        streetAddress=street,
        addressLocality=locality,
        addressRegion=region,
        postalCode=postal_code,
        addressCountry=country,
    )
    return address if len(address) > 1 else None


def geo_coordinates(latitude: float | None, longitude: float | None) -> Node | None:
    """Describe a place by its coordinates, None unless both are known."""
    if latitude is None or longitude is None:
        return None
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise ValueError(f"no place on Earth is at {latitude}, {longitude}")
    return node("GeoCoordinates", latitude=latitude, longitude=longitude)


def opening_hours(*, days: Sequence[str], opens: str, closes: str) -> Node:
    """Describe opening hours, with times as ``HH:MM``."""
    return node(
        "OpeningHoursSpecification", dayOfWeek=list(days), opens=opens, closes=closes
    )


def website(
    *, node_id: str, name: str, url: str, publisher_id: str, language: str
) -> Node:
    """Describe the site as a whole."""
    return node(
        "WebSite",
        id=absolute(node_id),
        name=named(name),
        url=absolute(url),
        publisher=reference(publisher_id),
        inLanguage=language,
    )


def web_page(
    *,
    node_id: str,
    name: str,
    url: str,
    website_id: str,
    language: str,
    kind: str = "WebPage",
    description: str = "",
    published: datetime | None = None,
    modified: datetime | None = None,
    image_id: str = "",
    breadcrumb_id: str = "",
    main_entity_id: str = "",
) -> Node:
    """Describe one page of the site.

    Raises:
        ValueError: ``kind`` is no type of page, or the dates are naive or disordered.
    """
    if kind not in PAGE_TYPES:
        raise ValueError(f"{kind!r} is none of {', '.join(sorted(PAGE_TYPES))}")
    return node(
        kind,
        id=absolute(node_id),
        url=absolute(url),
        name=named(name),
        description=description,
        isPartOf=reference(website_id),
        inLanguage=language,
        primaryImageOfPage=reference(image_id) if image_id else None,
        breadcrumb=reference(breadcrumb_id) if breadcrumb_id else None,
        mainEntity=reference(main_entity_id) if main_entity_id else None,
        **dates(published, modified),
    )


def breadcrumb_list(*, node_id: str, trail: Iterable[tuple[str, str]]) -> Node:
    """Describe breadcrumbs, given as (name, URL) pairs.

    Source:
        https://developers.google.com/search/docs/appearance/structured-data/breadcrumb
    """
    items = [
        node("ListItem", position=place, name=named(name), item=absolute(url))
        for place, (name, url) in enumerate(trail, start=1)
    ]
    if len(items) < 2:
        raise ValueError("a trail has at least two steps")
    return node("BreadcrumbList", id=absolute(node_id), itemListElement=items)
