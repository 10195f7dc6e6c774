"""How those whom a page quotes are fetched: in one query, with what they allow."""

from collections.abc import Collection
from typing import Any

from wagtail.models import Site

from core.prefetch.sources import Source, register_source
from testimonials.models.subject import Subject
from testimonials.quoting.block import with_scopes


@register_source
class SubjectSource(Source):
    """The people whose words pages quote."""

    model = Subject

    def fetch(self, pks: Collection[int], site: Site | None) -> dict[int, Any]:
        found: dict[int, Any] = with_scopes().in_bulk(pks)
        return found
