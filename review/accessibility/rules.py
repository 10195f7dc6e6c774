"""The publishing rule for links to documents that screen readers cannot read."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import Document
from wagtail.rich_text import RichText

from core.prefetch.walk import walk
from core.publishing.gate import Level, Problem, register
from core.publishing.rules import problem_at
from review.accessibility.documents import untagged
from seo.links.asking import own_hosts

# Where Wagtail serves one, with a host before it or without.
_ADDRESS = re.compile(
    r"""(?:https?:)?//([^/"'\s<>]+)/documents/(\d{1,9})/"""
    r"""|(?<![^"'\s>(])/documents/(\d{1,9})/""",
    re.IGNORECASE,
)


@register
class UntaggedDocument:
    """Suggests tags for a PDF where a page leads readers to it."""

    code = "untagged-pdf"
    title = _("Link to a PDF without tags")
    level: Level = "suggest"

    def problems(self, page: Any) -> Iterator[Problem]:
        found = [
            (place, addresses)
            for place in walk(page)
            if (addresses := _ADDRESS.findall(_source(place.value)))
        ]
        hosts = _own_hosts() if found else set()
        leading = [
            (
                place,
                {
                    int(with_host or without)
                    for host, with_host, without in addresses
                    if without or host.lower() in hosts
                },
            )
            for place, addresses in found
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


def _own_hosts() -> set[str]:
    """Return the hosts, with ports, at which the site's own documents are."""
    return {*own_hosts(), urlsplit(settings.WAGTAILADMIN_BASE_URL).netloc}


def _source(value: Any) -> str:
    """Return what a link may stand in: rich text as it is stored, or an address."""
    if isinstance(value, RichText):
        return str(value.source)
    return value if isinstance(value, str) else ""
