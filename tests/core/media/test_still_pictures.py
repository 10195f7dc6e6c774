"""How pages show films."""

import pytest
from bs4 import BeautifulSoup
from django.core.files.base import ContentFile

from core.models.videos import Video
from tests.helpers.factories import (
    ArticleIndexPageFactory,
    ArticlePageFactory,
    SiteImageFactory,
)


@pytest.fixture
def film(home):
    film = Video(title="Walking", poster=SiteImageFactory(), captions="walk.vtt")
    film.file.save("walk.mp4", ContentFile(b"0000ftyp"), save=True)
    return film


def screens(client, home, **fields):
    page = ArticlePageFactory(parent=ArticleIndexPageFactory(parent=home), **fields)
    html = BeautifulSoup(client.get(page.url).content, "html.parser")
    return html.select(".video__screen")


def test_the_still_picture_waits_until_it_is_scrolled_to(client, home, film):
    body = [("video", {"video": film, "caption": ""})]

    (screen,) = screens(client, home, body=body)

    assert screen.video["poster"].startswith("data:"), "others are fetched at once"
    assert screen.img["loading"] == "lazy"
    assert screen.img["alt"] == ""
    assert screen.source["type"] == "image/avif"


def test_the_still_picture_of_a_film_that_opens_the_page_comes_first(
    client, home, film
):
    (screen,) = screens(client, home, lead_video=film)

    assert screen.img["loading"] == "eager"
    assert screen.img["fetchpriority"] == "high"


def test_a_film_without_a_still_picture_is_shown(client, home, film):
    film.poster = None
    film.save()

    (screen,) = screens(client, home, lead_video=film)

    assert screen.video
    assert not screen.img
