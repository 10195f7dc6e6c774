"""The sitemap as XML, piece by piece."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from xml.sax.saxutils import escape, quoteattr

from seo.characters import fit
from seo.graph.vocabulary import full_url
from seo.media import ListedFilm
from seo.sitemaps.entries import Entry

_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SITEMAPS = "http://www.sitemaps.org/schemas/sitemap/0.9"
_NAMESPACES = (
    f'xmlns="{_SITEMAPS}"'
    ' xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"'
    ' xmlns:video="http://www.google.com/schemas/sitemap-video/1.1"'
    ' xmlns:xhtml="http://www.w3.org/1999/xhtml"'
)
# What a film may say of itself, by the schema.
_LONGEST_TITLE = 100  # characters
_LONGEST_DESCRIPTION = 2048
_LONGEST_FILM = 28_800  # seconds


def urlset(entries: Iterable[Entry], root_url: str) -> Iterator[str]:
    """Yield a sitemap in pieces.

    Args:
        entries: What is listed.
        root_url: The site's address, for files that stand there without a host.
    """
    yield f"{_DECLARATION}<urlset {_NAMESPACES}>\n"
    for entry in entries:
        yield f"<url>{''.join(_of_an_entry(entry, root_url))}</url>\n"
    yield "</urlset>\n"


def index(parts: Iterable[tuple[str, datetime | None]]) -> Iterator[str]:
    """Yield the index of a sitemap: the address and last change of each part."""
    yield f'{_DECLARATION}<sitemapindex xmlns="{_SITEMAPS}">\n'
    for location, changed_at in parts:
        changed = _element("lastmod", _instant(changed_at)) if changed_at else ""
        yield f"<sitemap>{_element('loc', location)}{changed}</sitemap>\n"
    yield "</sitemapindex>\n"


def _of_an_entry(entry: Entry, root_url: str) -> Iterator[str]:
    yield _element("loc", entry.location)
    if entry.changed_at:
        yield _element("lastmod", _instant(entry.changed_at))
    for language, address in entry.translations.items():
        # As in the head: both are language tags.
        yield (
            f'<xhtml:link rel="alternate" hreflang={quoteattr(language)}'
            f" href={quoteattr(fit(address))}/>"
        )
    for picture in entry.pictures:
        location = _element("image:loc", full_url(picture.url, root_url))
        yield f"<image:image>{location}</image:image>"
    for film in entry.films:
        yield f"<video:video>{''.join(_of_a_film(film, root_url))}</video:video>"


def _of_a_film(film: ListedFilm, root_url: str) -> Iterator[str]:
    yield _element("video:thumbnail_loc", full_url(film.poster_url, root_url))
    yield _element("video:title", film.title[:_LONGEST_TITLE])
    yield _element("video:description", film.description[:_LONGEST_DESCRIPTION])
    yield _element("video:content_loc", full_url(film.url, root_url))
    if film.seconds and film.seconds <= _LONGEST_FILM:
        yield _element("video:duration", str(film.seconds))
    yield _element("video:publication_date", _instant(film.published_at))


def _element(name: str, text: str) -> str:
    return f"<{name}>{escape(fit(text))}</{name}>"


def _instant(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
