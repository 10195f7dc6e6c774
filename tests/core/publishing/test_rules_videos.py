"""What is said about films without captions or transcript."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from articles.models.article_page import ArticlePage
from core.models.videos import Video
from core.publishing.rules.videos import VideoWithoutCaptions, VideoWithoutWords
from tests.helpers.films import film

# A page that is made asks which type it is of.
pytestmark = pytest.mark.django_db


def places(rule, page):
    return [(p.field, p.position, p.level) for p in rule().problems(page)]


@pytest.mark.parametrize("captions", ["", "walk.vtt"])
@pytest.mark.parametrize("transcript", ["", "<p>She walks.</p>"])
def test_what_a_film_lacks_is_named_wherever_it_stands(captions, transcript):
    video = Video(title="Walking", captions=captions, transcript=transcript)
    page = ArticlePage(
        title="A", lead_video=video, body=[("video", {"video": video, "caption": ""})]
    )

    assert places(VideoWithoutCaptions, page) == [
        ("lead_video", None, "warn"),
        ("body", 0, "warn"),
    ] * (not captions)
    assert places(VideoWithoutWords, page) == [
        ("lead_video", None, "suggest"),
        ("body", 0, "suggest"),
    ] * (not transcript)


def test_a_page_without_films_lacks_nothing():
    page = ArticlePage(title="A", body=[("video", {"video": None, "caption": ""})])

    assert places(VideoWithoutCaptions, page) == places(VideoWithoutWords, page) == []


@pytest.mark.parametrize("cues", [b"", b"WEBVTT\n\n00:00.000 --> 00:02.000\nWalk.\n"])
def test_saving_a_film_names_missing_captions(log_in, cues):
    files = {"file": SimpleUploadedFile("walk.mp4", film())}
    if cues:
        files["captions"] = SimpleUploadedFile("walk.vtt", cues)

    response = log_in("Editors").post(
        reverse("wagtailsnippets_core_video:add"),
        {"title": "Walking", "transcript": "null", **files},
        follow=True,
    )

    assert Video.objects.get().title == "Walking"
    said = "“Walking” has no captions" in response.content.decode()
    assert said is (not cues)


def test_a_film_without_a_still_picture_shows_its_title(client, home):
    video = Video.objects.create(title="Walking <practice>", file="walk.mp4")
    home.body = [("video", {"video": video, "caption": ""})]
    home.save(clean=False)  # whatever the gate says of its captions

    html = client.get(home.url).content.decode()

    assert (
        '<p class="video__empty" aria-hidden="true">Walking &lt;practice&gt;</p>'
        in html
    )
