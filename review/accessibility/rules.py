"""The publishing rule for links to documents that screen readers cannot read."""

import re
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import Document
from wagtail.rich_text import RichText

from core.prefetch.walk import walk
from core.publishing.gate import Level, Problem, register
from core.publishing.rules import problem_at
from review.accessibility.documents import untagged

# Where Wagtail serves one, with the site before it or without.
_ADDRESS = re.compile(r"/documents/(\d{1,9})/")


@register
class UntaggedDocument:
    """Suggests tags for a PDF where a page leads readers to it."""

    code = "untagged-pdf"
    title = _("Link to a PDF without tags")
    level: Level = "suggest"

    def problems(self, page: Any) -> Iterator[Problem]:
        leading = [
            (place, set(map(int, _ADDRESS.findall(source))))
            for place in walk(page)
            if (source := _source(place.value))
        ]
        named = {pk for _place, pks in leading for pk in pks}
        if not named:
            return
        titles = dict(
            untagged(Document.objects.filter(pk__in=named)).values_list("pk", "title")
        )
        for place, pks in leading:
            for pk in sorted(pks & titles.keys()):
                sentence = gettext(
                    "The PDF “{title}”, to which this leads, has no tags: screen "
                    "readers read it in a wrong order or not at all. Replace it by a "
                    "tagged one, or say here what it says."
                )
                yield problem_at(place, self, sentence.format(title=titles[pk]))


def _source(value: Any) -> str:
    """Return what a link may stand in: rich text as it is stored, or an address."""
    if isinstance(value, RichText):
        return str(value.source)
    return value if isinstance(value, str) else ""
