"""``{% picture image … %}``: Wagtail's tag, with the picture for the dark theme.

Its arguments are Wagtail's, with ``sizes``, and ``jpeg`` among the formats. Pages are
lighter by what no browser of today needs: the JPEG is of one size, since those that
take it know neither AVIF nor WebP, and the picture for the dark theme is a WebP, which
all read that know of dark themes.
"""

import re
from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from wagtail.images.models import Filter, Picture
from wagtail.images.shortcuts import get_renditions_or_not_found
from wagtail.images.templatetags import wagtailimages_tags

register = template.Library()

DARK = "(prefers-color-scheme:dark)"


class PictureNode(wagtailimages_tags.PictureNode):
    def render(self, context: template.Context) -> SafeString:
        image = self.validate_image(context)
        if not image:
            return SafeString("")
        attributes = {name: each.resolve(context) for name, each in self.attrs.items()}
        sizes = attributes.pop("sizes")
        filters = self.get_filters()
        small = next(each for each in filters if "format-jpeg" in each.spec)
        wanted = [each for each in filters if "format-jpeg" not in each.spec]
        shown = get_renditions_or_not_found(image, [*wanted, small])
        sources = []
        if dark := image.shown_in_the_dark:
            webp = {re.sub(r"format-\w+", "format-webp", f.spec): 0 for f in filters}
            night = get_renditions_or_not_found(dark, [Filter(spec) for spec in webp])
            kind = {"media": DARK, "type": "image/webp"}
            sources.append(_source(night.values(), sizes, **kind))
        for name in ("avif", "webp"):
            of_it = [shown[f.spec] for f in wanted if f"format-{name}" in f.spec]
            if of_it:
                sources.append(_source(of_it, sizes, type=f"image/{name}"))
        return format_html(
            "<picture>{}{}</picture>",
            format_html_join("", "{}", ((source,) for source in sources)),
            shown[small.spec].img_tag(attributes),
        )


def _source(renditions: Iterable[Any], sizes: str, **attributes: str) -> SafeString:
    """Return a source; its attributes come in one order, which compresses well."""
    return format_html(
        '<source {} srcset="{}" sizes="{}">',
        format_html_join(" ", '{}="{}"', attributes.items()),
        Picture.get_width_srcset(list(renditions)),
        sizes,
    )


@register.tag
def picture(parser: Any, token: Any) -> PictureNode:
    """Parse as Wagtail does."""
    stock = wagtailimages_tags.image(parser, token)
    return PictureNode(stock.image_expr, stock.filter_specs, attrs=stock.attrs)
