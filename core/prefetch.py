"""Everything a page needs from the database, fetched before it renders."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db.models import prefetch_related_objects
from wagtail.images.models import AbstractImage
from wagtail.models import Page

from core.chosen import Chosen, handing_out
from core.walk import Place, stream_fields, walk

PrefetchFunction = Callable[[list[Place]], None]
_functions: list[PrefetchFunction] = []

# The page whose body is being rendered, for the links in its texts.
_rendering: ContextVar[Chosen | None] = ContextVar("rendering", default=None)


def register(function: PrefetchFunction) -> PrefetchFunction:
    """Have ``function`` called with every place of a page before it renders."""
    _functions.append(function)
    return function


def prefetch(page: Any, site: Any = None) -> Chosen:
    """Fetch what ``page`` and its streams refer to, and read the streams.

    Args:
        page: The page that is about to be shown.
        site: The site that shows it.

    Returns:
        What was found, for what renders later.
    """
    chosen = Chosen(site)
    page.want_related(chosen)
    for field in stream_fields(page):
        chosen.scan(field.stream_block, getattr(page, field.name).raw_data)
    chosen.fetch()
    with handing_out(chosen):
        places = list(walk(page))
    # A preview holds its streams in memory, where nothing was handed out.
    images = [place.value for place in places if isinstance(place.value, AbstractImage)]
    prefetch_related_objects(images, "renditions")
    for function in _functions:
        function(places)
    return chosen


@contextmanager
def page_links(page: Any) -> Iterator[None]:
    """Resolve the page links in texts that render inside from what was fetched."""
    token = _rendering.set(getattr(page, "chosen", None))
    try:
        yield
    finally:
        _rendering.reset(token)


def known_address(pk: str) -> str | None:
    """Return the address of a page that a text links to.

    Returns:
        "" for a page that is gone or not published, None where nothing was fetched.
    """
    chosen = _rendering.get()
    if chosen is None or not pk.isdigit() or not chosen.has(Page, [int(pk)]):
        return None
    page = chosen.get(Page, int(pk))
    return (page.url or "") if page and page.live else ""
