"""What readers are told beside stories: which result is typical."""

import pytest
from bs4 import BeautifulSoup
from wagtail.models import Site

from core.models.site_settings import DisclaimerSettings
from tests.helpers.factories import ArticleIndexPageFactory, ArticlePageFactory
from tests.helpers.factories_testimonials import (
    ConsentFactory,
    SubjectFactory,
    TestimonialIndexPageFactory,
    TestimonialPageFactory,
)

TYPICAL = "Results <b>vary</b>: most people notice nothing."


@pytest.fixture
def story(home):
    subject = SubjectFactory()
    ConsentFactory(subject=subject)
    return TestimonialPageFactory(
        parent=TestimonialIndexPageFactory(parent=home), subject=subject
    )


@pytest.fixture
def shown(client, home, story):
    """The streams of an article with these blocks, as a reader gets them."""
    site = Site.objects.get()
    DisclaimerSettings.objects.create(site=site, testimonials=f"<p>{TYPICAL}</p>")
    index = ArticleIndexPageFactory(parent=home)

    def show(**streams):
        page = ArticlePageFactory(parent=index, **streams)
        html = BeautifulSoup(client.get(page.url).content, "html.parser")
        return html.select(".article .body")

    return show


def blocks(story, *kinds):
    values = {
        "testimonial": {"story": story, "text": "<p>I walk.</p>"},
        "testimonial_quote": {"story": story, "text": "<p>Kind.</p>"},
        "testimonial_carousel": {"heading": "Row", "stories": [story]},
        "testimonial_timeline": {"story": story},
        "paragraph": "<p>Between.</p>",
    }
    return [(kind, values[kind]) for kind in kinds]


def test_is_printed_once_in_a_text_beside_its_first_story(shown, story):
    kinds = (
        "paragraph",
        "testimonial_quote",
        "testimonial",
        "paragraph",
        "testimonial_timeline",
        "testimonial_carousel",
    )
    [body, _] = shown(body=blocks(story, *kinds))

    [note] = body.select(".story-note")
    assert note.decode_contents().strip() == f"<p>{TYPICAL}</p>"
    assert note.find_parent(class_="testimonial-quote")
    for kind in kinds:
        assert body.select_one(f".{kind.replace('_', '-')}"), "was cut out"


def test_is_printed_once_on_a_page_with_several_texts(shown, story):
    bodies = shown(
        body=blocks(story, "testimonial", "testimonial"),
        after_body=blocks(story, "testimonial_carousel", "testimonial_quote"),
    )

    assert [len(body.select(".story-note")) for body in bodies] == [1, 0]
