"""``{% seo_head %}``, ``{% json_ld data %}``, and what the editor shows."""

import json
import logging
from collections.abc import Mapping
from typing import Any

from django import template
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from seo import results
from seo.crawling import site_record
from seo.head import head
from seo.metadata import inheritance
from seo.snippets.entries import snippets

logger = logging.getLogger(__name__)

register = template.Library()

# The same three characters Django's own `json_script` escapes: enough to keep
# "</script>" and "<!--" in an editor's text from ending the element.
_ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


@register.inclusion_tag("seo/head.html", takes_context=True)
def seo_head(context: template.Context, title: str = "") -> dict[str, Any]:
    """Render the metadata for search engines and social media.

    Without a page in the context, ``title`` (here or in the context) names what is
    shown, and search engines are asked to leave it out.
    """
    return {"head": head(_flat(context), title)}


@register.simple_tag(takes_context=True)
def seo_preview(context: template.Context) -> dict[str, Any]:
    """Return the ``head`` of the context's page, for its editors.

    Besides ``warnings``, and what is ``shown`` of it in search results and on cards.
    """
    described = head(_flat(context))
    warnings = results.warnings(context["page"], described.title)
    return {
        "head": described,
        "warnings": list(warnings),
        "shown": snippets(described),
    }


@register.simple_tag
def inherited(page: Any, name: str) -> inheritance.Inherited:
    """Return what a blank field of ``page`` inherits, and from where."""
    return inheritance.inherited(page, name)


@register.simple_tag
def site_problems() -> list[str]:
    """Return what Wagtail's records of sites and ``BASE_URL`` disagree about."""
    return list(site_record.problems())


@register.simple_tag
def json_ld(data: Mapping[str, Any] | None) -> SafeString:
    """Render ``data`` as JSON-LD, or nothing when there is none.

    Django's `json_script` filter is not used because it fixes the type to
    ``application/json``, which search engines skip. A number that JSON does not know
    would make all of it unreadable: that is logged, and harms no page.
    """
    if not data:
        return SafeString("")
    try:
        text = json.dumps(data, cls=DjangoJSONEncoder, allow_nan=False)
    except ValueError:
        logger.exception("A description for search engines could not be printed")
        return SafeString("")
    text = text.translate(_ESCAPES)
    return format_html(
        '<script type="application/ld+json">{}</script>',
        mark_safe(text),  # noqa: S308  escaped on the line above
    )


def _flat(context: template.Context) -> dict[str, Any]:
    return {str(name): value for name, value in context.flatten().items()}
