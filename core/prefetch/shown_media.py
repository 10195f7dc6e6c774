"""The pictures and films of many pages, for the sitemap."""

from collections.abc import Collection, Hashable, Iterable, Iterator
from datetime import datetime
from html import unescape
from typing import Any, ClassVar

from django.db.models import Model
from django.utils.html import strip_tags

from core.media.coverage import only_covered
from core.models.images import SiteImage, SiteRendition
from core.models.videos import Video
from core.pictures.known_renditions import Known, address
from core.prefetch.collecting import Collected
from core.prefetch.walk import stream_fields
from seo.media import ListedFilm, ListedPicture
from seo.pictures import SOCIAL

_MEDIA = frozenset({SiteImage, Video})
# Printed in the head of the page alone.
_FOR_CARDS = frozenset({"og_image"})

Key = tuple[type[Model], int]


class _Chosen(Collected):
    """Notes pictures and films in the order of the page, and fetches nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.media: dict[Key, None] = {}

    def _want(self, model: type[Model], pk: Any) -> None:
        if model in _MEDIA and isinstance(pk, int):
            self.media[model, pk] = None


class ShownMediaMixin:
    """Says which pictures and films a page shows; see `seo.models.MetadataMixin`."""

    streams_behind: ClassVar[frozenset[str]]

    def chosen_media(self) -> list[Key]:
        """Return what the page shows by its own fields and blocks, without a query.

        Not what it shows of other records, such as the portrait of the person whose
        story it tells.
        """
        chosen = _Chosen()
        chosen.want_relations(
            (self, field.name)
            for field in self._meta.concrete_fields  # type: ignore[attr-defined]
            if field.related_model in _MEDIA and field.name not in _FOR_CARDS
        )
        for field in stream_fields(self):
            if field.name not in self.streams_behind:
                stream = getattr(self, field.name)
                chosen.want_choices(field.stream_block, stream.raw_data)
        return list(chosen.media)

    @classmethod
    def shown_media(
        cls, chosen: Collection[Hashable]
    ) -> dict[Hashable, ListedPicture | ListedFilm]:
        """Return those of ``chosen`` that may be shown now and can be listed.

        A picture is listed by the largest JPEG that a page of the site has shown; one
        that no page has shown yet is left out, and so is a film without a poster.
        """
        keys: Any = chosen
        films = only_covered(
            Video.objects.in_bulk([pk for model, pk in keys if model is Video]).values()
        )
        posters = {film.poster_id for film in films if film.poster_id}
        pictures = {pk for model, pk in keys if model is SiteImage}
        urls = _addresses(pictures | posters)
        found: dict[Hashable, ListedPicture | ListedFilm] = {
            (SiteImage, pk): ListedPicture(urls[pk]) for pk in pictures if pk in urls
        }
        for film in films:
            if poster := urls.get(film.poster_id):
                found[Video, film.pk] = _film(film, poster)
        return found


def _film(film: Video, poster: str) -> ListedFilm:
    uploaded_at: datetime = film.uploaded_at
    return ListedFilm(
        url=film.file.url,
        poster_url=poster,
        title=film.title,
        description=film.summary or _words(film.transcript) or film.title,
        published_at=uploaded_at,
        seconds=film.duration_seconds,
    )


def _words(rich_text: str) -> str:
    # A paragraph's last word is not the first of the next.
    return unescape(strip_tags(rich_text.replace("<", " <"))).strip()


def _addresses(pks: Iterable[int]) -> dict[int, str]:
    """Return the address at which each picture is listed."""
    images = SiteImage.objects.filter(pk__in=pks).only("shows")
    covered = {image.pk: image for image in only_covered(images)}
    largest: dict[int, Known] = {}
    for pk, known in _renditions(covered):
        largest[pk] = max(largest.get(pk, known), known, key=lambda each: each.width)
    return {pk: address(covered[pk], known) for pk, known in largest.items()}


def _renditions(images: Collection[int]) -> Iterator[tuple[int, Known]]:
    """Yield the JPEGs that pages print of ``images``; neither thumbnails nor cards."""
    rows = SiteRendition.objects.filter(
        image_id__in=images, filter_spec__contains="format-jpeg"
    ).exclude(filter_spec=SOCIAL)
    columns = ("image_id", "file", "width", "height")
    for pk, *known in rows.values_list(*columns).iterator():
        yield pk, Known(*known)
