"""A field's own value or the inherited one, in the editor."""

import pytest
from bs4 import BeautifulSoup

from articles.models import ArticlePage
from home.roles import SEO_SPECIALISTS
from tests.helpers.factories import SiteImageFactory
from tests.helpers.page_form import edit_url, posted

pytestmark = pytest.mark.one_database


@pytest.fixture
def editor(log_in):
    return log_in(SEO_SPECIALISTS)


def fields(client, article):
    """Return what stands at each field: (the switch, the sentence beside it)."""
    soup = BeautifulSoup(client.get(edit_url(article)).content, "html.parser")
    found = {}
    for box in soup.select("[data-inherited]"):
        switch = box.select_one('input[type="radio"][checked]')
        name = switch["name"].removesuffix("-source")
        words = " ".join(box.select_one(".inherited__value").text.split())
        found[name] = (switch["value"], words)
    return found


def test_the_inherited_value_stands_beside_every_field(editor, article):
    article.seo_title = "Own"
    article.save_revision().publish()

    assert fields(editor, article) == {
        "seo_title": (
            "own",
            "Inherited: “As written | The clinic” (the page's title, in its pattern)",
        ),
        "search_description": (
            "inherited",
            "Inherited: “In short.” (the pattern of its page type)",
        ),
        "breadcrumb_title": (
            "inherited",
            "Inherited: “As written” (the page's title)",
        ),
        "social_title": ("inherited", "Inherited: “Own” (the SEO title)"),
        "social_text": ("inherited", "Inherited: “In short.” (the description)"),
        "og_image": (
            "inherited",
            "Inherited: the default picture under Settings, SEO",
        ),
    }


@pytest.mark.parametrize(
    ("switch", "typed", "stored"),
    [
        ("own", "Typed", "Typed"),
        ("own", "   ", ""),
        ("inherited", "Typed", ""),
        (None, "Typed", "Typed"),
    ],
)
def test_the_switch_decides_what_is_stored(editor, article, switch, typed, stored):
    source = {"social_title-source": switch} if switch else {}

    editor.post(
        edit_url(article),
        posted(
            slug=article.slug, social_title=typed, **source, **{"action-publish": "1"}
        ),
    )

    assert ArticlePage.objects.get(pk=article.pk).social_title == stored


def test_a_picture_is_inherited_as_well(editor, article):
    picture = SiteImageFactory()

    for switch, stored in (("own", picture.pk), ("inherited", None)):
        editor.post(
            edit_url(article),
            posted(
                slug=article.slug,
                og_image=picture.pk,
                **{"og_image-source": switch, "action-publish": "1"},
            ),
        )
        assert ArticlePage.objects.get(pk=article.pk).og_image_id == stored
