"""Makes the social pictures of published pages."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from wagtail.models import Site
from wagtailseo.models import SeoSettings

from seo import readers, results
from seo.social_pictures import files
from seo.social_pictures.drawing import draw
from seo.social_pictures.facts import Facts, facts

logger = logging.getLogger(__name__)


def shown_page(pk: int) -> Any:
    """Return the page that anyone may read now, or None."""
    page = readers.pages().shown().filter(pk=pk).first()
    return page.specific if page else None


def facts_of(page: Any, site: Site | None) -> Facts:
    """Return what the picture of ``page`` says."""
    return facts(page, results.organisation(site), readers.organisation(site))


def needs_one(page: Any, site: Site | None) -> bool:
    """Return whether nobody chose a picture, for the page or for all pages."""
    chosen = page.og_image or page.lead_picture or _settings(site).og_image_default
    return chosen is None


def _settings(site: Site | None) -> SeoSettings:
    return SeoSettings.objects.filter(site=site).first() or SeoSettings(site=site)


def made(page: Any, said: Facts) -> bytes:
    """Return the picture of ``page``, drawn and stored where that was not yet done.

    Whoever waits for it gets it, too, where the store fails. What it replaces is
    deleted by a task (`bring_up_to_date`), for readers wait.
    """
    with _store_may_fail():
        if stored := files.read(page.pk, said):
            return stored
    drawing = draw(said)
    if drawing.is_whole:
        with _store_may_fail():
            files.store(page.pk, said, drawing.content)
    return drawing.content


@contextmanager
def _store_may_fail() -> Iterator[None]:
    try:
        yield
    except Exception as error:  # noqa: BLE001  (of whatever store)
        logger.warning("Store of social pictures: %r", error)


def bring_up_to_date(pk: int) -> bool:
    """Make the picture of a page, delete all others; return whether one was stored."""
    page = shown_page(pk)
    said = _wanted(page) if page else None
    if said is None:
        files.remove_of_page(pk)
        return False
    is_new = False
    if not files.is_stored(pk, said):
        drawing = draw(said)
        if is_new := drawing.is_whole:
            files.store(pk, said, drawing.content)
    files.remove_of_page(pk, but=files.name_of(pk, said))
    return is_new


def left_over() -> Iterator[str]:
    """Yield the names of stored pictures that no page shows now."""
    for pk, names in files.of_each_page():
        page = shown_page(pk)
        said = _wanted(page) if page else None
        shown = files.name_of(pk, said) if said else ""
        yield from (name for name in names if name != shown)


def _wanted(page: Any) -> Facts | None:
    """Return what is drawn of ``page``, None where nothing is."""
    site = page.get_site()
    return facts_of(page, site) if site and needs_one(page, site) else None
