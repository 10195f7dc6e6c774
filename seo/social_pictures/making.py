"""Makes the social pictures of published pages."""

from collections.abc import Iterator
from typing import Any

from wagtail.models import Site
from wagtailseo.models import SeoSettings

from seo import readers, results
from seo.social_pictures import files
from seo.social_pictures.drawing import draw
from seo.social_pictures.facts import Facts, facts


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

    What it replaces is deleted by a task (`bring_up_to_date`), for readers wait.
    """
    content = files.read(page.pk, said)
    if content is None:
        content = draw(said)
        files.store(page.pk, said, content)
    return content


def bring_up_to_date(pk: int) -> bool:
    """Make the picture of a page, delete all others; return whether one was drawn."""
    page = shown_page(pk)
    said = _wanted(page) if page else None
    if said is None:
        files.remove_of_page(pk)
        return False
    was_there = files.is_stored(pk, said)
    if not was_there:
        made(page, said)
    files.remove_of_page(pk, but=files.name_of(pk, said))
    return not was_there


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
