"""The types of stories and of those who tell them; see `demonstration.content.shapes`."""

import datetime
from dataclasses import dataclass, field
from typing import Any

from demonstration.content.shapes import Stream


@dataclass(frozen=True)
class Subject:
    """The person a story is about; keys of portrait and profile may be blank."""

    key: str
    name: str
    portrait: str
    condition: str
    person: str = ""
    relation: str = "patient"
    disclosure: str = ""


@dataclass(frozen=True)
class Consent:
    """What a subject allows, from when until when."""

    subject: str
    name: bool
    photograph: bool
    medical_detail: bool
    valid_from: datetime.date
    valid_until: datetime.date
    initials: bool = False


@dataclass(frozen=True)
class Entry:
    """One moment of a story: ``number`` of ``unit`` before or after treatment."""

    number: int
    unit: str
    direction: str = "after"
    date: datetime.date | None = None
    count: str | None = None
    heading: str = ""
    text: str = ""
    own_words: str = ""
    remark: str = ""
    remark_by: str = ""
    image: dict[str, Any] | None = None
    image_caption: str = ""
    video: dict[str, str] | None = None
    video_caption: str = ""
    reported_by: str = ""


@dataclass(frozen=True)
class Story:
    """A subject's story; neither title, slug nor text names the subject."""

    key: str
    slug: str
    title: str
    seo_title: str
    search_description: str
    subject: str
    topic: str
    standfirst: str
    body: Stream
    timeline: list[Entry]
    first_published: datetime.date
    counted: str = ""
    counted_unit: str = ""
    typical: Stream = field(default_factory=list)
    treatment_topic: str = ""
    treated_on: datetime.date | None = None
    quote: str = ""
