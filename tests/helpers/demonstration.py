"""Ways to walk through the demonstration content, for the tests about it."""

import re
from collections.abc import Iterator
from html import unescape
from itertools import chain
from pathlib import Path
from typing import Any

from demonstration.content.all_articles import ARTICLES
from demonstration.content.all_pages import PAGES
from demonstration.content.all_stories import STORIES, SUBJECTS
from demonstration.content.all_topics import TOPICS
from demonstration.content.application import FORM
from demonstration.content.clinic import DISCLAIMERS
from demonstration.content.media_records import PICTURES, VIDEOS
from demonstration.content.people import PEOPLE

MEDIA = Path(__file__).parents[2] / "demonstration" / "media"
TITLED = [*PAGES, *ARTICLES, *PEOPLE, *STORIES, FORM]
PAGE_KEYS = {record.key for record in TITLED}
CORE = {
    "heading",
    "paragraph",
    "correction",
    "list",
    "figure",
    "picture_carousel",
    "video",
    "questions",
    "comparison",
    "chart",
    "callout",
    "call_to_action",
    "page_cards",
}
EVIDENCE = {
    "spoken_quotation",
    "block_quotation",
    "attributed_quotation",
    "key_fact",
    "claim",
}
AFTER = {
    "testimonial",
    "testimonial_quote",
    "testimonial_timeline",
    "testimonial_carousel",
    "sign_up",
    "call_to_action",
}
HOME = {
    *CORE,
    *EVIDENCE,
    *AFTER,
    "patient_quote",
    "story_collection",
    "latest_articles",
    "accessibility_statement",
}
CITE = re.compile(r"\{cite:([^}|]+)(?:\|[^}]*)?\}")


def streams() -> Iterator[tuple[str, list[tuple[str, Any]]]]:
    for record in [*PAGES, *ARTICLES, *PEOPLE, *STORIES]:
        yield record.key, record.body
    for article in ARTICLES:
        yield article.key, article.after_body
    for story in STORIES:
        yield story.key, story.typical
    yield FORM.key, FORM.body
    yield FORM.key, FORM.after_body


def nodes(value: Any) -> Iterator[Any]:
    """Every dict and string in ``value``, dataclasses included."""
    if hasattr(value, "__dataclass_fields__"):
        value = vars(value)
    if isinstance(value, dict):
        yield value
        yield from chain.from_iterable(nodes(item) for item in value.values())
    elif isinstance(value, list | tuple):
        yield from chain.from_iterable(nodes(item) for item in value)
    elif isinstance(value, str):
        yield value


EVERYTHING = [*TITLED, *SUBJECTS, *TOPICS, *PICTURES, *VIDEOS, DISCLAIMERS]


def texts(value: Any) -> list[str]:
    return [node for node in nodes(value) if isinstance(node, str)]


def choices(name: str) -> set[str]:
    """Every key that a chooser called ``name`` is given anywhere."""
    dicts = [node for node in nodes(EVERYTHING) if isinstance(node, dict)]
    return {node[name] for node in dicts if isinstance(node.get(name), str)}


def cited(value: Any) -> list[str]:
    typed = chain.from_iterable(CITE.findall(text) for text in texts(value))
    dicts = [node for node in nodes(value) if isinstance(node, dict)]
    return [
        *typed,
        *(n["reference"] for n in dicts if isinstance(n.get("reference"), str)),
    ]


def plain(text: str) -> str:
    return unescape(re.sub(r"<[^>]+>|\{cite:[^}]+\}", " ", text))
