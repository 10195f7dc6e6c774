"""How the records of each model are fetched for the pages that refer to them.

A model without a source of its own is fetched by primary key, and that is all. An app
registers sources in its ``prefetch.py``.
"""

import copy
import re
from collections.abc import Collection, Iterable
from typing import Any, ClassVar

from django.db.models import Model
from wagtail.models import Page, Site

from core.media.coverage import only_covered
from core.models.images import SiteImage
from core.models.topics import Topic
from core.models.videos import Video
from core.primary_keys import PATTERN
from core.querysets import all_pages, is_published, withheld_pages
from delivery.once import once_per_generation

# A record and the name of a foreign key of its own: what it refers to.
Relation = tuple[Any, str]


class Source:
    """Fetches the records of one model, and names their own relations.

    Attributes:
        model: The model.
        refers_to: The models that its records refer to. Those are fetched after it, so
            that each model costs one query however many refer to it.
        is_kept: Whether records are kept until something visible changes: those of
            models that have few, and of which many pages print the same.
    """

    model: ClassVar[type[Model]]
    refers_to: ClassVar[Collection[type[Model]]] = ()
    is_kept: ClassVar[bool] = False

    def fetch(self, pks: Collection[int], site: Site | None) -> dict[int, Any]:
        """Return the records to be shown on ``site``, by primary key."""
        return self.model._default_manager.order_by().in_bulk(pks)

    def relations(self, record: Any) -> Iterable[Relation]:
        """Yield the foreign keys of a record to fill in."""
        return ()

    def streams(self, record: Any) -> Iterable[Any]:
        """Yield the streams of a record that are read when the page renders."""
        return ()


_sources: dict[type[Model], Source] = {}
_text_patterns: list[tuple[re.Pattern[str], type[Model]]] = []


def register_source(source: type[Source]) -> type[Source]:
    """Register a source for its model; a class decorator."""
    _sources[source.model] = source()
    return source


def register_text_pattern(attribute: str, kind: str, model: type[Model]) -> None:
    """Register a pattern that finds ids of ``model`` in rich text.

    They stand in elements such as ``<a linktype="page" id="7">``, where ``linktype`` is
    the attribute and ``page`` the kind; attributes may come in any order.
    """
    is_kind, pk = f'{attribute}="{kind}"', rf'\bid="({PATTERN})"'
    for pattern in (f"{is_kind}[^>]*?{pk}", f"{pk}[^>]*?{is_kind}"):
        _text_patterns.append((re.compile(pattern), model))


def source_of(model: type[Model]) -> Source:
    """Return the source of a model, or the default one."""
    if model not in _sources:
        plain = type(f"{model.__name__}Source", (Source,), {"model": model})
        _sources[model] = plain()
    return _sources[model]


def fetch(
    model: type[Model], pks: Collection[int], site: Site | None
) -> dict[int, Any]:
    """Return the records to be shown on ``site``, kept or fetched.

    Of kept ones copies, since every page fills in what they refer to.
    """
    source = source_of(model)
    if not source.is_kept:
        return source.fetch(pks, site)
    kept = _kept(model)
    if missing := [pk for pk in pks if pk not in kept]:
        kept |= source.fetch(missing, site)
    return {pk: copy.copy(kept[pk]) for pk in pks if pk in kept}


@once_per_generation
def _kept(model: type[Model]) -> dict[int, Any]:
    """Return the records of a model that pages have asked for, by primary key.

    Threads add to it what they would all find.
    """
    return {}


def ids_in_text(text: str) -> Iterable[tuple[type[Model], int]]:
    """Yield the (model, id) pairs in stored rich text."""
    if 'type="' not in text:
        return  # as most have none, and each pattern reads all of it
    for pattern, model in _text_patterns:
        for match in pattern.finditer(text):
            yield model, int(match[1])


@register_source
class ImageSource(Source):
    """Pictures with renditions, except those beyond consent."""

    model = SiteImage

    def fetch(self, pks: Collection[int], site: Site | None) -> dict[int, Any]:
        return SiteImage.objects.for_readers().order_by().in_bulk(pks)


@register_source
class VideoSource(Source):
    """Videos with posters, except those beyond consent."""

    model = Video
    refers_to = (SiteImage,)

    def fetch(self, pks: Collection[int], site: Site | None) -> dict[int, Any]:
        found = Video.objects.order_by().in_bulk(pks)
        return {video.pk: video for video in only_covered(found.values())}

    def relations(self, record: Any) -> Iterable[Relation]:
        yield record, "poster"


@register_source
class PageSource(Source):
    """Linked pages; one that nobody may read counts as not live."""

    model = Page

    def fetch(self, pks: Collection[int], site: Site | None) -> dict[int, Any]:
        found = all_pages().with_restrictions().for_links().order_by()
        pages: dict[int, Any] = found.in_bulk(pks)
        withheld = withheld_pages()
        for page in pages.values():
            # Cards, buttons and links leave out a page that is not published.
            page.live = is_published(page) and page.pk not in withheld
        return pages


@register_source
class TopicSource(Source):
    """Topics with their hub pages."""

    model = Topic
    is_kept = True

    def fetch(self, pks: Collection[int], site: Site | None) -> dict[int, Any]:
        return Topic.objects.select_related("hub").in_bulk(pks)


register_text_pattern("linktype", "page", Page)
