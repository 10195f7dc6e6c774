"""How profiles are fetched for the pages that refer to them."""

from collections.abc import Collection, Iterable
from typing import Any

from wagtail.models import Site

from core.models.images import SiteImage
from core.prefetch.sources import Relation, Source, register_source
from people.models import PersonPage


@register_source
class PersonSource(Source):
    """Profiles with their portraits, and with what is told of authors."""

    model = PersonPage
    refers_to = (SiteImage,)
    is_kept = True

    def fetch(self, pks: Collection[int], site: Site | None) -> dict[int, Any]:
        profiles = PersonPage.objects.defer_streamfields()
        return profiles.prefetch_related("credentials", "memberships").in_bulk(pks)

    def relations(self, record: Any) -> Iterable[Relation]:
        yield record, "portrait"
