"""Every list that has pages: those that it has not are not there."""

import pytest
from bs4 import BeautifulSoup
from wagtail.models import get_page_models

from core.models.base_page import BasePage
from home.search import views
from tests.helpers.factories import (
    ArticleIndexPageFactory,
    ArticlePageFactory,
    PeopleIndexPageFactory,
    PersonPageFactory,
    TopicIndexPageFactory,
    TopicPageFactory,
)
from tests.helpers.factories_testimonials import (
    TestimonialIndexPageFactory,
    TestimonialPageFactory,
)

LISTS = {
    "articles": (ArticleIndexPageFactory, ArticlePageFactory),
    "people": (PeopleIndexPageFactory, PersonPageFactory),
    "stories": (TestimonialIndexPageFactory, TestimonialPageFactory),
    "topics": (TopicIndexPageFactory, TopicPageFactory),
}
NOT_THERE = ["3", "9999", "0", "-1", "abc", "", "1.5", "9" * 30]


@pytest.fixture(params=[*LISTS, "search"])
def address(request, home, monkeypatch):
    """The address of a list of three with two on a page, and how to ask for more."""
    if request.param == "search":
        monkeypatch.setattr(views, "RESULTS_PER_PAGE", 2)
        parent = ArticleIndexPageFactory(parent=home)
        for number in range(3):
            ArticlePageFactory(parent=parent, title=f"Quokka {number}")
        return "/search/?query=quokka&page="
    listing, listed = LISTS[request.param]
    index = listing(parent=home)
    monkeypatch.setattr(type(index), "page_size", 2)
    listed.create_batch(3, parent=index)
    return f"{index.url}?page="


def test_every_type_of_page_with_a_list_is_among_them():
    types = {
        model
        for model in get_page_models()
        if issubclass(model, BasePage) and hasattr(model, "page_size")
    }

    assert types == {factory._meta.model for factory, _ in LISTS.values()}


def test_a_page_that_a_list_has_not_is_not_there(client, address):
    answers = {number: client.get(address + number) for number in NOT_THERE}

    assert {number: each.status_code for number, each in answers.items()} == (
        dict.fromkeys(NOT_THERE, 404)
    )
    assert client.get(f"{address}2").status_code == 200


def test_the_first_page_of_a_list_is_the_list_itself(client, address):
    bare = address.partition("?")[0]

    first = client.get(f"{address}1")

    assert first.status_code == 200
    soup = BeautifulSoup(first.content, "html.parser")
    if link := soup.find("link", rel="canonical"):
        assert link["href"] == f"http://localhost{bare}"
    else:  # results of a search have no address of their own
        assert "noindex" in soup.find("meta", {"name": "robots"})["content"]


def test_an_empty_list_is_there_and_has_one_page(client, home):
    index = ArticleIndexPageFactory(parent=home)

    assert client.get(index.url).status_code == 200
    assert client.get(f"{index.url}?page=1").status_code == 200
    assert client.get(f"{index.url}?page=2").status_code == 404
