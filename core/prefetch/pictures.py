"""Pictures, fetched with their files."""

from collections.abc import Collection
from typing import Any

from django.db.models import Prefetch, Q

from core.models.images import SiteImage


def files() -> tuple[Any, ...]:
    """Return what fetches renditions, those of pictures for the dark theme, too."""
    dark = SiteImage.objects.covered().prefetch_related("renditions")
    return "renditions", Prefetch("for_dark", dark, to_attr="covered_for_dark")


def with_files(pks: Collection[int]) -> dict[int, SiteImage]:
    """Return pictures that may be shown, by primary key, with what `files` fetches.

    In two queries, since pictures for the dark theme are fetched with the others.
    """
    dark = SiteImage.objects.filter(pk__in=pks).values("for_dark")
    wanted = SiteImage.objects.covered().filter(Q(pk__in=pks) | Q(pk__in=dark))
    found = wanted.prefetch_related("renditions").in_bulk()
    for image in found.values():
        image.covered_for_dark = found.get(image.for_dark_id)
    return {pk: found[pk] for pk in pks if pk in found}


def shown_picture(name: str) -> Any:
    """Return what fetches the pictures of a list, by the name of a foreign key.

    In place of ``select_related``, which would fetch those beyond consent, too: there
    the key's value becomes None.
    """
    covered = SiteImage.objects.covered().prefetch_related(*files())
    return Prefetch(name, queryset=covered)
