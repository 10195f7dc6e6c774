"""Structured data (JSON-LD) of a person."""

from typing import Any

from seo.graph import schema
from seo.graph.ids import node_id, organisation_id
from seo.graph.vocabulary import Node, reference


def author(person: Any) -> Node:
    """Describe a person as the author of a work."""
    if not person.is_published:
        return schema.person(name=person.title, post_nominals=person.post_nominals)
    return schema.person(
        node_id=node_id(person, "person"),
        name=person.title,
        url=person.full_url,
        post_nominals=person.post_nominals,
        job_title=person.job_title,
    )


def profile(person: Any) -> Node:
    """Describe a person on their profile page."""
    if person.organisation:
        works_for = schema.affiliation(name=person.organisation)
    else:
        works_for = reference(organisation_id(person))
    return schema.person(
        node_id=node_id(person, "person"),
        name=person.title,
        url=person.full_url,
        post_nominals=person.post_nominals,
        job_title=person.job_title,
        works_for=works_for,
        description=person.summary,
        image_id=node_id(person, "primaryimage") if person.lead_picture else "",
        page_id=node_id(person, "webpage"),
        same_as=person.addresses_elsewhere,
        credentials=[
            schema.credential(name=credential.name, awarded_by=credential.awarded_by)
            for credential in person.credentials.all()
        ],
        memberships=[
            schema.affiliation(name=membership.organisation, url=membership.url)
            for membership in person.memberships.all()
        ],
    )
