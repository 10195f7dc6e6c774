"""Results that editors put first, and what they keep for the search."""

from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from wagtail.contrib import search_promotions
from wagtail.contrib.search_promotions.models import (
    Query,
    QueryDailyHits,
    SearchPromotion,
)
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from home.roles import EDITORS, SEO_SPECIALISTS
from home.search.models import Synonyms
from tests.helpers.factories import (
    ArticleIndexPageFactory,
    ArticlePageFactory,
    PeopleIndexPageFactory,
)


@pytest.fixture
def people(home):
    return PeopleIndexPageFactory(parent=home, title="People")


@pytest.fixture
def articles(home):
    return ArticleIndexPageFactory(parent=home)


def promote(query, page=None, **values):
    return SearchPromotion.objects.create(query=Query.get(query), page=page, **values)


def cards(client, query, **values):
    response = client.get("/search/", {"query": query, **values})
    assert response.status_code == 200
    html = BeautifulSoup(response.content, "html.parser")
    return html.select(".card")


def titles(client, query, **values):
    return [
        card.select_one(".card__title").text.strip()
        for card in cards(client, query, **values)
    ]


class TestPromotions:
    @pytest.mark.parametrize("query", ["doctors", "Doctor", "who are the doctors?"])
    def test_come_first_and_say_so(self, client, people, articles, query):
        ArticlePageFactory(parent=articles, title="Doctors")
        promote("doctors", people)

        first, second = cards(client, query)

        assert first.select_one(".card__title").text.strip() == "People"
        assert first.select_one(".card__label").text == "Suggestion"
        assert second.select_one(".card__title").text.strip() == "Doctors"
        assert second.select_one(".card__label").text == "Article"

    def test_are_listed_once(self, client, people):
        promote("people", people)
        promote("all people", people)

        assert titles(client, "all people") == ["People"]

    @pytest.mark.parametrize(
        "query", ["what did the doctors write of insulin and sleep", "insulin", "the"]
    )
    def test_are_for_their_own_questions_alone(self, client, people, query):
        promote("doctors", people)

        assert "People" not in titles(client, query)

    def test_describe_a_page_in_words_of_their_own(self, client, people):
        promote("doctors", people, description="Who treats you.")

        (card,) = cards(client, "doctors")

        assert card.select_one(".card__summary").text.strip() == "Who treats you."

    def test_may_lead_elsewhere(self, client, home):
        promote(
            "regulator",
            external_link_url="https://regulator.example/",
            external_link_text="The <regulator>",
        )

        (card,) = cards(client, "regulator")

        assert card.a["href"] == "https://regulator.example/"
        assert card.a.text.strip() == "The <regulator>"

    def test_show_no_page_that_readers_may_not_see(self, client, people):
        promote("doctors", people)

        people.unpublish()

        assert titles(client, "doctors") == []

    def test_are_on_the_first_of_several_pages_alone(self, client, people, articles):
        ArticlePageFactory.create_batch(12, parent=articles, standfirst="Doctors.")
        promote("doctors", people)

        assert titles(client, "doctors")[0] == "People"
        assert len(titles(client, "doctors")) == 10
        assert "People" not in titles(client, "doctors", page=2)
        assert len(titles(client, "doctors", page=2)) == 3

    def test_are_searched_for_without_a_trace(self, client, people):
        promote("doctors", people)

        titles(client, "doctors")
        titles(client, "rosalind quill")

        assert [query.query_string for query in Query.objects.all()] == ["doctors"]
        assert not QueryDailyHits.objects.exists()


class TestAdmin:
    @pytest.mark.parametrize("role", [EDITORS, SEO_SPECIALISTS])
    def test_takes_a_promotion(self, log_in, client, people, role):
        rows = inline_formset([{"page": people.pk, "description": ""}])
        posted = {"query_string": "Doctors", "editors_picks": rows}

        response = log_in(role).post(
            reverse("wagtailsearchpromotions:add"), nested_form_data(posted)
        )

        assert response.status_code == 302, response.content.decode()
        assert titles(client, "doctors") == ["People"]

    def test_lists_promotions_without_a_count_of_searches(self, log_in, people):
        promote("doctors", people)

        html = log_in(EDITORS).get(reverse("wagtailsearchpromotions:index"))

        page = BeautifulSoup(html.content, "html.parser")
        heads = [head.get_text(strip=True) for head in page.select("thead th")]
        assert [head for head in heads if head] == [
            "Search term(s)",
            "Promoted results",
        ]

    def test_names_no_report_of_searches(self, log_in, home):
        html = log_in(None).get(reverse("wagtailadmin_home")).content.decode()

        assert "Promoted search results" in html
        assert "Search terms" not in html

    def test_takes_synonyms(self, log_in, home):
        add = reverse("synonyms:add")

        response = log_in(SEO_SPECIALISTS).post(add, {"words": " phone ,, telephone, "})

        assert response.status_code == 302
        assert str(Synonyms.objects.get()) == "phone, telephone"

    def test_refuses_a_synonym_of_nothing(self, log_in, home):
        add = reverse("synonyms:add")

        html = log_in(EDITORS).post(add, {"words": "phone,"}).content.decode()

        assert "Write at least two, with a comma between." in html
        assert not Synonyms.objects.exists()

    def test_finds_synonyms(self, log_in, home):
        Synonyms.objects.create(words="phone, telephone")
        Synonyms.objects.create(words="cost, price")
        listing = reverse("synonyms:index")

        html = log_in(EDITORS).get(listing, {"q": "tele"}).content.decode()

        assert "phone, telephone" in html
        assert "cost, price" not in html

    @pytest.mark.parametrize("name", ["add.html", "edit.html"])
    def test_replaces_forms_of_wagtail_that_still_hold_scripts(self, name):
        """Once this fails, the templates of the same name in home can go, or adapt."""
        folder = Path(search_promotions.__file__).parent / "templates"
        stock = (folder / "wagtailsearchpromotions" / name).read_text()

        assert 'includes/searchpromotions_formset.html" with formset=' in stock
        assert 'includes/searchpromotions_formset.js" with formset=' in stock
        assert "createQueryChooser(" in stock
