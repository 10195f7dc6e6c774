"""The pictures of a list's entries."""

from typing import Any

from django.db.models import Prefetch

from core.models.images import SiteImage


def shown_picture(name: str) -> Any:
    """Return what fetches the pictures of a list, by the name of a foreign key.

    In place of ``select_related``, which would fetch those beyond consent, too: there
    the key's value becomes None.
    """
    return Prefetch(name, queryset=SiteImage.objects.for_readers())
