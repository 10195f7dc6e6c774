"""The types of demonstration records: frozen dataclasses without behaviour.

Streams are lists of ``(block name, value)``. Rich text has ``{cite:KEY|locator}`` and
``href="page:KEY"``; ``{"picture": KEY, …}`` and its like stand for choosers.
"""

import datetime
from dataclasses import dataclass, field
from typing import Any

Stream = list[tuple[str, Any]]


@dataclass(frozen=True)
class Picture:
    """One image file in ``media/`` and its default text alternative."""

    key: str
    file: str
    title: str
    description: str
    credit: str = "Drawn for Marram Quay Clinic"
    licence: str = "© Marram Quay Clinic"


@dataclass(frozen=True)
class Video:
    """One clip in ``media/`` with captions, poster, transcript and summary."""

    key: str
    title: str
    file: str
    captions: str
    poster: str
    transcript: str
    summary: str
    duration_seconds: int


@dataclass(frozen=True)
class Reference:
    """A published work; authors are (family name, initials) in printed order."""

    key: str
    title: str
    authors: list[tuple[str, str]]
    et_al: bool
    journal: str
    year: int
    volume: str
    issue: str
    pages: str
    doi: str
    pmid: str = ""
    url: str = ""
    accessed: datetime.date | None = None
    kind: str = "article-journal"
    study_design: str = ""
    species: str = ""
    population: str = ""
    sample_size: int | None = None
    finding: str = ""


@dataclass(frozen=True)
class Topic:
    """A condition or therapy; ``hub`` is the key of its page."""

    key: str
    name: str
    slug: str
    kind: str
    summary: str
    hub: str


@dataclass(frozen=True)
class Page:
    """A page that is only text; only the front page has a ``headline``."""

    key: str
    type: str
    parent: str
    title: str
    slug: str
    seo_title: str
    search_description: str
    standfirst: str = ""
    headline: str = ""
    topic: str = ""
    lead_image: dict[str, Any] | None = None
    body: Stream = field(default_factory=list)


@dataclass(frozen=True)
class Credential:
    """A qualification with the body that gave it and the year."""

    name: str
    issuer: str
    year: int
    clinical: bool = False


@dataclass(frozen=True)
class Person:
    """A profile page; ``title`` is the name, ``portrait`` a picture key."""

    key: str
    slug: str
    title: str
    post_nominals: str
    job_title: str
    organisation: str
    portrait: str
    summary: str
    practising_since: int | None
    body: Stream
    credentials: list[Credential]
    memberships: list[str]
    same_as: list[str]
    seo_title: str
    search_description: str


@dataclass(frozen=True)
class Contribution:
    """A person's role in an article; ``person`` is a page key.

    ``role`` and ``relation`` are values of `articles.models.Contribution`.
    """

    person: str
    role: str
    date: datetime.date
    relation: str
    disclosure: str = ""


@dataclass(frozen=True)
class Article:
    """An article; its standfirst is also its search description."""

    key: str
    slug: str
    title: str
    seo_title: str
    standfirst: str
    topic: str
    lead_image: dict[str, Any]
    body: Stream
    contributions: list[Contribution]
    first_published: datetime.date
    updated: datetime.date
    answer: Stream = field(default_factory=list)
    after_body: Stream = field(default_factory=list)
    related: list[str] = field(default_factory=list)
    lead_video: str = ""
    text_provenance: str = ""

    @property
    def search_description(self) -> str:
        """The description in listings, search results and social cards."""
        return self.standfirst


@dataclass(frozen=True)
class Form:
    """An application form page; questions are (kind, value) like any stream."""

    key: str
    parent: str
    slug: str
    title: str
    seo_title: str
    search_description: str
    standfirst: str
    topic: str
    body: Stream
    questions: Stream
    terms: dict[str, Any]  # purpose, retention_months
    after_body: Stream
    thanks_heading: str
    thanks_text: str


@dataclass(frozen=True)
class MenuItem:
    """A menu entry; ``page`` is a page key."""

    label: str
    page: str
    children: list["MenuItem"] = field(default_factory=list)


@dataclass(frozen=True)
class FooterColumn:
    """A headed list of links: (label, page key)."""

    heading: str
    links: list[tuple[str, str]]


@dataclass(frozen=True)
class Organisation:
    """The clinic as the organisation record and the contact settings hold it."""

    name: str
    legal_name: str
    type: str
    description: str
    street_address: str
    locality: str
    region: str
    postal_code: str
    country: str
    telephone: str
    admissions_telephone: str
    email: str
    admissions_email: str
    privacy_email: str
    opening_hours: str
    logo: str
    social_picture: str
    founded: int
    social_links: list[tuple[str, str]]


@dataclass(frozen=True)
class Disclaimers:
    """Texts the site prints where a page needs them; rich text."""

    medical: str
    testimonial: str
    research: str
