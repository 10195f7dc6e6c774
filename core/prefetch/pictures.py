"""The pictures of a list's entries."""

from typing import Any

from django.db.models import Prefetch

from core.models.images import SiteImage

# What a rendition is known by. What is made anew reads the rest.
_BY_WHICH_RENDITIONS_ARE_KNOWN = (
    "shows",
    "focal_point_x",
    "focal_point_y",
    "focal_point_width",
    "focal_point_height",
)


def shown_picture(name: str) -> Any:
    """Return what fetches the pictures of a list, by the name of a foreign key.

    In place of ``select_related``, which would fetch those beyond consent, too: there
    the key's value becomes None.
    """
    names = _BY_WHICH_RENDITIONS_ARE_KNOWN
    dark = [f"for_dark__{each}" for each in names]
    pictures = SiteImage.objects.for_readers().only(*names, "for_dark", *dark)
    return Prefetch(name, queryset=pictures)
