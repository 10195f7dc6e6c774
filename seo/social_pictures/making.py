"""Makes the social pictures of published pages."""

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
    """Return the picture of ``page``, drawn and stored where that was not yet done."""
    content = files.read(page.pk, said)
    if content is None:
        content = draw(said)
        files.store(page.pk, said, content)
    return content


def bring_up_to_date(pk: int) -> bool:
    """Make the picture of a page, or delete it; return whether one was drawn."""
    page = shown_page(pk)
    site = page.get_site() if page else None
    if site is None or not needs_one(page, site):
        files.remove_of_page(pk)
        return False
    said = facts_of(page, site)
    if files.is_stored(pk, said):
        return False
    made(page, said)
    return True
