"""The admin's search of pages reads what is being written."""

import pytest
from bs4 import BeautifulSoup
from django.core.management import call_command

from core.models.latest_version import LatestVersion
from home.roles import EDITORS
from tests.helpers.factories import (
    ArticleIndexPageFactory,
    ArticlePageFactory,
    ContentPageFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.every_case]

ADDRESS = "/admin/pages/search/"


@pytest.fixture
def index(home):
    return ArticleIndexPageFactory(parent=home)


@pytest.fixture
def editor(log_in):
    return log_in(EDITORS)


@pytest.fixture
def article(index):
    """A published article whose draft says more."""
    article = ArticlePageFactory(
        parent=index, title="Walking", body=[("paragraph", "<p>Ferris said so.</p>")]
    )
    article.body = [
        ("paragraph", "<p>Ferris said so.</p>"),
        (
            "questions",
            {
                "items": [{"question": "Who?", "answer": "<p>Murray <b>did</b>.</p>"}],
            },
        ),
    ]
    article.save_revision()
    return article


def found(client, query, address=ADDRESS, **values):
    response = client.get(address, {"q": query, **values})
    assert response.status_code == 200
    html = BeautifulSoup(response.content, "html.parser")
    return [item.get_text(" ", strip=True) for item in html.select("#in-text + ul li")]


@pytest.mark.parametrize("query", ["Murray", "murr", "ferris murray", "Walking who"])
def test_words_of_a_draft_are_found(editor, article, query):
    (line,) = found(editor, query)

    assert line.startswith("Walking")


def test_the_place_is_shown(editor, article):
    (line,) = found(editor, "Murray")

    assert "Who? Murray did." in line


def test_what_nobody_typed_as_words_is_not_found(editor, article):
    heading = {"text": "Then", "level": "2", "anchor": "heron"}
    article.body = [("heading", heading)]
    article.save_revision()

    assert found(editor, "heron") == []
    assert found(editor, "Then")


def test_where_only_the_text_has_the_words_nothing_is_regretted(editor, article):
    html = editor.get(ADDRESS, {"q": "Murray"}).content.decode()

    assert "no pages match" not in html
    assert "no pages match" in editor.get(ADDRESS, {"q": "heron"}).content.decode()


def test_it_answers_while_one_types(editor, article):
    assert found(editor, "Murr", address=f"{ADDRESS}results/")


def test_a_new_version_counts_and_the_old_one_does_not(editor, article):
    article.body = [("paragraph", "<p>Nobody.</p>")]
    article.save_revision()

    assert found(editor, "Murray") == []
    assert found(editor, "Nobody")


def test_a_draft_that_was_never_published_is_found(editor, index):
    draft = ArticlePageFactory(parent=index, title="New", live=False)
    draft.standfirst = "A word such as heron."
    draft.save_revision()

    assert found(editor, "heron")


def test_a_page_that_came_without_a_version_is_found(editor, home):
    ContentPageFactory(parent=home, title="Costs", standfirst="Bring a heron.")

    assert found(editor, "heron")


def test_a_page_that_stands_in_the_list_already_is_not_listed_again(editor, index):
    ArticlePageFactory(parent=index, title="Heron", standfirst="A heron.")

    assert found(editor, "heron") == []


def test_a_type_narrows_it_down(editor, article, home):
    ContentPageFactory(parent=home, title="Costs", standfirst="Murray pays.")

    (line,) = found(editor, "Murray", content_type="home.contentpage")
    assert line.startswith("Costs")


@pytest.mark.parametrize("query", ["", '"', "*", "live:yes", "%%", "a" * 5000])
def test_anything_may_be_typed(editor, article, query):
    assert found(editor, query) == []


def test_readers_find_no_draft(client, article):
    html = client.get("/search/", {"query": "Murray"}).content.decode()

    assert "Walking" not in html


def test_only_pages_that_somebody_may_see_are_found(log_in, article):
    assert log_in(EDITORS).get(ADDRESS).status_code == 200
    stranger = log_in("Admissions officers")

    assert stranger.get(ADDRESS, {"q": "Murray"}).status_code == 302


def test_a_deleted_page_is_gone(editor, article):
    article.delete()

    assert not LatestVersion.objects.filter(pk=article.pk).exists()
    assert found(editor, "Murray") == []


def test_the_index_can_be_made_anew(editor, article):
    call_command("update_index", verbosity=0)

    assert found(editor, "Murray")


def test_many_results_cost_the_same_queries(
    editor, index, django_assert_max_num_queries
):
    for number in range(30):
        ArticlePageFactory(parent=index, title=f"A {number}", standfirst="heron")

    with django_assert_max_num_queries(120):
        assert len(found(editor, "heron")) == 20
