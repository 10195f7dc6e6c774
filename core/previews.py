"""Invented pages, pictures and films for previews; never saved."""

import re
from types import SimpleNamespace
from typing import Any

from django.templatetags.static import static
from wagtail.models import Page

from core.models.images import SiteImage
from core.models.videos import Video

_SIZE = re.compile(r"-(\d+)(?:x(\d+))?")


def with_address(page: Any) -> Any:
    """Give an unsaved page an address, so that links to it can be rendered."""
    page.get_url_parts = lambda request=None: (0, "", "#main")
    return page


def page(title: str, summary: str = "") -> Page:
    return with_address(Page(title=title, search_description=summary))


def picture() -> SiteImage:
    """Return a picture that has the same drawing for every rendition."""
    image = SiteImage(title="A drawing", description="The sun above hills and water.")
    image.__dict__["get_renditions"] = lambda *filters: {
        each.spec: _sized(image, each.spec) for each in filters
    }
    return image


def video() -> Video:
    """Return a film with a poster and nothing to play."""
    film = Video(
        title="Walking practice",
        poster=picture(),
        transcript="<p>She walks along the rail, and turns.</p>",
    )
    film.__dict__["file"] = SimpleNamespace(name="example.mp4", url="#main")
    return film


def _sized(image: SiteImage, spec: str) -> Any:
    width, height = _SIZE.search(spec).groups()  # type: ignore[union-attr]
    sized = SiteImage.get_rendition_model()(
        image=image,
        filter_spec=spec,
        width=int(width),
        height=int(height or int(width) * 2 / 3),
    )
    # In place of a stored file, which only a saved picture has.
    sized.__dict__["file"] = SimpleNamespace(url=static("core/example.svg"))
    return sized
