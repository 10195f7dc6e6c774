"""How profiles are fetched for the pages that refer to them."""

from collections.abc import Iterable
from typing import Any

from core.models.images import SiteImage
from core.prefetch.sources import Relation, Source, register_source
from people.models import PersonPage


@register_source
class PersonSource(Source):
    """Profiles with their portraits."""

    model = PersonPage
    refers_to = (SiteImage,)

    def relations(self, record: Any) -> Iterable[Relation]:
        yield record, "portrait"
