"""Has references fetched for the pages whose texts cite them."""

from typing import Any

from core.chosen import Chosen, register_fetcher, register_text_pattern
from evidence.models import Reference


def _fetch_references(pks: set[int], chosen: Chosen) -> dict[int, Any]:
    return Reference.objects.with_style_of(chosen.site).in_bulk(pks)


register_fetcher(Reference, _fetch_references)
register_text_pattern(r'embedtype="citation"[^>]*?\bid="(\d{1,18})"', Reference)
register_text_pattern(r'\bid="(\d{1,18})"[^>]*?embedtype="citation"', Reference)
