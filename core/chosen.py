"""Everything that a page refers to, fetched with one query a model.

Wagtail fetches what a stream's choosers have chosen once for every type of block. A
page composed of many types would cost many queries, so the ids are collected from the
stored data first, fetched together, and handed out while the streams are read.
"""

import copy
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db.models import Model, prefetch_related_objects
from wagtail import blocks
from wagtail.models import Page

from core.models.images import SiteImage
from core.models.videos import Video
from core.querysets import PublicPageQuerySet
from core.withheld_files import PREFIX

Fetcher = Callable[[set[int], "Chosen"], dict[int, Any]]

_fetchers: dict[type[Model], Fetcher] = {}
_text_patterns: list[tuple[re.Pattern[str], type[Model]]] = []
_current: ContextVar["Chosen | None"] = ContextVar("chosen", default=None)


def register_fetcher(model: type[Model], fetcher: Fetcher) -> None:
    """Have ``fetcher(ids, chosen)`` fetch the records of ``model``.

    It may call `Chosen.want` for what the records themselves refer to. Models with a
    fetcher of their own come before others, in the order of registration, and pictures
    come last, since everything refers to them.
    """
    _fetchers[model] = fetcher


def register_text_pattern(pattern: str, model: type[Model]) -> None:
    """Have rich text searched for ids of ``model``: the one group of ``pattern``."""
    _text_patterns.append((re.compile(pattern), model))


class Chosen:
    """The records that one page refers to, by model and primary key.

    Attributes:
        site: Where it is shown, for what is fetched together with records; None where
            nobody asked for it on a site.
    """

    def __init__(self, site: Any = None) -> None:
        self.site = site
        self._wanted: defaultdict[type[Model], set[int]] = defaultdict(set)
        self._found: defaultdict[type[Model], dict[int, Any]] = defaultdict(dict)
        self._finishing: list[Callable[[], None]] = []
        self._reading: list[Callable[[], None]] = []

    def want(self, model: type[Model], pk: Any) -> None:
        """Ask for a record; nothing happens before `fetch`."""
        if isinstance(pk, int):
            self._wanted[model].add(pk)

    def finally_(self, step: Callable[[], None]) -> None:
        """Have ``step`` called when everything has been fetched."""
        self._finishing.append(step)

    def read_after(self, step: Callable[[], None]) -> None:
        """Have ``step``, which reads a record's streams, called after all of those.

        Streams hand out copies: what a record is given later does not reach them.
        """
        self._reading.append(step)

    def fetch(self) -> None:
        """Fetch what was asked for, and what that refers to in turn."""
        while missing := self._missing():
            model = min(missing, key=_turn)
            fetcher = _fetchers.get(model, _in_bulk(model))
            found = fetcher(missing[model], self)
            self._found[model] |= {pk: found.get(pk) for pk in missing[model]}
        # What was asked for last is what others are waiting for.
        for step in [*reversed(self._finishing), *reversed(self._reading)]:
            step()

    def _missing(self) -> dict[type[Model], set[int]]:
        missing = {
            model: wanted - self._found[model].keys()
            for model, wanted in list(self._wanted.items())
        }
        return {model: pks for model, pks in missing.items() if pks}

    def get(self, model: type[Model], pk: Any) -> Any:
        """Return the record, None when it is gone or was not asked for."""
        return self._found[model].get(pk)

    def has(self, model: type[Model], pks: Iterable[Any]) -> bool:
        """Tell whether all of ``pks`` were asked for."""
        return self._found[model].keys() >= set(pks)

    def scan(self, block: Any, raw: Any) -> None:
        """Ask for everything that ``raw``, as stored for ``block``, refers to."""
        if raw is None:
            return
        if isinstance(block, blocks.ChooserBlock):
            self.want(block.model_class, raw)
        elif isinstance(block, blocks.RichTextBlock):
            self._scan_text(str(raw))
        elif isinstance(block, blocks.StreamBlock):
            for child in raw:
                self.scan(block.child_blocks.get(child["type"]), child["value"])
        elif isinstance(block, blocks.ListBlock):
            for item in raw:
                self.scan(block.child_block, _item(item))
        elif isinstance(block, blocks.StructBlock):
            self._scan_struct(block, raw)
        elif isinstance(raw, dict) and "rows" in raw:
            self._scan_text(str(raw["rows"]))

    def _scan_struct(self, block: Any, raw: Any) -> None:
        if isinstance(raw, dict):
            for name, child in block.child_blocks.items():
                self.scan(child, raw.get(name))

    def _scan_text(self, text: str) -> None:
        for pattern, model in _text_patterns:
            for match in pattern.finditer(text):
                self.want(model, int(match[1]))


