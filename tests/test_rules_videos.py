"""What the gate says about films."""

import pytest

from articles.models.article_page import ArticlePage
from core.models.videos import Video
from core.rules.videos import VideoWithoutWords

# A page that is made asks which type it is of.
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("captions", "transcript", "lacking"),
    [
        ("", "", "lacks captions and a transcript"),
        ("", "<p>She walks.</p>", "lacks captions."),
        ("walk.vtt", "", "lacks a transcript."),
        ("walk.vtt", "<p>She walks.</p>", ""),
    ],
)
def test_what_a_film_lacks_is_named_wherever_it_stands(captions, transcript, lacking):
    film = Video(title="Walking", captions=captions, transcript=transcript)
    page = ArticlePage(
        title="A", lead_video=film, body=[("video", {"video": film, "caption": ""})]
    )

    found = list(VideoWithoutWords().problems(page))

    places = [(problem.field, problem.position) for problem in found]
    assert places == [("lead_video", None), ("body", 0)] * bool(lacking)
    assert all(lacking in problem.sentence for problem in found)


def test_a_page_without_films_lacks_nothing():
    page = ArticlePage(title="A", body=[("video", {"video": None, "caption": ""})])

    assert list(VideoWithoutWords().problems(page)) == []
