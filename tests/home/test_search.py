"""The site's search: what it finds, what it never shows, and how it takes nonsense."""

import pytest
from bs4 import BeautifulSoup
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from home.search import parts
from home.search.models import Synonyms
from tests.helpers.factories import (
    ArticleIndexPageFactory,
    ArticlePageFactory,
    ContentPageFactory,
)

pytestmark = pytest.mark.every_case

DANGEROUS = "<b onclick=x>sleep</b> & more"


@pytest.fixture
def articles(home):
    return ArticleIndexPageFactory(parent=home, slug="articles", title="Blog")


def found(client, query, **values):
    response = client.get("/search/", {"query": query, **values})
    assert response.status_code == 200
    html = BeautifulSoup(response.content, "html.parser")
    return [link.text.strip() for link in html.select(".card__title a")]


class TestResults:
    def test_are_pages_of_every_kind(self, client, home, articles):
        ArticlePageFactory(parent=articles, title="Sleep and nerves")
        ContentPageFactory(parent=home, title="Cost of sleep")

        assert set(found(client, "sleep")) == {"Sleep and nerves", "Cost of sleep"}

    def test_bear_the_names_of_types_that_readers_know(self, client, home, articles):
        ArticlePageFactory(parent=articles, title="Sleep and nerves")
        ContentPageFactory(parent=home, title="Cost of sleep")

        html = client.get("/search/", {"query": "sleep"}).content.decode()

        assert "Article</p>" in html
        assert "Content page" not in html

    def test_lie_in_the_text_of_pages_too(self, client, articles):
        ArticlePageFactory(
            parent=articles,
            title="Rest",
            body=[("paragraph", "<p>Melatonin helps.</p>")],
        )

        assert found(client, "melatonin") == ["Rest"]

    def test_leave_out_what_not_everybody_may_read(self, client, home, articles):
        ArticlePageFactory(parent=articles, title="Sleep draft", live=False)
        private = ContentPageFactory(parent=home, title="Sleep private")
        PageViewRestriction.objects.create(
            page=private, restriction_type=PageViewRestriction.LOGIN
        )

        assert found(client, "sleep") == []

    def test_are_shown_ten_at_a_time(self, client, articles):
        ArticlePageFactory.create_batch(12, parent=articles, standfirst="On sleep.")

        assert len(found(client, "sleep")) == 10
        assert len(found(client, "sleep", page=2)) == 2

    def test_cost_the_same_for_five_and_fifty(self, client, articles):
        ArticlePageFactory.create_batch(5, parent=articles, standfirst="On sleep.")
        found(client, "sleep")
        with CaptureQueriesContext(connection) as few:
            found(client, "sleep")

        ArticlePageFactory.create_batch(45, parent=articles, standfirst="On sleep.")
        with CaptureQueriesContext(connection) as many:
            found(client, "sleep")

        # Three of them once per generation.
        assert len(many) == len(few) <= 17

    def test_say_how_many_there_are(self, client, articles):
        ArticlePageFactory(parent=articles, title="Sleep")

        html = client.get("/search/", {"query": "sleep"}).content.decode()

        assert "1 result for “sleep”" in html
        assert "No results for “wakefulness”" in (
            client.get("/search/", {"query": "wakefulness"}).content.decode()
        )

    @pytest.mark.parametrize(
        ("title", "queries"),
        [
            ("COVID-19 vaccine", ["COVID-19 vaccine", "covid 19", "COVID-19", "19"]),
            ("GLP-1 receptor agonists", ["GLP-1 receptor", "glp 1", "GLP-1"]),
            ("IL-6 and pain", ["IL-6 and pain", "IL-6", "pain IL 6"]),
            ("Phase 2 of 3", ["phase 2", "2 of 3"]),
        ],
    )
    def test_have_hyphens_and_digits(self, client, articles, title, queries):
        ArticlePageFactory(parent=articles, title=title)
        ArticlePageFactory(parent=articles, title="COVID GLP IL")
        ArticlePageFactory(
            parent=articles, title="Body", body=[("paragraph", f"<p>{title}.</p>")]
        )

        for query in queries:
            assert sorted(found(client, query)) == sorted([title, "Body"]), query

    def test_survive_a_rebuilt_index(self, client, articles, capsys):
        ArticlePageFactory(parent=articles, title="Sleep")

        call_command("update_index", verbosity=0)

        assert found(client, "sleep") == ["Sleep"]


