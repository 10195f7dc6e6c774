"""schema.org descriptions of what pages are about, for their ``structured_data``.

Pure functions: they take values, not pages, so they need no database to test. What is
not known is left out rather than printed empty. Addresses are absolute, dates are
timezone-aware; anything else raises `ValueError`.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any
from urllib.parse import quote

from seo.graph.vocabulary import Node, absolute, dates, instant, named, node, reference

_IN_A_DOI = "/:;.,()_-~+"  # what addresses may hold as it is

TOPIC_TYPES = {
    "MedicalCondition",
    "MedicalProcedure",
    "MedicalTest",
    "MedicalTherapy",
    "Thing",
}


def article(
    *,
    node_id: str,
    headline: str,
    url: str,
    published: datetime,
    modified: datetime,
    authors: Iterable[Mapping[str, Any]],
    publisher_id: str,
    page_id: str,
    kind: str = "Article",
    description: str = "",
    section: str = "",
    word_count: int | None = None,
    image_id: str = "",
    editors: Iterable[Mapping[str, Any]] = (),
    contributors: Iterable[Mapping[str, Any]] = (),
    about: Iterable[Mapping[str, Any]] = (),
    citations: Iterable[Mapping[str, Any]] = (),
    videos: Iterable[Mapping[str, Any]] = (),
    parts: Iterable[Mapping[str, Any]] = (),
) -> Node:
    """Describe an article in the terms search engines read.

    Args:
        node_id: ``seo.graph.ids.node_id(page, "article")``.
        headline: Plain text, shown as is.
        url: Absolute address of the page.
        published: First publication, timezone-aware.
        modified: Last change readers should know of, not before ``published``.
        authors: One `person` each, in the printed order, at least one.
        publisher_id: ``seo.graph.ids.organisation_id(page)``.
        page_id: ``seo.graph.ids.node_id(page, "webpage")``.
        kind: "Article" or one of its kinds.
        description: The standfirst.
        section: The topic's name.
        word_count: Words of the body, when counted.
        image_id: ``seo.graph.ids.node_id(page, "primaryimage")`` when it has a picture.
        editors: One `person` each.
        contributors: One `person` each: interviewees, reviewers and so on.
        about: One `topic` each.
        citations: One `scholarly_article` each, in the order of the reference list.
        videos: One `video` each.
        parts: What it holds that is described for itself, such as a ``Claim``.

    Raises:
        ValueError: A date is naive, the dates are out of order, or there is no author.

    Source:
        https://developers.google.com/search/docs/appearance/structured-data/article
    """
    authors = list(authors)
    if not authors:
        raise ValueError("an article needs at least one author")
    return node(
        kind,
        id=absolute(node_id),
        headline=named(headline),
        url=absolute(url),
        description=description,
        articleSection=section,
        wordCount=word_count,
        author=authors,
        editor=list(editors),
        contributor=list(contributors),
        publisher=reference(publisher_id),
        mainEntityOfPage=reference(page_id),
        image=reference(image_id) if image_id else None,
        video=list(videos),
        about=list(about),
        citation=list(citations),
        hasPart=list(parts),
        **dates(published, modified),
    )


def person(
    *,
    name: str,
    url: str = "",
    node_id: str = "",
    post_nominals: str = "",
    job_title: str = "",
    works_for: Node | None = None,
    description: str = "",
    image_id: str = "",
    page_id: str = "",
    same_as: Iterable[str] = (),
    credentials: Iterable[Node] = (),
    memberships: Iterable[Node] = (),
) -> Node:
    """Describe a person; as an author, name, URL and id are enough."""
    return node(
        "Person",
        id=absolute(node_id) if node_id else "",
        name=named(name),
        url=absolute(url) if url else "",
        honorificSuffix=post_nominals,
        jobTitle=job_title,
        worksFor=works_for,
        description=description,
        image=reference(image_id) if image_id else None,
        mainEntityOfPage=reference(page_id) if page_id else None,
        sameAs=[absolute(address) for address in same_as],
        hasCredential=list(credentials),
        memberOf=list(memberships),
    )


def credential(*, name: str, awarded_by: str = "") -> Node:
    """Describe a qualification."""
    return node(
        "EducationalOccupationalCredential",
        name=named(name),
        recognizedBy=node("Organization", name=awarded_by) if awarded_by else None,
    )


def affiliation(*, name: str, url: str = "") -> Node:
    """Describe an organisation by name, such as an employer or a society."""
    return node("Organization", name=named(name), url=absolute(url) if url else "")


def topic(
    *,
    kind: str,
    name: str,
    url: str = "",
    description: str = "",
    node_id: str = "",
) -> Node:
    """Describe a condition, a treatment or another subject of a page."""
    if kind not in TOPIC_TYPES:
        raise ValueError(f"{kind!r} is none of {', '.join(sorted(TOPIC_TYPES))}")
    return node(
        kind,
        id=absolute(node_id) if node_id else "",
        name=named(name),
        url=absolute(url) if url else "",
        description=description,
    )


def image(
    *,
    url: str,
    width: int,
    height: int,
    node_id: str = "",
    caption: str = "",
    credit: str = "",
    creator: str = "",
    creator_kind: str = "Person",
    licence: str = "",
    source_type: str = "",
) -> Node:
    """Describe a picture with its creator and licence.

    Args:
        url: Absolute address of the file.
        width: In pixels.
        height: In pixels.
        node_id: ``seo.graph.ids.node_id(page, "picture-7")``.
        caption: What it shows.
        credit: As it is printed.
        creator: A name alone.
        creator_kind: "Person" or "Organization".
        licence: An address, or words.
        source_type: How it was made: an IPTCDigitalSourceEnumeration's address.

    Source:
        https://developers.google.com/search/docs/appearance/structured-data/image-license-metadata
    """
    if width < 1 or height < 1:
        raise ValueError(f"a picture of {width} x {height} pixels cannot be seen")
    is_address = licence.startswith(("http://", "https://"))
    terms = "license" if is_address else "copyrightNotice"
    return node(
        "ImageObject",
        id=absolute(node_id) if node_id else "",
        url=absolute(url),
        contentUrl=absolute(url),
        width=width,
        height=height,
        caption=caption,
        creditText=credit,
        creator=node(creator_kind, name=creator) if creator else None,
        digitalSourceType=source_type,
        **{terms: licence},
    )


def video(
    *,
    name: str,
    content_url: str,
    uploaded: datetime,
    thumbnail_url: str,
    node_id: str = "",
    description: str = "",
    duration: str = "",
    transcript: str = "",
    captions_url: str = "",
) -> Node:
    """Describe a video of the site's own.

    Args:
        name: Its title.
        content_url: Absolute address of the file.
        uploaded: Timezone-aware.
        thumbnail_url: Absolute address of the still picture; search engines want one.
        node_id: ``seo.graph.ids.node_id(page, "video-7")``.
        description: One sentence; its title when blank.
        duration: ISO 8601, such as ``PT95S``.
        transcript: Plain text.
        captions_url: Absolute address of the WebVTT file.

    Source:
        https://developers.google.com/search/docs/appearance/structured-data/video
    """
    captions = (
        node(
            "MediaObject", contentUrl=absolute(captions_url), encodingFormat="text/vtt"
        )
        if captions_url
        else None
    )
    return node(
        "VideoObject",
        id=absolute(node_id) if node_id else "",
        name=named(name),
        description=description or name,
        contentUrl=absolute(content_url),
        thumbnailUrl=absolute(thumbnail_url),
        uploadDate=instant(uploaded),
        duration=duration,
        transcript=transcript,
        caption=captions,
    )


def scholarly_article(
    *,
    title: str,
    authors: Iterable[Mapping[str, Any]] = (),
    journal: str = "",
    published: date | int | None = None,
    url: str = "",
    doi: str = "",
    node_id: str = "",
) -> Node:
    """Describe a work that a page cites.

    Its id is the resolver's address of its DOI, the same on every page that cites it.

    Args:
        title: As published.
        authors: A `person` or, for a group, an `affiliation` each.
        journal: What it appeared in.
        published: A date, or a year alone.
        url: Where to find it.
        doi: Without the resolver's address.
        node_id: What names it where it has no DOI.
    """
    resolved = f"https://doi.org/{quote(doi, safe=_IN_A_DOI)}" if doi else ""
    when = published.isoformat() if isinstance(published, date) else published
    return node(
        "ScholarlyArticle",
        id=resolved or (absolute(node_id) if node_id else ""),
        name=named(title),
        author=list(authors),
        isPartOf=node("Periodical", name=journal) if journal else None,
        datePublished=str(when) if when else "",
        url=absolute(url) if url else "",
    )
