"""Structured data (JSON-LD) of an article."""

from collections.abc import Iterator
from typing import Any

from wagtail.rich_text import RichText

from core.models.structured_data import topic_node, video_nodes
from core.prefetch.records import records_for
from core.prefetch.walk import Place
from core.text.plain_text import plain
from evidence.bibliography.claims import claims_in
from evidence.citing.rich_text import cited_ids
from evidence.claim_block import direct_works
from evidence.library import names
from evidence.models import Reference
from evidence.vocabulary import Direction
from people.structured_data import author
from seo.graph import schema
from seo.graph.ids import node_id, organisation_id
from seo.graph.vocabulary import Node, node, reference
from testimonials.quoting.printed import printed


def article_nodes(page: Any) -> list[Node]:
    """Describe an article; nothing until it is published.

    Where nobody is named as author it is the organisation's, which publishes it.
    """
    if not page.published_at:
        return []
    organisation = reference(organisation_id(page))
    works = node_id(page, "work")
    return [
        schema.article(
            node_id=node_id(page, "article"),
            headline=page.title,
            url=page.full_url,
            published=page.published_at,
            modified=page.modified_at,
            description=page.summary_text,
            section=page.topic.name if page.topic else "",
            authors=[contributor(c) for c in page.authors] or [organisation],
            editors=[contributor(c) for c in _in_role(page, "editor")],
            contributors=[contributor(c) for c in _in_role(page, "clinical")],
            publisher_id=organisation["@id"],
            page_id=node_id(page, "webpage"),
            image_id=node_id(page, "primaryimage") if page.lead_picture else "",
            about=[_id_alone(topic_node(page.topic, page))] if page.topic else [],
            citations=[_work(cited, works) for cited in page.cited_works],
            videos=[_id_alone(video) for video in video_nodes(page)],
            parts=_claims(page, works),
        )
    ]


def page_properties(page: Any) -> Node:
    """Return what an article is about.

    Never who reviewed it: a role in the byline is no review. `review` tells of those.
    """
    return {"about": topic_node(page.topic, page)} if page.topic else {}


def _id_alone(node: Node) -> Node:
    return reference(node["@id"])


def contributor(contribution: Any) -> Node:
    """Describe somebody who contributed, by their profile where they have one."""
    if contribution.person:
        return author(contribution.person)
    works_for = contribution.affiliation
    return schema.person(
        name=contribution.name,
        works_for=schema.affiliation(name=works_for) if works_for else None,
    )


def _in_role(page: Any, role: str) -> Iterator[Any]:
    return (c for c in page.contributors if c.role == role)


def cited_works(page: Any) -> list[Reference]:
    """Return the works that the page prints as cited, each once, in reading order."""
    ids = dict.fromkeys(pk for place in printed(page.places) for pk in _cited_at(place))
    found = records_for(page, Reference, ids)
    return [found[pk] for pk in ids if pk in found]


def _cited_at(place: Place) -> Iterator[int]:
    if isinstance(place.value, Reference):
        yield place.value.pk
    elif isinstance(place.value, RichText):
        yield from cited_ids(place.value.source)


def _claims(page: Any, ids: str) -> list[Node]:
    """Describe what the article claims, and the works that support it.

    The vocabulary has no word for studies that speak against a claim, so that one of
    which they do so would read as supported.
    """
    cited = {work.pk for work in page.cited_works}
    return [
        node("Claim", text=text, citation=[_id_alone(_work(w, ids)) for w in works])
        for claim in claims_in(page.places)
        if claim.get("direction") == Direction.SUPPORTS
        if (text := plain(claim["sentence"].source).strip())
        if (works := [work for work in direct_works(claim) if work.pk in cited])
    ]


def _work(cited: Reference, ids: str) -> Node:
    return schema.scholarly_article(
        node_id=f"{ids}-{cited.pk}",
        title=cited.title,
        authors=[_author_of_work(name) for name in cited.authors],
        journal=cited.container_title,
        published=cited.issued_year,
        url=cited.best_url,
        doi=cited.doi,
    )


def _author_of_work(name: names.Name) -> Node:
    if "literal" in name:
        return schema.affiliation(name=name["literal"])
    full = f"{name.get('given', '')} {names.family_name(name)}"
    return schema.person(name=full.strip())
