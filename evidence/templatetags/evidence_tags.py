"""Citations in templates: marking, numbering, listing.

``{% citations %}…{% endcitations %}`` numbers every citation between, whether it comes
from rich text or from ``{% cite reference locator %}``, with one query, and prints the
list of what was cited where ``{% reference_list %}`` stands, else at the end. Where
``{% evidence_panel %}`` stands, above the text too, it prints what kinds of works they
are, and where ``{% reference_link %}`` stands, a link to the list, if there is one.
"""

import re
from collections.abc import Iterable
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from wagtail.models import Site

from core.prefetch.records import records_for
from evidence.bibliography.claims import claimed
from evidence.bibliography.evidence_panel import evidence_base
from evidence.citing.numbering import (
    LINK_MARKER,
    LIST_MARKER,
    PANEL_MARKER,
    cited,
    marker,
    number,
)
from evidence.models import Reference

register = template.Library()

_LAST_PARAGRAPH = re.compile(r"</p>\s*$")


class CitationsNode(template.Node):
    def __init__(self, nodelist: template.NodeList) -> None:
        self.nodelist = nodelist

    def render(self, context: template.Context) -> SafeString:
        html = self.nodelist.render(context)
        pks = {citation.pk for citation in cited(html)}
        site = Site.find_for_request(context.get("request")) if pks else None
        otherwise = Reference.objects.with_style_of(site)
        known = records_for(context.get("page"), Reference, pks, otherwise)
        numbered = number(html, {pk: reference.pk for pk, reference in known.items()})
        works = {reference.pk: reference for reference in known.values()}
        listed = _list([(works[pk], places) for pk, places in numbered.places.items()])
        panel = ""
        if works and PANEL_MARKER in numbered.html:
            panel = _panel([works[pk] for pk in numbered.places], context.get("page"))
        shown = numbered.html.replace(PANEL_MARKER, panel)
        shown = shown.replace(LINK_MARKER, _link() if listed else "")
        before, here, after = shown.partition(LIST_MARKER)
        # A list asked for twice is printed once, where it was first asked for.
        after = after.replace(LIST_MARKER, "")
        # Escaped already: by the templates between, and by the functions above.
        whole = before + (listed + after if here else after + listed)
        return mark_safe(whole)  # noqa: S308


def _list(places: list[tuple[Reference, list[int]]]) -> str:
    if not places:
        return ""
    entries = [
        {"number": n, "reference": reference, "places": groups}
        for n, (reference, groups) in enumerate(places, start=1)
    ]
    html = render_to_string("evidence/includes/references.html", {"entries": entries})
    return html.strip()


def _link() -> str:
    words = gettext("References")
    return format_html('<li><a href="#references">{}</a></li>', words)


def _panel(works: list[Reference], page: Any) -> str:
    base = evidence_base(enumerate(works, start=1))
    base.add_claims(claimed(getattr(page, "places", ()), works))
    html = render_to_string("evidence/includes/evidence_panel.html", {"base": base})
    return html.strip()


@register.tag
def citations(parser: Any, token: Any) -> CitationsNode:
    """Number the citations between here and ``{% endcitations %}``."""
    nodelist = parser.parse(("endcitations",))
    parser.delete_first_token()
    return CitationsNode(nodelist)


@register.simple_tag
def reference_list() -> SafeString:
    """Mark the place of the reference list."""
    return LIST_MARKER


@register.simple_tag
def reference_link() -> SafeString:
    """Mark the place, in a list, of a link to the reference list."""
    return LINK_MARKER


@register.simple_tag
def evidence_panel() -> SafeString:
    """Mark the place of the evidence panel."""
    return PANEL_MARKER


@register.simple_tag
def cite(reference: Reference | None, locator: str = "") -> SafeString:
    """Cite a chosen reference, if there is one."""
    return marker(reference.pk, locator or "") if reference else SafeString("")


@register.simple_tag
def cite_all(references: Iterable[Reference]) -> SafeString:
    """Cite several references in one place, as a range of numbers."""
    return format_html_join("", "{}", ((marker(each.pk),) for each in references))


@register.simple_tag
def cited_text(text: Any, reference: Reference | None, locator: str = "") -> SafeString:
    """Render rich text with a citation at the end of its last paragraph."""
    return _marked(text, cite(reference, locator))


@register.simple_tag
def claimed_text(claim: Any) -> SafeString:
    """Render the sentence of a `ClaimBlock` with the works that it rests on."""
    works = claim.get("works") or ()
    marks = (
        (cite(each.get("reference"), each.get("locator") or ""),) for each in works
    )
    return _marked(claim.get("sentence"), format_html_join("", "{}", marks))


def _marked(text: Any, marks: SafeString) -> SafeString:
    html = str(text)
    if _LAST_PARAGRAPH.search(html):
        return mark_safe(_LAST_PARAGRAPH.sub(f"{marks}</p>", html))  # noqa: S308  rich text
    return mark_safe(html + marks)  # noqa: S308  rich text
