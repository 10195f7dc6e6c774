"""Links to a heading: ``<a linktype="page" id="19" fragment="the-trial">``."""

import re
from typing import Any

from django.utils.translation import gettext_lazy as _
from draftjs_exporter.dom import DOM
from wagtail.admin.rich_text.converters.contentstate import link_entity
from wagtail.admin.rich_text.converters.html_to_contentstate import (
    ExternalLinkElementHandler,
    PageLinkElementHandler,
)
from wagtail.models import get_page_models
from wagtail.rich_text.feature_registry import FeatureRegistry

from core.blocks.text import HeadingBlock
from core.prefetch.walk import walk
from seo.models import MetadataMixin

_FRAGMENT = re.compile(r"[\w-]{1,80}")


def fragment_of(attributes: Any) -> str:
    """Return the heading's anchor of a stored link, "" for none."""
    fragment = attributes.get("fragment") or ""
    return fragment if _FRAGMENT.fullmatch(fragment) else ""


def headings_of(page: Any) -> list[dict[str, str]]:
    """Return the headings that links may lead to: ``{"text", "anchor", "level"}``."""
    return [
        {key: place.value.get(key) or "" for key in ("text", "anchor", "level")}
        for place in walk(page)
        if isinstance(place.block, HeadingBlock) and place.value.get("anchor")
    ]


def page_types() -> list[tuple[str, Any]]:
    """Return the types of pages that the chooser may be narrowed to, with their names.

    Each by what Wagtail's chooser calls it.
    """
    types = sorted(
        (model for model in get_page_models() if issubclass(model, MetadataMixin)),
        key=lambda model: model._meta.label_lower,
    )
    named = [(each._meta.label_lower, each._meta.verbose_name) for each in types]
    return [("wagtailcore.page", _("All types")), *named]


class HeadingLinkElementHandler(PageLinkElementHandler):
    """Reads a stored link to a page for the editor, with its heading."""

    def get_attribute_data(self, attrs: Any) -> dict[str, Any]:
        data: dict[str, Any] = super().get_attribute_data(attrs)
        if fragment := fragment_of(attrs):
            data["fragment"] = fragment
            data["url"] = data["url"] and f"{data['url']}#{fragment}"
        return data


def heading_link_entity(props: Any) -> Any:
    """Write a link as it is stored, with its heading."""
    fragment = fragment_of(props)
    if props.get("id") is None or not fragment:
        return link_entity(props)
    attributes = {"linktype": "page", "id": props["id"], "fragment": fragment}
    return DOM.create_element("a", attributes, props["children"])


def register_heading_links(features: FeatureRegistry) -> None:
    """Let links to pages lead to a heading, in what Wagtail has registered before."""
    features.register_converter_rule(
        "contentstate",
        "link",
        {
            "from_database_format": {
                "a[href]": ExternalLinkElementHandler("LINK"),
                'a[linktype="page"]': HeadingLinkElementHandler("LINK"),
            },
            "to_database_format": {"entity_decorators": {"LINK": heading_link_entity}},
        },
    )
    plugin = features.plugins_by_editor["draftail"]["link"]
    plugin.data["attributes"] = [*plugin.data["attributes"], "fragment"]
    plugin.data["pageTypes"] = {"label": _("Type of page"), "choices": page_types()}
    plugin.js = [*plugin.js, "core/heading-links.js"]
