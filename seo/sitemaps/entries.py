"""The entries of the sitemap, made of few pages at a time."""

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any, NamedTuple

from django.http import HttpRequest
from wagtail.models import Locale

from seo import readers
from seo.media import ListedFilm, ListedPicture

# Pages hold their texts, which take the most memory.
PAGES_AT_ONCE = 50
# What is asked together for their pictures, films and translations.
ENTRIES_AT_ONCE = 500
# SQLite takes some 30,000 values in a query.
MEDIA_AT_ONCE = 5_000
MOST_PICTURES = 1_000  # of an entry, as the protocol says


@dataclass(frozen=True)
class Entry:
    """An address, with what its page shows and the same page in other languages."""

    location: str
    changed_at: datetime | None
    pictures: list[ListedPicture] = field(default_factory=list)
    films: list[ListedFilm] = field(default_factory=list)
    translations: dict[str, str] = field(default_factory=dict)  # address by language


class _Page(NamedTuple):
    """What is kept of a page while its pictures are asked for."""

    urls: list[dict[str, Any]]
    media: list[Hashable]
    translation_key: Any


def entries(pages: Any, request: HttpRequest) -> Iterator[Entry]:
    """Yield the entries of ``pages``, a queryset of one type."""
    model = pages.model
    several_languages = Locale.objects.count() > 1
    gathered = _gathered(pages, request)
    while together := _together(gathered):
        wanted = dict.fromkeys(key for page in together for key in page.media)
        shown = model.shown_media(wanted)
        keys = [page.translation_key for page in together]
        found = _translations(model, keys, request) if several_languages else {}
        for page in together:
            yield from _entries(page, shown, found.get(page.translation_key, {}))


def _gathered(pages: Any, request: HttpRequest) -> Iterator[_Page]:
    for page in pages.iterator(chunk_size=PAGES_AT_ONCE):
        if urls := page.get_sitemap_urls(request):
            media = list(islice(page.chosen_media(), MOST_PICTURES))
            yield _Page(urls, media, page.translation_key)


def _together(gathered: Iterator[_Page]) -> list[_Page]:
    """Take as many pages as are asked about together."""
    taken: list[_Page] = []
    media = 0
    for page in islice(gathered, ENTRIES_AT_ONCE):
        taken.append(page)
        media += len(page.media)
        if media >= MEDIA_AT_ONCE:
            break
    return taken


def _entries(
    page: _Page, shown: Mapping[Hashable, Any], translations: dict[str, str]
) -> Iterator[Entry]:
    media = [shown[key] for key in page.media if key in shown]
    for url in page.urls:
        yield Entry(
            url["location"],
            url["lastmod"],
            pictures=[each for each in media if isinstance(each, ListedPicture)],
            films=[each for each in media if isinstance(each, ListedFilm)],
            translations=translations,
        )


def _translations(
    model: Any, keys: list[Any], request: HttpRequest
) -> dict[Any, dict[str, str]]:
    """Return the addresses of pages by language, where there is more than one."""
    readable = readers.pages().shown().originals().values("pk")
    same = model.in_sitemap(
        model.objects.filter(translation_key__in=keys, pk__in=readable)
    )
    found: dict[Any, dict[str, str]] = {}
    for page in same.select_related("locale").defer_streamfields().order_by("locale"):
        for url in page.get_sitemap_urls(request)[:1]:
            languages = found.setdefault(page.translation_key, {})
            languages.setdefault(page.locale.language_code, url["location"])
    return {key: languages for key, languages in found.items() if len(languages) > 1}
