"""Videos at other hosts, which hear of nobody who does not press play."""

import re

import pytest
from bs4 import BeautifulSoup
from config.settings import security
from wagtail.blocks.struct_block import StructBlockValidationError

from core.blocks.outside_video import OutsideVideoBlock
from core.media.outside_videos import PROVIDERS, outside_video
from tests.helpers.appearances import picture
from tests.helpers.factories_testimonials import embed

ADDRESS = "https://vimeo.com/123456789"
PLAYER = "https://player.vimeo.com/video/123456789?autoplay=1&dnt=1"


@pytest.fixture(autouse=True)
def allowed(settings):
    settings.VIDEO_PROVIDERS = ["vimeo", "youtube"]


@pytest.mark.parametrize(
    ("address", "player"),
    [
        (ADDRESS, PLAYER),
        ("https://vimeo.com/123456789/0a1b2c?share=copy", f"{PLAYER}&h=0a1b2c"),
        ("https://player.vimeo.com/video/123456789", PLAYER),
        ("https://player.vimeo.com/video/123456789?h=0a1b2c&x=1", f"{PLAYER}&h=0a1b2c"),
        ("https://www.youtube.com/watch?v=a_B-c123456&t=4s", "a_B-c123456"),
        ("https://www.youtube.com/watch?list=x&v=a_B-c123456", "a_B-c123456"),
        ("https://youtu.be/a_B-c123456?si=x", "a_B-c123456"),
        ("https://www.youtube.com/shorts/a_B-c123456", "a_B-c123456"),
    ],
)
def test_an_address_as_people_copy_it_leads_to_the_player(address, player):
    found = outside_video(address)

    assert player in found.player
    if "vimeo" not in address:
        assert found.player.startswith("https://www.youtube-nocookie.com/embed/")


@pytest.mark.parametrize(
    "address",
    [
        "",
        "https://vimeo.com/",
        "http://vimeo.com/123456789",
        "https://vimeo.com.example.org/123456789",
        "https://example.org/https://vimeo.com/123456789",
        "https://www.youtube.com/watch?v=short",
        'https://youtu.be/a_B-c123456"onload="',
        "https://vimeo.com/12345678\u0661",
        "javascript:alert(1)",
    ],
)
def test_any_other_address_leads_nowhere_of_ours(address):
    found = outside_video(address)

    assert found is None or re.fullmatch(r"[\w:/.?=&-]+", found.player)


def test_each_host_has_its_player_in_the_policy():
    assert security._PLAYERS.keys() == PROVIDERS.keys()
    for name, provider in PROVIDERS.items():
        assert provider.player.startswith(f"{security._PLAYERS[name]}/")


def test_frames_are_allowed_of_the_hosts_named_and_of_no_other(monkeypatch):
    assert "frame-src" not in security.CONTENT_SECURITY_POLICY["DIRECTIVES"]

    monkeypatch.setattr(security, "VIDEO_PROVIDERS", ["vimeo"])
    assert security._allowed_players() == ["https://player.vimeo.com"]

    monkeypatch.setattr(security, "VIDEO_PROVIDERS", ["vimeo", "facebook"])
    with pytest.raises(security.ImproperlyConfigured, match="facebook"):
        security._allowed_players()


def block(**changes):
    return {"address": ADDRESS, "title": "A lecture", "poster": picture(), **changes}


def test_a_page_asks_nothing_of_the_host_and_works_without_a_script(client, home):
    page = embed(home, ("outside_video", block()))

    html = BeautifulSoup(client.get(page.url).content, "html.parser")
    shown = html.select_one(".outside-video")

    assert not html.select("iframe, link[rel=preconnect], link[rel=dns-prefetch]")
    assert shown.a["href"] == ADDRESS
    assert "noreferrer" in shown.a["rel"]
    assert shown.select_one("outside-video")["data-player"] == PLAYER
    assert shown.img["alt"] == "A boat"
    for each in html.select("[src], [srcset], [poster]"):
        assert "vimeo" not in str(each)


def test_once_a_host_is_no_longer_allowed_a_link_is_left(client, home, settings):
    page = embed(home, ("outside_video", block()))
    settings.VIDEO_PROVIDERS = []

    shown = BeautifulSoup(client.get(page.url).content, "html.parser")

    assert shown.select_one(".outside-video a")["href"] == ADDRESS
    assert "data-player" not in str(shown)


@pytest.mark.parametrize(
    ("providers", "sentence"),
    [
        (["vimeo", "youtube"], "no address of a video at Vimeo, YouTube"),
        ([], "This site shows no videos of other hosts"),
    ],
)
def test_the_form_says_what_address_is_wanted(db, settings, providers, sentence):
    settings.VIDEO_PROVIDERS = providers
    form = OutsideVideoBlock()

    with pytest.raises(StructBlockValidationError) as refusal:
        form.clean(form.normalize(block(address="https://example.org/film")))

    assert sentence in str(refusal.value.block_errors["address"])
