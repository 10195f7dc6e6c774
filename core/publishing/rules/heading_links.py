"""Publishing rule for links to headings that are gone."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page
from wagtail.rich_text.rewriters import FIND_A_TAG, extract_attrs

from core.primary_keys import primary_key
from core.publishing.gate import Level, Problem, register
from core.publishing.rules.findings import Spot, problem_of, rich_texts
from core.text.heading_links import fragment_of, headings_of


@register
class LinkToLostHeading:
    """Warns of links to a heading that its page no longer has."""

    code = "lost-heading"
    title = _("Link to a heading that is gone")
    level: Level = "warn"

    def problems(self, page: Any) -> Iterator[Problem]:
        links = list(_links(page))
        if not links:
            return
        wanted = {pk for _spot, pk, _fragment in links} - {page.pk}
        pages = {page.pk: page}
        if wanted:
            found = Page.objects.filter(pk__in=wanted).specific()
            pages |= {each.pk: each for each in found}
        anchors = {
            pk: {heading["anchor"] for heading in headings_of(each)}
            for pk, each in pages.items()
        }
        for spot, pk, fragment in links:
            if pk in pages and fragment not in anchors[pk]:
                sentence = gettext(
                    "A link leads to the heading “{anchor}” of the page “{title}”, "
                    "which has none of that address. Choose another heading, or link "
                    "the page as a whole."
                ).format(anchor=fragment, title=pages[pk].title)
                yield problem_of(spot, self, sentence)


def _links(page: Any) -> Iterator[tuple[Spot, int, str]]:
    for spot, source in rich_texts(page):
        if "fragment=" not in source:
            continue
        for tag in FIND_A_TAG.finditer(source):
            attributes = extract_attrs(tag[1])
            pk = primary_key(attributes.get("id", ""))
            if pk and (fragment := fragment_of(attributes)):
                yield spot, pk, fragment
