"""Structured data (JSON-LD) of what pages hold: topics, videos and pictures."""

from collections.abc import Iterator
from typing import Any

from django.db.models import prefetch_related_objects
from wagtail.blocks import StructBlock

from core.models.images import SiteImage
from core.models.topics import Topic
from core.models.videos import Video
from core.pictures import known_renditions
from seo.graph import schema
from seo.graph.ids import node_id
from seo.graph.vocabulary import Node, full_url
from seo.pictures import SOCIAL, rendered


def topic_node(topic: Topic, page: Any) -> Node:
    """Describe what ``page`` is about, by the topic's hub where it has one."""
    hub = topic.published_hub
    address = (hub.full_url or "") if hub else ""
    return schema.topic(
        node_id=node_id(hub if address else page, "topic"),
        kind=topic.kind,
        name=topic.name,
        url=address,
        description=topic.summary,
    )


def video_nodes(page: Any) -> list[Node]:
    """Describe each video on ``page`` that has a still picture, which is required."""
    videos = list(dict.fromkeys(_videos(page)))
    if not videos:
        return []
    prefetch_related_objects(videos, "poster")  # where not fetched yet
    known_renditions.read(video.poster for video in videos if video.poster)
    root_url = page.get_url_parts()[1]
    return [
        _video(video, poster.url, page, root_url)
        for video in videos
        if (poster := rendered(video.poster, SOCIAL, root_url))
    ]


def _videos(page: Any) -> Iterator[Video]:
    for field in page._meta.concrete_fields:
        if field.related_model is Video and (video := getattr(page, field.name)):
            yield video
    yield from (place.value for place in page.places if isinstance(place.value, Video))


def _video(video: Video, thumbnail_url: str, page: Any, root_url: str) -> Node:
    return schema.video(
        node_id=node_id(page, f"video-{video.pk}"),
        name=video.title,
        description=video.summary,
        content_url=full_url(video.file.url, root_url),
        captions_url=full_url(video.captions.url, root_url) if video.captions else "",
        thumbnail_url=thumbnail_url,
        uploaded=video.uploaded_at,
        duration=video.duration,
    )


def picture_nodes(page: Any) -> list[Node]:
    """Describe each picture in a block of ``page`` that has a credit or the like.

    More is a credit, a creator or a licence. Its address is that of the widest JPEG
    that readers get. Where none was made yet, the picture is left out: none is made
    for this.
    """
    root_url = ""
    nodes: dict[int, Node] = {}
    for image, credit in _pictures(page):
        widest = _widest(image)
        if widest is None or image.pk in nodes:
            continue
        root_url = root_url or page.get_url_parts()[1]
        nodes[image.pk] = schema.image(
            node_id=node_id(page, f"picture-{image.pk}"),
            url=full_url(known_renditions.address(image, widest), root_url),
            width=widest.width,
            height=widest.height,
            caption=image.description,
            credit=credit,
            creator=image.creator,
            creator_kind=image.creator_kind,
            licence=image.licence,
            source_type=image.digital_source_type,
        )
    return list(nodes.values())


def _pictures(page: Any) -> Iterator[tuple[SiteImage, str]]:
    """Yield the pictures to describe, each with the credit printed beneath it."""
    for place in page.places:
        if isinstance(place.block, StructBlock) and hasattr(place.value, "get"):
            image = place.value.get("image")
            if isinstance(image, SiteImage):
                credit = place.value.get("credit") or image.credit
                if credit or image.creator or image.licence or image.provenance:
                    yield image, credit


def _widest(image: SiteImage) -> known_renditions.Known | None:
    known = image.known_renditions or {}
    made = [
        each
        for (spec, _focal_point), each in known.items()
        if "format-jpeg" in spec and "width-" in spec
    ]
    return max(made, key=lambda each: each.width, default=None)