@contextmanager
def handing_out(chosen: Chosen) -> Iterator[None]:
    """Let the choosers of streams that are read inside take from ``chosen``."""
    token = _current.set(chosen)
    try:
        yield
    finally:
        _current.reset(token)


def records(model: type[Model], pks: list[Any]) -> list[Any] | None:
    """Return a copy of each record for a chooser, None when it must ask by itself."""
    chosen = _current.get()
    given = {pk for pk in pks if pk is not None}
    if chosen is None or not chosen.has(model, given):
        return None
    # Copies: an image carries the alternative text of the place where it stands.
    return [copy.copy(chosen.get(model, pk)) if pk else None for pk in pks]


def records_for(
    page: Any, model: type[Model], pks: Iterable[int], otherwise: Any = None
) -> dict[int, Any]:
    """Return records by primary key: what ``page`` fetched, else what the database has.

    Args:
        page: What may have fetched them.
        model: Of the records.
        pks: Their primary keys.
        otherwise: The queryset to ask where it has not; all of the model's by default.

    Returns:
        ``{pk: record}`` without those that are gone.
    """
    pks = set(pks)
    chosen: Chosen | None = getattr(page, "chosen", None)
    if chosen is None or not chosen.has(model, pks):
        asked = model._default_manager if otherwise is None else otherwise
        return asked.in_bulk(pks) if pks else {}
    found = {pk: chosen.get(model, pk) for pk in pks}
    return {pk: record for pk, record in found.items() if record is not None}


def _item(item: Any) -> Any:
    """Return the value of a list's item, in its old and its new form."""
    return item["value"] if isinstance(item, dict) and "value" in item else item


def _turn(model: type[Model]) -> tuple[int, int]:
    if model is SiteImage:
        return (2, 0)
    order = list(_fetchers)
    return (0, order.index(model)) if model in _fetchers else (1, 0)


def _in_bulk(model: type[Model]) -> Fetcher:
    return lambda pks, chosen: model._default_manager.in_bulk(pks)


def _fetch_videos(pks: set[int], chosen: Chosen) -> dict[int, Any]:
    videos = Video.objects.exclude(file__startswith=PREFIX).in_bulk(pks)
    for video in videos.values():
        chosen.want(SiteImage, video.poster_id)

    def attach_posters() -> None:
        for video in videos.values():
            video.poster = chosen.get(SiteImage, video.poster_id)

    chosen.finally_(attach_posters)
    return videos


def _fetch_images(pks: set[int], chosen: Chosen) -> dict[int, Any]:
    images = SiteImage.objects.exclude(file__startswith=PREFIX).in_bulk(pks)
    prefetch_related_objects(list(images.values()), "renditions")
    return images


def _fetch_pages(pks: set[int], chosen: Chosen) -> dict[int, Any]:
    pages: dict[int, Any] = PublicPageQuerySet(Page).with_visibility().in_bulk(pks)
    for page in pages.values():
        # Cards, buttons and links leave out a page that is not published.
        page.live = page.live and not page.is_withheld
    return pages


register_fetcher(Video, _fetch_videos)
register_fetcher(Page, _fetch_pages)
register_fetcher(SiteImage, _fetch_images)
# Eighteen digits fit into every database's integers.
register_text_pattern(r'linktype="page"[^>]*?\bid="([0-9]{1,18})"', Page)
register_text_pattern(r'\bid="([0-9]{1,18})"[^>]*?linktype="page"', Page)
