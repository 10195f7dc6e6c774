"""How references are fetched for the pages that cite them."""

from collections.abc import Collection
from typing import Any

from wagtail.models import Site

from core.prefetch.sources import Source, register_source, register_text_pattern
from evidence.models import Reference


@register_source
class ReferenceSource(Source):
    """References with the site's style."""

    model = Reference

    def fetch(self, pks: Collection[int], site: Site | None) -> dict[int, Any]:
        return Reference.objects.with_style_of(site).order_by().in_bulk(pks)


register_text_pattern("embedtype", "citation", Reference)
