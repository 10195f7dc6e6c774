"""``{% picture image format-{avif,jpeg} width-{400,800} sizes="…" alt="" %}``.

What Wagtail's tag of this name prints, from the rows that were read for all pictures
together (`core.pictures.known_renditions`). Where one is missing, Wagtail's makes it.
Before them stands the picture for the dark theme, in the one format that all browsers
read which know of dark themes.
"""

import re
from html import escape
from typing import Any

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from wagtail.images.models import Filter, Picture, SourceImageIOError
from wagtail.images.templatetags import wagtailimages_tags as stock

from core.pictures.filters import shared
from core.pictures.known_renditions import Known, address, known

register = template.Library()

DARK = "(prefers-color-scheme:dark)"


class PictureNode(stock.PictureNode):
    """A picture in several formats; browsers take the first that they know."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        filters = {spec: shared(spec) for spec in Filter.expand_spec(self.filter_specs)}
        formats = Picture(filters).formats
        if len(formats) < 2 or "alt" not in self.attrs:
            raise template.TemplateSyntaxError(
                "A picture needs two formats, and an alternative text, if a blank one."
            )
        self.formats = [
            (each.mime_type, formats[each.name])
            for each in Picture.source_format_order
            if each.name in formats
        ]
        webp = (re.sub(r"format-\w+", "format-webp", spec) for spec in filters)
        self.for_dark = [shared(spec) for spec in dict.fromkeys(webp)]

    def render(self, context: template.Context) -> str:
        image = self.validate_image(context)
        if not image:
            return ""
        html = self._by_day(image, context)
        if dark := image.shown_in_the_dark:
            sizes = (
                self.attrs["sizes"].resolve(context) if "sizes" in self.attrs else None
            )
            source = _source_for_dark(dark, self.for_dark, sizes)
            html = html.replace("<picture>", f"<picture>{source}", 1)
        return html

    def _by_day(self, image: Any, context: template.Context) -> str:
        found = [
            (mime_type, [known(image, each) for each in filters])
            for mime_type, filters in self.formats
        ]
        if not all(all(renditions) for _, renditions in found):
            return str(super().render(context))
        attributes = {name: each.resolve(context) for name, each in self.attrs.items()}
        return _markup(image, found, attributes)


def _markup(image: Any, formats: list[Any], attributes: dict[str, Any]) -> SafeString:
    *others, (_, fallback) = formats
    sizes = attributes.get("sizes")
    sources = [
        _element("source", srcset=_srcset(image, each), sizes=sizes, type=mime_type)
        for mime_type, each in others
    ]
    first = fallback[0]
    size = {"src": address(image, first), "width": first.width, "height": first.height}
    if len(fallback) > 1:
        attributes["srcset"] = _srcset(image, fallback)
    img = _element("img", **size | attributes)
    return mark_safe(f"<picture>{''.join(sources)}{img}</picture>")  # noqa: S308  escaped


def _source_for_dark(image: Any, filters: list[Filter], sizes: Any) -> str:
    found = [rendition for each in filters if (rendition := known(image, each))]
    if len(found) == len(filters):
        srcset = _srcset(image, found)
    else:
        try:
            made = image.get_renditions(*filters)
        except SourceImageIOError:
            return ""  # the picture by day is there
        srcset = Picture.get_width_srcset(list(made.values()))
    return _element("source", media=DARK, sizes=sizes, srcset=srcset, type="image/webp")


def _srcset(image: Any, renditions: list[Known]) -> str:
    if len(renditions) == 1:
        return address(image, renditions[0])
    return ", ".join(f"{address(image, each)} {each.width}w" for each in renditions)


def _element(name: str, **attributes: Any) -> str:
    """Return an element without an end; attributes in the order that Wagtail has."""
    printed = (
        f' {key}="{_escaped(value)}"'
        for key, value in sorted(attributes.items())
        if value is not None
    )
    return f"<{name}{''.join(printed)}>"


def _escaped(value: Any) -> Any:
    # Most are plain texts and numbers, which takes a third of the time.
    if type(value) is int:
        return value
    return escape(value) if type(value) is str else conditional_escape(value)


@register.tag
def picture(parser: Any, token: Any) -> PictureNode:
    """Print a picture; the syntax is that of Wagtail's tag."""
    read = stock.image(parser, token)
    return PictureNode(read.image_expr, read.filter_specs, attrs=read.attrs)
