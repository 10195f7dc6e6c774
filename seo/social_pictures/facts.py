"""What a page's social picture says, and the address that follows from it.

Nothing is asked for that a page's head does not know already, and nothing is kept: a
picture whose page says something else by now has another address.
"""

import json
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from django.urls import reverse
from wagtail.images.models import Filter

from seo.models import MetadataMixin

# Changes whenever the drawing does, so that every picture is made anew.
_DRAWING = 1
WIDTH, HEIGHT = 1200, 630
# A portrait, cut to its focal point, twice as large as it is drawn.
SQUARE = Filter("fill-224x224|format-jpeg")
# What is said of a picture that shows nobody but staff. Of any other somebody may have
# to consent: that may end at any moment, and others keep copies of social pictures.
_NOBODY = "nobody"


@dataclass(frozen=True)
class Facts:
    """What stands in the picture.

    Attributes:
        title: The page's.
        organisation: Its name, drawn where it has no logo.
        author: The name beside the portrait, "" without one.
        logo: The organisation's picture, or None.
        portrait: The author's picture, or None.
    """

    title: str
    organisation: str
    author: str = ""
    logo: Any = field(default=None, compare=False)
    portrait: Any = field(default=None, compare=False)

    @property
    def digest(self) -> str:
        """What tells this picture from any other, of 16 letters and digits."""
        said = [_DRAWING, self.title, self.organisation, self.author]
        files = [each.file.name if each else "" for each in (self.logo, self.portrait)]
        cut = SQUARE.get_cache_key(self.portrait) if self.portrait else ""
        return sha256(json.dumps([said, files, cut]).encode()).hexdigest()[:16]

    @property
    def alternative(self) -> str:
        parts = dict.fromkeys(filter(None, (self.title, self.organisation)))
        return ", ".join(parts)


def facts(page: MetadataMixin, organisation: str, record: Any) -> Facts:
    """Return what the picture of ``page`` says.

    Args:
        page: The page; what its own picture shows is asked elsewhere.
        organisation: The organisation's name (`seo.results.organisation`).
        record: The organisation's, with its ``logo``.
    """
    author, portrait = page.social_portrait
    if getattr(portrait, "shows", "") != _NOBODY:
        portrait = None
    return Facts(
        title=" ".join(page.title.split()),
        organisation=organisation,
        author=author if portrait else "",
        logo=_logo(record.logo),
        portrait=portrait,
    )


def _logo(image: Any) -> Any:
    """Return ``image``, None for one that shows people who must consent."""
    return None if image is None or getattr(image, "shows_people", False) else image


def address(page: MetadataMixin, said: Facts) -> str:
    """Return the path at which the picture is answered once the page is published."""
    return reverse("seo:social_picture", args=[page.pk or 0, said.digest])