class TestQuery:
    @pytest.mark.parametrize(
        "query",
        [
            '"',
            '"unclosed',
            "'; DROP TABLE wagtailcore_page; --",
            "AND",
            "NOT sleep",
            "sleep OR",
            "NEAR(sleep",
            "sleep*",
            "title:sleep",
            "%_\\",
            "()",
            "-",
            "&|!<->:*",
            "😴",
            "a" * 300,
            "睡眠",
            "{{ 7 }}",
        ],
    )
    def test_may_be_anything(self, client, articles, query):
        ArticlePageFactory(parent=articles, title="Sleep")

        found(client, query)

    @pytest.mark.parametrize("query", ["", "   "])
    def test_that_is_empty_is_asked_for(self, client, home, query):
        html = client.get("/search/", {"query": query}).content.decode()

        assert "Enter a word or two to search for." in html

    def test_that_is_too_long_is_answered_and_kept(self, client, home):
        html = client.get("/search/", {"query": "a" * 301}).content.decode()

        assert "Shorten this to 300 characters or fewer." in html
        assert "a" * 301 in html

    def test_with_a_nul_byte_is_refused_without_harm(self, client, home):
        assert client.get("/search/", {"query": "a\0b"}).status_code == 400

    def test_is_not_needed_to_see_the_form(self, client, home):
        html = BeautifulSoup(client.get("/search/").content, "html.parser")

        assert len(html.select("search, [role=search]")) == 1
        assert html.select_one("input[name=query]")
        assert not html.select(".form__error, .search__count")

    def test_cannot_be_posted(self, client, home):
        assert client.post("/search/").status_code == 405


class TestPage:
    def test_escapes_what_readers_and_editors_type(self, client, articles):
        ArticlePageFactory(parent=articles, title=DANGEROUS, standfirst=DANGEROUS)

        for query in (DANGEROUS, "sleep"):
            html = client.get("/search/", {"query": query}).content.decode()
            assert "<b onclick" not in html
        # PostgreSQL leaves out of its index what looks like a tag.
        assert found(client, "sleep") == [DANGEROUS]

    def test_marks_what_was_searched_for(self, client, articles):
        ArticlePageFactory(parent=articles, title="Sleep well")

        html = BeautifulSoup(
            client.get("/search/", {"query": "sleep"}).content, "html.parser"
        )

        assert [mark.text for mark in html.select(".card__title mark")] == ["Sleep"]

    def test_is_left_out_by_search_engines(self, client, home):
        html = BeautifulSoup(
            client.get("/search/", {"query": "sleep"}).content, "html.parser"
        )

        assert html.find("meta", {"name": "robots"})["content"] == "noindex"
        assert html.title.text == "Search: sleep | The clinic"
        assert html.find("link", rel="canonical") is None

    def test_keeps_the_query_while_paging(self, client, articles):
        ArticlePageFactory.create_batch(12, parent=articles, standfirst="On A & B.")

        html = BeautifulSoup(
            client.get("/search/", {"query": "A & B"}).content, "html.parser"
        )
        following = html.find("a", rel="next")["href"]

        assert following == "?query=A+%26+B&page=2"
        assert (
            len(
                BeautifulSoup(
                    client.get(f"/search/{following}").content, "html.parser"
                ).select(".card__title")
            )
            == 2
        )


@pytest.mark.parametrize(
    ("text", "query", "marked"),
    [
        ("Sleep and sleeping", "sleep", ["Sleep", "sleep"]),
        ("Asleep", "sleep", []),
        ("C++ (a language)", "c++ (", []),
        ("MRI of the brain", "mri BRAIN", ["MRI", "brain"]),
        ("What it costs", "costing", ["costs"]),
        ("COVID-19, 19 cases", "covid 19", ["COVID", "19", "19"]),
        ("IFN-β in sleep", "ifn beta", ["IFN", "β"]),
        ("Café", "cafe", ["Café"]),
        ("How to sleep", "how do I sleep", ["sleep"]),
        ("How to", "how to", ["How", "to"]),
        ("", "sleep", []),
    ],
)
def test_words_are_marked_where_they_begin(text, query, marked):
    split = list(parts(text, query))

    assert [part.text for part in split if part.found] == marked
    assert "".join(part.text for part in split) == text


def test_synonyms_are_marked_too(client, articles):
    Synonyms.objects.create(words="sleep, slumber")
    ArticlePageFactory(parent=articles, title="A long slumber")

    html = BeautifulSoup(
        client.get("/search/", {"query": "sleep"}).content, "html.parser"
    )

    assert [mark.text for mark in html.select(".card__title mark")] == ["slumber"]
