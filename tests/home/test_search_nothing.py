"""Whoever finds nothing is answered all the same."""

import pytest
from bs4 import BeautifulSoup
from wagtail.contrib.search_promotions.models import Query, SearchPromotion
from wagtail.models import PageViewRestriction, Site

from core.models.organisation import Organisation
from tests.helpers.factories import (
    ContentPageFactory,
    TopicFactory,
    TopicIndexPageFactory,
    TopicPageFactory,
)


@pytest.fixture
def hub(home):
    topic = TopicFactory(name="Multiple sclerosis")
    index = TopicIndexPageFactory(parent=home)
    page = TopicPageFactory(parent=index, title="On sclerosis", topic=topic)
    topic.hub = page
    topic.save()
    return page


def answer(client, query="zzyzx"):
    html = BeautifulSoup(
        client.get("/search/", {"query": query}).content, "html.parser"
    )
    return html.select_one(".search__nothing")


class TestAnswer:
    def test_says_that_there_is_nothing(self, client, home):
        html = client.get("/search/", {"query": "zzyzx"}).content.decode()

        assert "No results for “zzyzx”" in html

    def test_is_not_given_beside_results(self, client, hub):
        assert answer(client, "sclerosis") is None

    def test_leads_to_the_topics(self, client, hub):
        (link,) = answer(client).select("li a")

        assert link["href"] == hub.url
        assert link.text == "Multiple sclerosis"

    def test_leads_to_no_topic_that_readers_may_not_see(self, client, hub):
        PageViewRestriction.objects.create(
            page=hub, restriction_type=PageViewRestriction.LOGIN
        )

        assert not answer(client).select("li a")

    def test_names_the_telephone(self, client, home):
        Organisation.objects.create(
            site=Site.objects.get(),
            telephone="01632 960417",
            hours_in_words="Every day",
        )

        link = answer(client).find("a", href="tel:01632960417")

        assert link.text == "01632 960417"
        assert "Every day" in link.parent.text

    def test_leads_to_the_page_that_answers_who_asks_for_the_contact(
        self, client, home
    ):
        found = ContentPageFactory(parent=home, title="Contact us")
        assert answer(client).find("a", href=found.url).text == "Contact us"

        promoted = ContentPageFactory(parent=home, title="About")
        SearchPromotion.objects.create(query=Query.get("contact"), page=promoted)

        assert answer(client).find("a", href=promoted.url).text == "About"
        assert answer(client).find("a", href=found.url) is None

    def test_is_short_where_there_is_nothing_to_offer(self, client, home):
        assert answer(client).get_text(strip=True) == ""


class TestSpelling:
    @pytest.mark.parametrize(
        ("query", "better"),
        [
            ("sclerosus", "sclerosis"),
            ("Sclerossis!", "sclerosis!"),
            ("infushion", "infusion"),
        ],
    )
    def test_of_a_word_like_one_of_a_page_is_suggested(
        self, client, hub, home, query, better
    ):
        ContentPageFactory(
            parent=home, title="What we do", search_description="By infusion."
        )

        link = answer(client, query).find("a", href=lambda href: "query" in href)

        assert link.text == better
        found = client.get(f"/search/{link['href']}").content.decode()
        assert "No results" not in found

    @pytest.mark.parametrize("query", ["zzyzx", "scam", "12345", "<b>x</b>", "'"])
    def test_of_anything_else_is_left_alone(self, client, hub, query):
        ContentPageFactory(parent=hub.get_parent(), title="A scan")

        assert "Did you mean" not in str(answer(client, query))

    def test_is_escaped(self, client, hub):
        html = client.get("/search/", {"query": "<i>sclerosus</i>"}).content.decode()

        assert "Did you mean" in html
        assert "<i>sclerosis" not in html
