"""Structured data (JSON-LD) of an article."""

from collections.abc import Iterator
from typing import Any

from django.db.models import prefetch_related_objects
from wagtail.rich_text import RichText

from core.models.topics import Topic
from core.models.videos import Video
from core.pictures import known_renditions
from core.prefetch.records import records_for
from core.prefetch.walk import Place
from evidence.citing.rich_text import cited_ids
from evidence.library import names
from evidence.models import Reference
from people.structured_data import author
from seo.graph import schema
from seo.graph.ids import node_id, organisation_id
from seo.pictures import SOCIAL, rendered
from seo.graph.vocabulary import Node, full_url


def article_nodes(page: Any) -> list[Node]:
    """Describe an article; nothing until it is published and somebody wrote it."""
    if not (page.published_at and page.authors):
        return []
    return [
        schema.article(
            node_id=node_id(page, "article"),
            headline=page.title,
            url=page.full_url,
            published=page.published_at,
            modified=page.modified_at,
            description=page.summary_text,
            section=page.topic.name if page.topic else "",
            authors=[contributor(c) for c in page.authors],
            editors=[contributor(c) for c in _in_role(page, "editor")],
            publisher_id=organisation_id(page),
            page_id=node_id(page, "webpage"),
            image_id=node_id(page, "primaryimage") if page.lead_picture else "",
            about=[topic_node(page.topic)] if page.topic else [],
            citations=[_work(reference) for reference in page.cited_works],
            videos=list(_videos(page)),
        )
    ]


def review_properties(page: Any) -> Node:
    """Return who reviewed an article, when last, and what it is about."""
    reviews = list(_in_role(page, "reviewer"))
    properties: Node = {"about": topic_node(page.topic)} if page.topic else {}
    if reviews:
        properties["reviewedBy"] = [contributor(review) for review in reviews]
        properties["lastReviewed"] = max(r.date for r in reviews).isoformat()
    return properties


def contributor(contribution: Any) -> Node:
    """Describe somebody who contributed, by their profile where they have one."""
    if contribution.person:
        return author(contribution.person)
    works_for = contribution.affiliation
    return schema.person(
        name=contribution.name,
        works_for=schema.affiliation(name=works_for) if works_for else None,
    )


def topic_node(topic: Topic) -> Node:
    """Describe what a page is about."""
    return schema.topic(kind=topic.kind, name=topic.name, description=topic.summary)


def _in_role(page: Any, role: str) -> Iterator[Any]:
    return (c for c in page.contributors if c.role == role)


def cited_works(page: Any) -> list[Reference]:
    """Return the works that the page's streams cite, each once, in reading order."""
    ids = dict.fromkeys(pk for place in page.places for pk in _cited_at(place))
    found = records_for(page, Reference, ids)
    return [found[pk] for pk in ids if pk in found]


def _cited_at(place: Place) -> Iterator[int]:
    if isinstance(place.value, Reference):
        yield place.value.pk
    elif isinstance(place.value, RichText):
        yield from cited_ids(place.value.source)


def _work(reference: Reference) -> Node:
    return schema.scholarly_article(
        title=reference.title,
        authors=[_author_of_work(name) for name in reference.authors],
        journal=reference.container_title,
        published=reference.issued_year,
        url=reference.best_url,
        doi=reference.doi,
    )


def _author_of_work(name: names.Name) -> Node:
    if "literal" in name:
        return schema.affiliation(name=name["literal"])
    full = f"{name.get('given', '')} {names.family_name(name)}"
    return schema.person(name=full.strip())


def _videos(page: Any) -> Iterator[Node]:
    """Describe each video that has the still picture search engines ask for."""
    shown = [place.value for place in page.places if isinstance(place.value, Video)]
    videos = [page.lead_video, *shown] if page.lead_video else shown
    if not videos:
        return
    prefetch_related_objects(videos, "poster")  # where not fetched yet
    known_renditions.read(video.poster for video in videos if video.poster)
    root_url = page.get_url_parts()[1]
    for video in dict.fromkeys(videos):
        poster = rendered(video.poster, SOCIAL, root_url)
        if poster:
            yield schema.video(
                name=video.title,
                description=video.summary,
                content_url=full_url(video.file.url, root_url),
                captions_url=full_url(video.captions.url, root_url)
                if video.captions
                else "",
                thumbnail_url=poster.url,
                uploaded=video.uploaded_at,
                duration=video.duration,
            )
