"""Template tags and filters for every app.

``{% page_links page %}…{% endpage_links %}``: links of a body in one query.
``{% each_block stream %}``: the blocks of a stream, one after the other.
``{% page_numbers items %}``: the pages of a list around the one that is shown.
``{{ image|alternative }}``: what stands for a picture in the place where it was chosen.
"""

from collections.abc import Iterator
from typing import Any

from django import template
from django.core.paginator import Page
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from core.prefetch.records import given_out

register = template.Library()


class PageLinksNode(template.Node):
    def __init__(self, page: template.base.FilterExpression, nodelist: Any) -> None:
        self.page = page
        self.nodelist = nodelist

    def render(self, context: template.Context) -> str:
        page = self.page.resolve(context)
        with given_out(getattr(page, "records", None)):
            return str(self.nodelist.render(context))


@register.tag
def page_links(parser: Any, token: Any) -> PageLinksNode:
    """Render the contents with all page links resolved in one query."""
    _, page = token.split_contents()
    nodelist = parser.parse(("endpage_links",))
    parser.delete_first_token()
    return PageLinksNode(parser.compile_filter(page), nodelist)


@register.simple_tag(takes_context=True)
def each_block(context: template.Context, stream: Any) -> SafeString:
    """Render the blocks of a stream as ``{% include_block %}`` would render each."""
    around = context.flatten()
    parts = (conditional_escape(block.render_as_block(around)) for block in stream)
    return mark_safe("".join(parts))  # noqa: S308  escaped on the line above


@register.simple_tag
def page_numbers(items: Page[Any]) -> Iterator[int | str]:
    """Return the numbers to print for a paginator's page, with ellipses between."""
    return items.paginator.get_elided_page_range(items.number)


@register.filter
def alternative(image: Any) -> str:
    """Return the alternative text of an image as an ImageBlock gives it.

    Its renditions say what the first place said that showed it: they are fetched once
    for all.
    """
    if image.decorative:
        return ""
    return str(image.contextual_alt_text or image.default_alt_text)
