"""Which fields of a page are its metadata.

Whoever adds a field for search engines or social media names it here, once.
"""

from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from seo.crawling import rules

# What is inherited while it is blank: see `seo.metadata.inheritance`.
INHERITED = (
    "seo_title",
    "search_description",
    "breadcrumb_title",
    "social_title",
    "social_text",
    "og_image",
)
# Whose changes are told in the change log.
LOGGED = (
    "title",
    "slug",
    *INHERITED,
    "canonical_page",
    "canonical_url",
    *rules.FIELDS,
)
# What keeps a page out of search results, and what takes that back.
HIDDEN_FROM_SEARCH: dict[str, Any] = {"robots_index": "no"}
SHOWN_IN_SEARCH: dict[str, Any] = {"robots_index": ""}


# What wagtail-seo has words for, in English alone.
LABELS = {
    "seo_title": _("Title tag"),
    "search_description": _("Meta description"),
    "og_image": _("Preview image"),
}


def is_hidden_from_search(page: Any) -> bool:
    return all(getattr(page, name) == it for name, it in HIDDEN_FROM_SEARCH.items())


def logged(page_type: Any) -> list[str]:
    """Return the names of `LOGGED` that a page type has."""
    known = {field.name for field in page_type._meta.concrete_fields}
    return [name for name in LOGGED if name in known]


def label(page_type: Any, name: str) -> str:
    """Return what staff know a field by; its name when the page type has it no more."""
    fields = {field.name: field for field in page_type._meta.concrete_fields}
    if name in LABELS:
        return str(LABELS[name])
    return str(capfirst(str(fields[name].verbose_name))) if name in fields else name


def stored(page: Any, name: str) -> Any:
    """Return a field's value as versions of the page hold it, in JSON."""
    value = page._meta.get_field(name).value_from_object(page)
    is_plain = value is None or isinstance(value, str | bool | int)
    return value if is_plain else str(value)


def put(page: Any, name: str, value: Any) -> None:
    """Give a field of ``page`` a value that `stored` has returned."""
    field = page._meta.get_field(name)
    setattr(page, field.attname, field.to_python(value))
