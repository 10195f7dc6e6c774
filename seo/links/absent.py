"""Links that readers are not given: to pages unpublished or deleted."""

from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urlsplit

from django.contrib.contenttypes.models import ContentType
from wagtail.contrib.settings.models import BaseSiteSetting
from wagtail.contrib.settings.registry import registry
from wagtail.models import Page, ReferenceIndex, Site

from seo import readers
from seo.links.models import LONGEST_WORDS

_DELETED = "page"  # in place of a scheme, as in page:12


def is_deleted(address: str) -> bool:
    """Return whether ``address`` stands for a page that is no more."""
    return urlsplit(address).scheme == _DELETED


def in_text(found: dict[int, str]) -> dict[str, str]:
    """Return the addresses of pages, given by their keys, with the words given."""
    pages = Page.objects.in_bulk(found)
    return {
        (key in pages and pages[key].full_url) or f"{_DELETED}:{key}": words
        for key, words in found.items()
    }


def of_page(page: Any) -> dict[str, str]:
    """Return where buttons, cards and lists of ``page`` would lead, with titles.

    What leads to a page that is not published is not printed at all.
    """
    named = ReferenceIndex.get_references_for_object(page).filter(
        to_content_type=ContentType.objects.get_for_model(Page)
    )
    # No page prints what it is an alias of.
    named = named.exclude(model_path="alias_of")
    return _unpublished(map(int, named.values_list("to_object_id", flat=True)))


def everywhere(front: Page) -> dict[str, str]:
    """Return the same for what stands on every page of the site of ``front``."""
    settings = [model for model in registry if issubclass(model, BaseSiteSetting)]
    return _unpublished(
        key
        for site in Site.objects.filter(root_page=front.pk)
        for model in settings
        for setting in model.objects.filter(site=site)
        for key in _named_by(setting)
    )


def _named_by(setting: BaseSiteSetting) -> Iterator[int]:
    """Yield the keys of pages: Wagtail's index of references leaves settings out."""
    for field in setting._meta.concrete_fields:
        value = field.value_from_object(setting)
        if hasattr(field, "extract_references"):
            for model, key, *_place in field.extract_references(value):
                if issubclass(model, Page):
                    yield int(key)
        elif value and field.is_relation and issubclass(field.related_model, Page):
            yield value


def _unpublished(keys: Iterable[int]) -> dict[str, str]:
    if not (named := set(keys)):
        return {}
    there = readers.pages().reachable().filter(pk__in=named)
    named -= set(there.values_list("pk", flat=True))
    return {
        page.full_url: page.get_admin_display_title()[:LONGEST_WORDS]
        for page in Page.objects.filter(pk__in=named).specific()
        if page.full_url
    }
