"""How profiles are fetched for the pages that refer to them."""

from typing import Any

from core.chosen import Chosen, register_fetcher
from core.models.images import SiteImage
from people.models import PersonPage


def _fetch_people(pks: set[int], chosen: Chosen) -> dict[int, Any]:
    people: dict[int, Any] = PersonPage.objects.in_bulk(pks)
    for person in people.values():
        chosen.want(SiteImage, person.portrait_id)

    def attach_portraits() -> None:
        for person in people.values():
            person.portrait = chosen.get(SiteImage, person.portrait_id)

    chosen.finally_(attach_portraits)
    return people


register_fetcher(PersonPage, _fetch_people)
