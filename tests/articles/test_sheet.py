"""The sheet of an article that a reader takes to a doctor."""

import json
import re

import pytest
from bs4 import BeautifulSoup
from wagtail.models import Site

from articles.models.article_page import ArticlePage
from core.models.organisation import Organisation
from core.models.site_settings import DisclaimerSettings
from core.text.provenance import TextProvenance
from tests.helpers.factories import ArticleIndexPageFactory, ArticlePageFactory
from tests.helpers.factories_evidence import ReferenceFactory, citation
from tests.site.test_budget import queries

pytestmark = pytest.mark.one_database

ANSWER = {
    "text": "<p>Perhaps, for a time.</p>",
    "certainty": "low",
    "as_of": "2026-11-03",
}


@pytest.fixture
def index(home):
    return ArticleIndexPageFactory(parent=home)


def article(index, works=2, **fields):
    references = [ReferenceFactory(title=f"Work {n}") for n in range(works)]
    body = [("paragraph", f"<p>So {citation(each.pk)}.</p>") for each in references]
    return ArticlePageFactory(parent=index, body=body, **fields)


def answered(index, **fields):
    answer = json.dumps([{"type": "answer", "value": ANSWER}])
    return ArticlePageFactory(parent=index, answer=answer, **fields)


def soup(client, url):
    response = client.get(url)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def words(element):
    return " ".join(element.text.split())


def test_is_reached_from_the_end_of_the_article(client, index):
    page = article(index)

    link = soup(client, page.url).select_one(".sheet-link a")

    assert link["href"] == f"{page.url}sheet/"
    assert words(soup(client, link["href"]).h1) == page.title


def test_says_the_answer_lists_every_work_and_gives_the_telephone(client, index):
    Organisation.objects.create(
        site=Site.objects.get(),
        telephone="+44 1632 960 000",
        hours_in_words="On weekdays.",
    )
    page = article(index, answer=json.dumps([{"type": "answer", "value": ANSWER}]))

    sheet = soup(client, f"{page.url}sheet/").main

    assert words(sheet.select_one(".answer__text")) == "Perhaps, for a time."
    listed = [words(item) for item in sheet.select(".references__text p:first-child")]
    assert ["Work 0" in listed[0], "Work 1" in listed[1]] == [True, True]
    assert len(listed) == 2
    source = words(sheet.select_one(".sheet__source"))
    assert page.full_url in source
    assert "+44 1632 960 000. On weekdays." in source


def test_an_article_without_an_answer_is_summed_up_by_its_standfirst(client, index):
    page = article(index, standfirst="In two sentences.")

    sheet = soup(client, f"{page.url}sheet/").main

    assert words(sheet.select_one(".standfirst")) == "In two sentences."


def test_its_code_is_drawn_from_the_address_of_the_article(client, index):
    def code(page):
        svg = soup(client, f"{page.url}sheet/").select_one(".sheet__code svg")
        return svg.path["d"]

    first, second = (answered(index, slug=slug) for slug in ("one", "two"))

    assert code(first) == code(first)
    assert code(first) != code(second)


def test_search_engines_are_sent_to_the_article(client, index):
    page = article(index)

    head = soup(client, f"{page.url}sheet/").head

    assert head.find("meta", attrs={"name": "robots"})["content"] == "noindex"
    assert head.find("link", rel="canonical")["href"] == page.full_url
    assert f"{page.url}sheet/" not in client.get("/sitemap.xml").content.decode()


def test_there_is_none_where_there_is_nothing_to_take(client, index):
    page = ArticlePageFactory(parent=index)

    assert client.get(f"{page.url}sheet/").status_code == 404
    assert not soup(client, page.url).select(".sheet-link")


@pytest.mark.parametrize("path", ["sheet/1/", "sheets/", "other/"])
def test_no_other_address_beneath_an_article_answers(client, index, path):
    page = answered(index)

    assert client.get(f"{page.url}{path}").status_code == 404


def test_a_draft_has_none_for_readers(client, index):
    page = answered(index, live=False)

    assert client.get(f"{page.url}sheet/").status_code == 404


def test_many_works_cost_as_many_queries_as_one_and_as_the_article(client, index):
    short, long = article(index, works=1), article(index, works=20)

    few, many = (queries(client, f"{page.url}sheet/") for page in (short, long))

    assert len(few) == len(many), "\n".join(query["sql"][:200] for query in many)
    assert len(many) <= len(queries(client, long.url))


def test_the_address_on_paper_is_not_the_sheets(client, index):
    html = client.get(f"{answered(index).url}sheet/").content.decode()

    assert not re.search(r"print-only[^<]*sheet/", html)


def test_says_what_no_page_can_leave_off(client, index):
    site = Site.objects.get()
    DisclaimerSettings.objects.create(
        site=site, medical="<p>See a doctor.</p>", ai="<p>It was checked.</p>"
    )
    value = {"date": "2026-11-03", "text": "<p>It said 84.</p>"}
    page = answered(
        index,
        body=json.dumps([{"type": "correction", "value": value, "id": "c1"}]),
        text_provenance=TextProvenance.AI,
    )
    ArticlePage.objects.update(is_medical=True)

    sheet = soup(client, f"{page.url}sheet/")

    for said in ("See a doctor.", "It was checked.", "It said 84."):
        assert said in sheet.text
    assert sheet.select_one(".text-provenance[data-ai]")
    assert not sheet.select('a[href^="#correction"]')
