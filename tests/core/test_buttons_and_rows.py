"""Buttons that lead to other sites, and rows of pictures."""

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError

from articles.models.article_page import ArticlePage
from core.blocks.actions import CallToActionBlock
from core.blocks.media import PictureCarouselBlock
from core.publishing.rules.buttons import ButtonWithoutTarget
from tests.helpers.factories import (
    ArticleIndexPageFactory,
    ArticlePageFactory,
    SiteImageFactory,
)
from tests.helpers.factories_evidence import article

pytestmark = pytest.mark.django_db

OUTSIDE = "https://www.nhs.example/ms?a=1&b=2"


def button(**fields):
    return (
        "call_to_action",
        {"heading": "For you?", "text": "", "label": "Read on", "page": None, **fields},
    )


@pytest.fixture
def index(home):
    return ArticleIndexPageFactory(parent=home)


def shown(client, page, selector):
    return BeautifulSoup(client.get(page.url).content, "html.parser").select(selector)


class TestButtons:
    def test_to_another_site_say_which(self, client, index):
        page = ArticlePageFactory(parent=index, body=[button(address=OUTSIDE)])

        [link] = shown(client, page, ".call-to-action a")

        assert link["href"] == OUTSIDE
        assert link["rel"] == ["external", "noopener"]
        assert " ".join(link.text.split()) == "Read on on nhs.example ↗"

    def test_to_a_page_are_as_they_were(self, client, index):
        page = ArticlePageFactory(parent=index, body=[button(page=index)])

        [link] = shown(client, page, ".call-to-action a")

        assert link["href"] == index.url
        assert link.text == "Read on"

    def test_stored_before_have_no_address(self, client, index):
        [(_, old)] = [button(page=index.pk)]
        block = CallToActionBlock()

        value = block.to_python(old)

        assert value.host == ""
        assert value["page"].pk == index.pk

    @pytest.mark.parametrize(
        "address",
        ["http://nhs.example/", "javascript:alert(1)", "ftp://nhs.example/", "nhs"],
    )
    def test_to_other_addresses_are_refused(self, address):
        block = CallToActionBlock()

        with pytest.raises(ValidationError) as refused:
            block.clean(block.to_python(button(address=address)[1]))

        assert "address" in refused.value.block_errors

    @pytest.mark.parametrize(
        ("fields", "said"),
        [
            ({}, "leads nowhere"),
            ({"address": "  "}, "leads nowhere"),
            ({"address": OUTSIDE, "page": True}, "a page and an address"),
        ],
    )
    def test_lead_to_one_place(self, index, fields, said):
        if "page" in fields:
            fields = {**fields, "page": index}
        page = ArticlePage(title="A", body=[button(**fields)])

        [problem] = ButtonWithoutTarget().problems(page)

        assert problem.level == "block"
        assert said in problem.sentence
        assert "“Read on”" in problem.sentence

    @pytest.mark.parametrize("fields", [{"address": OUTSIDE}, {"page": True}])
    def test_that_do_are_left_in_peace(self, index, fields):
        if "page" in fields:
            fields = {"page": index}
        page = ArticlePage(title="A", body=[button(**fields)])

        assert list(ButtonWithoutTarget().problems(page)) == []


class TestRowOfPictures:
    def picture(self, words, **fields):
        image = SiteImageFactory()
        chosen = {"image": image.pk, "alt_text": words, "decorative": False}
        return {"image": chosen, "caption": "", **fields}

    def row(self, *pictures):
        return ("picture_carousel", {"heading": "The ward", "pictures": [*pictures]})

    def test_is_a_list_that_needs_no_script(self, client, index):
        pictures = [
            self.picture("A bed by a window", caption="<p>In the <b>morning</b>.</p>"),
            self.picture("A bar along a wall"),
        ]
        page = article(index, self.row(*pictures))

        [row] = shown(client, page, ".picture-carousel")
        items = row.select("sliding-row > ul[role=list] > li")

        assert row["aria-label"] == row.h2.text == "The ward"
        assert [item.img["alt"] for item in items] == [
            "A bed by a window",
            "A bar along a wall",
        ]
        assert [bool(item.figcaption) for item in items] == [True, False]

    def test_costs_as_many_queries_however_long_it_is(
        self, client, index, django_assert_max_num_queries
    ):
        def queries(count):
            pictures = [self.picture(f"Window {n} of the ward") for n in range(count)]
            page = article(index, self.row(*pictures))
            client.get(page.url)  # makes the renditions
            with django_assert_max_num_queries(100) as captured:
                client.get(page.url)
            return len(captured)

        assert queries(2) == queries(6)

    def test_has_two_pictures_at_least(self):
        block = PictureCarouselBlock()

        with pytest.raises(ValidationError):
            block.clean(block.to_python({"heading": "The ward", "pictures": []}))
