"""Template tags and filters for every app.

``{% page_links page %}…{% endpage_links %}``: links of a body in one query.
``{% each_block stream %}``: the blocks of a stream, with the corrections of each.
``{% page_numbers items %}``: the pages of a list around the one that is shown.
``{% note_on_ai %}…{% endnote_on_ai %}``: the site's note, where AI took part.
``{% if rich_text|has_words %}``: whether anything is left without its elements.
``{{ image|alternative }}``: what stands for a picture in the place where it was chosen.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from django import template
from django.core.paginator import Page
from django.template.loader import render_to_string
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from core.prefetch.records import given_out

register = template.Library()
_ELEMENT = re.compile(r"<[^>]*>")
# As templates print it; rich text has no such element.
_SAID_TO_BE_OF_AI = re.compile(r'<(?:p|span) class="[a-z_-]+" data-ai>')


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
    """Render the blocks of a stream as ``{% include_block %}`` would render each.

    One that was corrected stands in one element with the notes, which come first.
    """
    around = context.flatten()

    def printed(block: Any) -> str:
        return str(conditional_escape(block.render_as_block(around)))

    parts: list[str] = []
    for block, corrections in with_corrections(stream):
        html = printed(block)
        if corrections:
            notes = "".join(map(printed, corrections))
            html = f'<div class="corrected">{notes}{html}</div>'
        parts.append(html)
    return mark_safe("".join(parts))  # noqa: S308  escaped where each is printed


@register.simple_tag
def page_numbers(items: Page[Any]) -> Iterator[int | str]:
    """Return the numbers to print for a paginator's page, with ellipses between."""
    return items.paginator.get_elided_page_range(items.number)


def with_corrections(stream: Iterable[Any]) -> list[tuple[Any, list[Any]]]:
    """Return each block of a stream with the correction notes that stand after it."""
    found: list[tuple[Any, list[Any]]] = []
    for child in stream:
        if found and child.block_type == "correction":
            found[-1][1].append(child)
        else:
            found.append((child, []))
    return found


@register.filter
def alternative(image: Any) -> str:
    """Return the alternative text of an image as an ImageBlock gives it.

    Its renditions say what the first place said that showed it: they are fetched once
    for all.
    """
    if image.decorative:
        return ""
    return str(image.contextual_alt_text or image.default_alt_text)


@register.filter
def has_words(rich_text: Any) -> bool:
    """Return whether rich text, or its stored source, says anything."""
    source = getattr(rich_text, "source", rich_text)
    return bool(source and _ELEMENT.sub("", source).strip())


class NoteOnAiNode(template.Node):
    def __init__(self, nodelist: template.NodeList) -> None:
        self.nodelist = nodelist

    def render(self, context: template.Context) -> SafeString:
        html = self.nodelist.render(context)
        chrome = context.get("chrome")
        if not (chrome and _SAID_TO_BE_OF_AI.search(html)):
            return html
        note = chrome.disclaimers.ai
        if not has_words(note):
            return html
        return html + render_to_string("core/includes/note_on_ai.html", {"note": note})


@register.tag
def note_on_ai(parser: Any, token: Any) -> NoteOnAiNode:
    """Print the site's note on AI, once, after what is said to be made with it.

    Until ``{% endnote_on_ai %}``. No page can leave it off.
    """
    nodelist = parser.parse(("endnote_on_ai",))
    parser.delete_first_token()
    return NoteOnAiNode(nodelist)
