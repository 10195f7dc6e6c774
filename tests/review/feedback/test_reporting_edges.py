"""Reports by readers while a page or the database goes, and sent over again."""

import pytest
from bs4 import BeautifulSoup
from wagtail.models import Page

from review.feedback import views
from review.models import ReaderReport
from tests.helpers.database_gone import database_gone
from tests.helpers.visiting import visit

from .conftest import ADDRESS, SECRET

URL = "/report/"
HERE = {"Origin": "http://testserver"}

pytestmark = pytest.mark.django_db


def soup(response):
    return BeautifulSoup(response.content, "html.parser")


def test_without_the_database_the_form_is_drawn_as_it_was_filled_in(filled, article):
    fields = filled()
    with database_gone():
        answer = visit(URL, fields, HERE)

    assert answer.status == 503
    assert answer.headers["Retry-After"] == "60"
    assert "no-store" in answer.headers["Cache-Control"]
    form = answer.soup.select_one("main form")
    assert form["action"] == URL
    assert form.select_one("#report-text").text.strip() == SECRET
    assert form.select_one("#report-email")["value"] == ADDRESS
    assert form.select_one("[name=page]")["value"] == str(article.pk)
    assert form.select_one("[name=kind][checked]")["value"] == "wrong"
    assert form.select_one("[name=token]")["value"] == fields["token"]


def test_without_the_database_another_sites_text_is_not_printed(filled):
    for fields, headers in (
        (filled(), {"Origin": "https://elsewhere.example"}),
        (filled(token="forged"), HERE),
    ):
        with database_gone():
            answer = visit(URL, fields, headers)
        assert answer.status == 503
        assert SECRET not in answer.text


@pytest.mark.django_db(transaction=True)
def test_a_page_that_is_deleted_meanwhile_leaves_the_report(
    client, filled, article, monkeypatch
):
    stale = Page.objects.get(pk=article.pk)
    fields = filled()
    article.delete()
    monkeypatch.setattr(views, "_page_known", lambda pk: stale)
    monkeypatch.setattr(views, "page_asked_for", lambda pk: None)

    assert client.post(URL, fields).status_code == 303

    assert ReaderReport.objects.get().page is None


def test_a_page_that_is_a_draft_by_now_is_kept_and_not_named(client, filled, article):
    article.unpublish()

    mistaken = client.post(URL, filled(email="mira@"))
    sent = client.post(URL, filled())

    assert "Rest and work" not in mistaken.content.decode()
    assert "Take two a day." in mistaken.content.decode()
    assert soup(mistaken).select_one("[name=page]")["value"] == str(article.pk)
    assert sent.url == "/report/sent/"
    report = ReaderReport.objects.get()
    assert report.page_id == article.pk
    assert report.page_title == "Rest and work"


@pytest.mark.parametrize("page", ["", "0", "1", "9" * 9])
def test_what_names_no_page_is_about_the_site(client, home, filled, page):
    client.post(URL, filled(page=page))

    report = ReaderReport.objects.get()
    assert report.page is None
    assert report.page_title == "The site, or a page that is gone"


def test_what_was_changed_and_sent_over_and_over_is_one_more(client, filled):
    fields = filled()
    client.post(URL, fields)

    for _ in range(3):
        client.post(URL, {**fields, "text": "Something else, too."})
    client.post(URL, {**fields, "text": "A third."})

    assert ReaderReport.objects.count() == 3


def test_whoever_follows_the_address_is_thanked_for_nothing(client, home):
    page = soup(client.get("/report/sent/")).main.text

    assert "If you have just sent a report" in page
    assert "Thank you for your report" not in page
