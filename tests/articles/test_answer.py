"""The short answer above an article's picture."""

import json
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.utils import timezone

from articles.models.article_page import ArticlePage
from core.publishing.gate import PublishBlocked, publishing_problems
from evidence.vocabulary import Certainty
from tests.helpers.factories import (
    ArticleIndexPageFactory,
    ArticlePageFactory,
    SiteImageFactory,
)
from tests.helpers.factories_evidence import ReferenceFactory, citation


@pytest.fixture
def index(home):
    return ArticleIndexPageFactory(parent=home)


def answer(**changes):
    value = {
        "text": "<p>Perhaps, for a time.</p>",
        "certainty": "low",
        "as_of": "2026-11-03",
    }
    return {"type": "answer", "value": value | changes}


def article(index, *answers, **fields):
    return ArticlePageFactory(parent=index, answer=json.dumps(answers), **fields)


def soup(client, page):
    return BeautifulSoup(client.get(page.url).content, "html.parser")


def words(element):
    return " ".join(element.text.split())


def test_stands_above_the_picture_and_says_how_certain_since_when(client, index):
    page = article(
        index,
        answer(),
        lead_image=SiteImageFactory(),
        body=[("paragraph", "<p>At length.</p>")],
    )

    html = soup(client, page)

    shown = html.select_one(".answer")
    assert words(shown.h2) == "The short answer"
    assert words(shown.select_one(".answer__text")) == "Perhaps, for a time."
    assert words(shown.select_one(".answer__certainty")) == (
        "How certain? Low: more research is likely to change this answer."
    )
    assert words(shown.select_one(".answer__date")) == "As of 3 November 2026"
    assert shown.time["datetime"] == "2026-11-03"
    assert shown.find_next("figure")["class"] == ["lead"]
    assert len(html.select(".answer")) == 1


@pytest.mark.parametrize("certainty", Certainty.values)
def test_each_certainty_is_explained_to_readers(client, index, certainty):
    shown = soup(client, article(index, answer(certainty=certainty))).select_one(
        ".answer"
    )

    assert shown["data-certainty"] == certainty
    said = words(shown.select_one(".answer__certainty"))
    assert Certainty(certainty).label.capitalize() in said
    assert len(said) > 40


def test_its_citations_are_the_first_of_the_page(client, index):
    first, second = ReferenceFactory(title="First"), ReferenceFactory(title="Second")
    page = article(
        index,
        answer(text=f"<p>Perhaps {citation(first.pk)}.</p>"),
        body=[("paragraph", f"<p>Or {citation(second.pk)}.</p>")],
    )

    html = soup(client, page)

    assert words(html.select_one(".answer .citation")) == "[1]"
    assert words(html.select_one(".body .citation")) == "[2]"
    listed = html.select(".references__item")
    assert ["First" in listed[0].text, "Second" in listed[1].text] == [True, True]


def test_a_citation_of_what_is_gone_blocks_in_it_too(index):
    page = article(
        index, answer(text=f"<p>Perhaps {citation(987654)}.</p>"), live=False
    )

    [problem] = publishing_problems(page)

    assert problem.code == "dangling-citation"
    assert problem.field == "answer"


@pytest.mark.parametrize(
    "answers",
    [
        [answer(), answer()],
        [answer(certainty="")],
        [answer(text="")],
        [answer(as_of=None)],
        [answer(as_of=str(timezone.localdate() + timedelta(days=2)))],
    ],
    ids=["two", "not how certain", "no answer", "no date", "a date to come"],
)
def test_does_not_go_live_unless_there_is_one_complete_answer(index, answers):
    page = article(index, *answers, live=False)

    with pytest.raises(PublishBlocked):
        page.save_revision().publish()


def test_a_draft_may_leave_all_of_it_open(index):
    page = article(index, answer(text="", certainty="", as_of=None), live=False)

    html = page.answer.render_as_block()

    assert "How certain?" not in html
    assert "As of" not in html


def test_an_article_without_one_shows_nothing(client, index):
    page = article(index)
    with connection.cursor() as cursor:  # as a process of before the field stores it
        cursor.execute("UPDATE articles_articlepage SET answer = NULL")

    assert ArticlePage.objects.get(pk=page.pk).save_revision()
    assert not soup(client, page).select(".answer")


def test_is_read_and_found_as_part_of_the_article(index):
    page = article(index, answer(text="<p>" + "word " * 400 + "</p>"))

    assert page.reading_minutes == 2
    [field] = [f for f in ArticlePage.search_fields if f.field_name == "answer"]
    assert "word word" in str(field.get_value(page))


def test_names_of_choices_take_no_time_to_read(index):
    part = {"type": "heading", "value": {"text": "Rest", "level": "2"}}

    assert ArticlePageFactory(parent=index, body=[part] * 200).reading_minutes == 1
