"""``{% chrome_part template %}``: what is the same around many pages, printed once."""

from datetime import datetime
from typing import Any

from django import template
from django.template import Context
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from wagtail.models import Site

from core.chrome import Chrome
from delivery.calendar import period
from delivery.once import once_per_generation

register = template.Library()


@register.simple_tag(takes_context=True)
def chrome_part(context: Context, template: str, **values: Any) -> SafeString:
    """Print a part of the site's chrome, rendered once until something changes.

    Args:
        context: Has ``chrome``.
        template: May depend on ``chrome``, ``values`` and the language alone.
        values: What else it prints, hashable.
    """
    chrome: Chrome = context["chrome"]
    shared = chrome.site, get_language(), period()
    return _printed(template, _place(chrome.path, _marked(*shared)), *shared, **values)


@once_per_generation
def _printed(
    template: str,
    path: str,
    site: Site | None,
    _language: str | None,
    _period: datetime | None,
    **values: Any,
) -> SafeString:
    chrome = Chrome(path, lambda: site)
    return render_to_string(template, {"chrome": chrome, **values})


@once_per_generation
def _marked(
    site: Site | None, _language: str | None, _period: datetime | None
) -> frozenset[str]:
    """Return the addresses in the menu, where it marks that the reader is there."""
    items = Chrome("", lambda: site).navigation
    linked = [link["url"] for item in items for link in (item, *item["children"])]
    return frozenset([*linked, reverse("search")])


def _place(path: str, marked: frozenset[str]) -> str:
    """Return one path for all those at which the menu marks the same."""
    if path in marked:
        return path
    above = (each for each in marked if each != "/" and path.startswith(each))
    return f"{max(above, key=len, default='')}…"
