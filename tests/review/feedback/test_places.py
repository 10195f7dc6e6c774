"""A report is about a paragraph, which the reader chooses and staff find again."""

import json

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from home.roles import MODERATORS
from review.feedback.places import fragment
from review.models import ReaderReport
from testimonials.models import Consent
from tests.helpers.factories_testimonials import (
    TestimonialIndexPageFactory,
    TestimonialPageFactory,
)

pytestmark = pytest.mark.django_db

URL = "/report/"
LONG = " ".join(f"word{number}" for number in range(20))
BEGINNING = " ".join(f"word{number}" for number in range(12)) + "…"
BODY = [
    {"type": "paragraph", "value": f"<p>Rest helps.</p><p>{LONG}</p>", "id": "p1"},
    {
        "type": "heading",
        "value": {"text": "Work & play", "level": "2", "anchor": ""},
        "id": "h1",
    },
    {
        "type": "list",
        "value": {
            "kind": "bullets",
            "items": [{"type": "item", "value": "<p>Take <b>two</b>.</p>", "id": "i"}],
        },
        "id": "l1",
    },
]


@pytest.fixture
def written(article):
    article.body = json.dumps(BODY)
    article.save()
    return article


def form(client, page):
    answer = client.get(URL, {"page": page.pk})
    return BeautifulSoup(answer.content, "html.parser")


def offered(html):
    return [each.text for each in html.select("#report-place option")[1:]]


def test_every_paragraph_of_the_page_can_be_chosen(client, written):
    html = form(client, written)

    assert offered(html) == ["Rest helps.", BEGINNING, "Take two."]
    (group,) = html.select("#report-place optgroup")
    assert group["label"] == "Work & play"
    assert group.option.text == "Take two."


def test_a_page_without_paragraphs_asks_for_none(client, article):
    assert not form(client, article).select_one("#report-place")


def test_more_paragraphs_cost_no_query_more(client, written):
    form(client, written)
    with CaptureQueriesContext(connection) as few:
        form(client, written)
    written.body = json.dumps(
        [
            {"type": "paragraph", "value": f"<p>No. {number}.</p>", "id": str(number)}
            for number in range(40)
        ]
    )
    written.save()
    form(client, written)
    with CaptureQueriesContext(connection) as many:
        assert len(offered(form(client, written))) == 40

    assert len(many) == len(few)


def test_staff_get_the_paragraph_and_a_link_that_leads_to_it(
    client, written, filled, log_in
):
    client.post(URL, filled(place="Take two.", passage="two"))

    report = ReaderReport.objects.get()
    assert report.passage == "Take two.\ntwo"
    edit = reverse("reader_reports:edit", args=[report.pk])
    html = log_in(MODERATORS).get(edit).content.decode()
    assert f'{written.get_url()}#:~:text=Take%20two."' in html


def test_one_that_was_chosen_is_kept_while_something_is_mended(client, written, filled):
    answer = client.post(URL, filled(place=BEGINNING, kind=""))

    html = BeautifulSoup(answer.content, "html.parser")
    (chosen,) = html.select("#report-place option[selected]")
    assert chosen.text == BEGINNING
    assert offered(html).count(BEGINNING) == 1


def test_one_that_is_gone_meanwhile_is_sent_all_the_same(client, written, filled):
    client.post(URL, filled(place="What it said before.", passage=""))

    assert ReaderReport.objects.get().passage == "What it said before."


@pytest.mark.parametrize("place", ["x" * 201, "a\0b"])
def test_what_no_page_offers_is_refused(client, written, filled, place):
    answer = client.post(URL, filled(place=place))

    html = BeautifulSoup(answer.content, "html.parser")
    assert answer.status_code == 422
    assert html.select_one("#report-place-error").text.strip()
    assert html.select_one('.error-summary a[href="#report-place"]')


def test_words_of_a_story_that_nobody_may_read_are_not_offered(client, home):
    story = TestimonialPageFactory(parent=TestimonialIndexPageFactory(parent=home))
    story.body = json.dumps(BODY[:1])
    story.save()
    assert offered(form(client, story))

    Consent.objects.update(withdrawn_at=timezone.now())

    assert not form(client, story).select_one("#report-place")


@pytest.mark.parametrize(
    ("passage", "expected"),
    [
        ("", ""),
        ("…", ""),
        ("Walk-in, & so on…\nmore", "#:~:text=Walk%2Din%2C%20%26%20so%20on"),
        ("one two three four five six", "#:~:text=one%20two%20three%20four%20five"),
    ],
)
def test_the_address_of_a_passage(passage, expected):
    assert fragment(passage) == expected
