"""The node of the organisation that the site belongs to, from its record."""

from collections.abc import Iterable, Iterator
from typing import Any

from seo.graph import site_schema, words
from seo.graph.checking import as_list
from seo.graph.markup import extra_properties
from seo.graph.organisation_types import DEFAULT_TYPE
from seo.graph.vocabulary import Node


def organisation(
    record: Any, *, node_id: str, url: str, name: str, pictures: Any
) -> Node:
    """Describe the organisation.

    Args:
        record: Its record (`core.models.Organisation`).
        node_id: ``https://clinic.example/#organization``.
        url: The front page.
        name: What it is called.
        pictures: Its logo and premises (`seo.pictures.Pictures`).
    """
    kind = record.kind if words.is_type(record.kind) else DEFAULT_TYPE
    described = site_schema.organisation(
        node_id=node_id,
        kind=kind,
        name=name,
        url=url,
        legal_name=record.legal_name if record.legal_name != name else "",
        telephone=record.telephone,
        email=record.email,
        logo=pictures.logo.node() if pictures.logo else None,
        image=pictures.premises.node() if pictures.premises else None,
        address=site_schema.postal_address(
            street=", ".join(filter(None, map(str.strip, record.street.splitlines()))),
            locality=record.locality,
            region=record.region,
            postal_code=record.postal_code,
            country=record.country,
        ),
        geo=_geo(record),
        hours=list(_hours(record.opening_hours)),
        same_as=_addresses(record.elsewhere),
    )
    extra = extra_properties(record.markup, kind)
    types = dict.fromkeys([kind, *as_list(extra.pop("@type", None))])
    if len(types) > 1:
        described["@type"] = list(types)
    return described | {k: v for k, v in extra.items() if k not in described}


def _geo(record: Any) -> Node | None:
    if record.latitude is None or record.longitude is None:
        return None
    try:
        return site_schema.geo_coordinates(
            float(record.latitude), float(record.longitude)
        )
    except ValueError:
        return None


def _hours(stream: Any) -> Iterator[Node]:
    for child in stream:
        value = child.value
        if value["days"] and value["opens"] and value["closes"]:
            yield site_schema.opening_hours(
                days=value["days"],
                opens=value["opens"].strftime("%H:%M"),
                closes=value["closes"].strftime("%H:%M"),
            )


def _addresses(stream: Any) -> Iterable[str]:
    addresses = (child.value["url"] or "" for child in stream)
    return dict.fromkeys(
        each for each in addresses if each.startswith(("https://", "http://"))
    )
