"""What readers are told of a page's history: one list, and notes in the margin."""

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.helpers.factories import ContentPageFactory
from tests.helpers.schema_org import nodes_by_fragment
from tests.review.history.conftest import RIGHT, correction, paragraph

pytestmark = pytest.mark.django_db


def shown(client, page):
    return BeautifulSoup(client.get(page.url).content, "html.parser")


def rows(client, page):
    return {
        row.dt.text: " ".join(row.dd.text.split())
        for row in shown(client, page).select(".page-history > div")
    }


def test_a_page_that_was_only_published_says_when(client, published):
    assert list(rows(client, published)) == ["Published"]


def test_a_plain_page_says_nothing_until_there_is_something_to_say(client, home):
    page = ContentPageFactory(parent=home, body=[("paragraph", "<p>One.</p>")])

    assert rows(client, page) == {}


def test_an_update_says_what_has_changed(client, published, publish):
    page = publish(published, change_note=" A new trial was added. ")

    assert rows(client, page)["Updated"].endswith(": A new trial was added.")
    assert page.change_note == ""
    assert page.updated_at == page.last_published_at


def test_a_later_small_change_leaves_the_note_and_a_later_update_replaces_it(
    client, published, publish
):
    publish(published, change_note="A new trial was added.")
    page = publish(published, standfirst="Reworded.")
    assert page.updated_note == "A new trial was added."

    page = publish(page, significant_change=True)

    assert page.updated_note == ""


def test_a_correction_is_listed_and_the_same_change_is_told_once(
    client, published, publish
):
    today = timezone.localdate()
    page = publish(published, paragraph(RIGHT, "p2"), correction(day=str(today)))

    listed = rows(client, page)

    assert list(listed) == ["Published", "Corrected"]
    assert listed["Corrected"].endswith(": It said 84.")
    assert page.updated_at == page.last_published_at


def test_the_newest_correction_stands_first(client, corrected, publish):
    old = correction("It said 74.", "c0", day="2026-05-01")
    page = publish(corrected, paragraph(RIGHT, "p2"), correction(), old)

    html = shown(client, page)

    links = [a["href"] for a in html.select(".page-history a")]
    assert links == ["#correction-c1", "#correction-c0"]
    assert all(html.select_one(link) for link in links)


def test_the_note_leads_to_the_version_before_it(client, corrected, wrong_version):
    link = shown(client, corrected).select_one(".correction a")

    assert link["href"] == f"{corrected.url}versions/{wrong_version.pk}/"


def test_machines_are_told_what_was_corrected(client, corrected):
    page = nodes_by_fragment(client.get(corrected.url))["webpage"]

    assert page["correction"] == [
        {
            "@type": "CorrectionComment",
            "text": "It said 84.",
            "datePublished": timezone.localdate().isoformat(),
        }
    ]
    assert page["dateModified"] >= page["datePublished"]


def test_further_corrections_cost_no_query_more(client, corrected, publish):
    with CaptureQueriesContext(connection) as before:
        client.get(corrected.url)
    publish(corrected, paragraph(RIGHT, "p2"), correction(), correction("Two.", "c2"))
    with CaptureQueriesContext(connection) as after:
        client.get(corrected.url)

    assert len(after) == len(before)
