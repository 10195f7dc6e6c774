"""What the gate says about the words that stand for a picture."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.models.article_page import ArticlePage
from core.models.images import SiteImage
from core.publishing.rules.pictures import ImageWithoutAlternative, PoorAlternative
from home.models import ContentPage
from testimonials.models.pages import TestimonialPage

# A page that is made asks which type it is of.
pytestmark = pytest.mark.django_db

GOOD = "A woman steps over a chalk line in a gymnasium"


def picture(words, *, decorative=False, title="Walking practice"):
    image = SiteImage(title=title, description="", collection_id=1)
    image.contextual_alt_text, image.decorative = words, decorative
    return image


def advice(words, caption="", **details):
    figure = {"image": picture(words, **details), "caption": f"<p>{caption}</p>"}
    page = ArticlePage(title="A", body=[("figure", figure)])
    found = [problem.sentence for problem in PoorAlternative().problems(page)]
    assert len(found) <= 1, "one thing at a time"
    return " ".join(found)


class TestPoor:
    @pytest.mark.parametrize(
        "words",
        [
            GOOD,
            "Drawing of a field gate, with a stick leaning on it",
            "A photographer at work",
            "Imagery used in the memory task",
            "Portrait of Dr Sandvold",
            "The file report.pdf open on a screen",
            "w" * 150,
        ],
    )
    def test_are_not_words_that_tell(self, words):
        assert advice(words) == ""

    @pytest.mark.parametrize(
        "words",
        [
            "IMG_1234.jpg",
            "IMG_1234",
            "img 1234",
            "DSC00012",
            "DSCF0012",
            "photo-3",
            "Screenshot 2026-01-02",
            "screen shot 2",
            "frame.png",
            "walking-frame_2.JPEG",
            "https://x.example/a.webp",
        ],
    )
    def test_is_a_file_name(self, words):
        assert "name of a file" in advice(words)

    def test_is_a_title_that_the_upload_made_of_a_file_name(self):
        assert "name of a file" in advice("walking-frame-2", title="walking-frame-2")
        assert advice(GOOD, title=GOOD) == ""

    @pytest.mark.parametrize("words", ["MRI", "...", "Leg"])
    def test_is_a_word_or_less(self, words):
        assert "too short" in advice(words)

    @pytest.mark.parametrize(
        "words",
        [
            "Image of a walking frame",
            "picture of a walking frame",
            "A photo of a walking frame",
            "The photograph of a walking frame",
            "Photo: a walking frame",
        ],
    )
    def test_is_an_announcement(self, words):
        assert "Leave out" in advice(words)

    def test_is_the_caption_again(self):
        assert "repeats the caption" in advice(GOOD, caption=f"<b>{GOOD.upper()}</b>.")
        assert advice(GOOD, caption="The second week.") == ""

    def test_is_a_paragraph(self):
        assert "151 characters" in advice("w" * 151)

    def test_is_nothing_on_a_decorative_picture(self):
        assert advice("IMG_1234.jpg", decorative=True) == ""

    def test_is_left_to_the_gate_where_there_are_no_words(self):
        assert advice("") == advice("  ") == ""

    @given(st.text(max_size=200), st.text(max_size=200))
    def test_is_sought_in_anything(self, words, title):
        assert isinstance(advice(words, title=title), str)


class TestWhere:
    def test_a_moment_of_a_timeline_is_looked_at_with_its_own_caption(self):
        entry = {
            "image": picture(GOOD),
            "image_caption": f"<p>{GOOD}</p>",
            "heading": "The first stairs",
        }
        page = TestimonialPage(title="A", timeline=[("entry", entry)])

        (problem,) = PoorAlternative().problems(page)

        assert (problem.field, problem.position) == ("timeline", 0)
        assert "repeats the caption" in problem.sentence

    def test_a_moment_without_words_for_its_picture_is_refused(self):
        entry = {"image": picture(""), "heading": "The first stairs"}
        page = TestimonialPage(title="A", timeline=[("entry", entry)])

        (problem,) = ImageWithoutAlternative().problems(page)

        assert problem.level == "block"

    @pytest.mark.parametrize(
        ("typed", "kept", "count"), [("", " ", 1), (GOOD, "", 0), ("", GOOD, 0)]
    )
    def test_a_lead_image_without_words_is_refused(self, typed, kept, count):
        image = SiteImage(title="A frame", description=kept, collection_id=1)
        page = ArticlePage(title="A", lead_image=image, lead_image_alt=typed)

        problems = list(ImageWithoutAlternative().problems(page))

        assert [problem.field for problem in problems] == ["lead_image_alt"] * count
        assert all(problem.level == "block" for problem in problems)

    @pytest.mark.parametrize(
        ("typed", "kept", "said"),
        [
            ("Photo of a frame", GOOD, "Leave out"),
            ("", "IMG_1.jpg", "name of a file"),
            ("", "", ""),
            (GOOD, "IMG_1.jpg", ""),
            ("", GOOD, ""),
        ],
    )
    def test_a_lead_image_is_described_on_the_page_or_in_the_library(
        self, typed, kept, said
    ):
        image = SiteImage(title="A frame", description=kept, collection_id=1)
        page = ArticlePage(title="A", lead_image=image, lead_image_alt=typed)

        found = list(PoorAlternative().problems(page))

        assert [problem.field for problem in found] == ["lead_image_alt"] * bool(said)
        assert all(said in problem.sentence for problem in found)

    def test_a_lead_image_that_only_the_library_describes_is_looked_at(self):
        image = SiteImage(title="A frame", collection_id=1)
        page = ContentPage(title="A", lead_image=image)

        for kept, rule, said in [
            ("", ImageWithoutAlternative(), "what it shows in the image library"),
            ("IMG_1.jpg", PoorAlternative(), "name of a file"),
        ]:
            image.description = kept
            (problem,) = rule.problems(page)
            assert problem.field == "lead_image"
            assert said in problem.sentence
            image.description = GOOD
            assert list(rule.problems(page)) == []
