"""What a blank field of a page's metadata says, and where that comes from."""

import copy
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from seo import results


class Inherited(NamedTuple):
    """A value as it is used, "" for none, and in words where it comes from."""

    value: str
    source: str


def inherited(page: Any, name: str) -> Inherited:
    """Return what the blank field ``name`` of ``page`` inherits.

    Args:
        page: As it is being edited.
        name: One of `seo.metadata.fields.INHERITED`.
    """
    value, source = _RULES[name](page)
    return Inherited(value, source)


def _title(page: Any) -> tuple[str, str]:
    without = _without(page, "seo_title")
    return str(results.printed_title(without)), _("the page's title, in its pattern")


def _description(page: Any) -> tuple[str, str]:
    without = _without(page, "search_description")
    return results.printed_description(without), _("the pattern of its page type")


def _breadcrumb_title(page: Any) -> tuple[str, str]:
    return page.title, _("the page's title")


def _social_title(page: Any) -> tuple[str, str]:
    source = _("the SEO title") if page.seo_title else _("the page's title")
    return results.name(page), source


def _social_text(page: Any) -> tuple[str, str]:
    return results.printed_description(page), _("the description")


def _picture(page: Any) -> tuple[str, str]:
    # Without its name, which may be a patient's.
    if page.lead_picture:
        return "", _("the page's own picture")
    return "", _("the default picture under Settings, SEO")


_RULES = {
    "seo_title": _title,
    "search_description": _description,
    "breadcrumb_title": _breadcrumb_title,
    "social_title": _social_title,
    "social_text": _social_text,
    "og_image": _picture,
}


def _without(page: Any, name: str) -> Any:
    """Return a copy of ``page`` in which a field is blank."""
    bare = copy.copy(page)
    setattr(bare, name, "")
    return bare
