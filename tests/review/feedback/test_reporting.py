"""Readers report a problem with a page, on a form that needs no script."""

import pytest
from bs4 import BeautifulSoup
from django.db import OperationalError, connection

from review.feedback import limits
from review.feedback.tokens import ReportToken
from review.models import ReaderReport

from .conftest import ADDRESS, SECRET

pytestmark = pytest.mark.django_db

URL = "/report/"


def soup(response):
    return BeautifulSoup(response.content, "html.parser")


class TestForm:
    def test_a_link_at_the_foot_of_a_page_leads_to_it(self, client, article):
        link = soup(client.get(article.url)).select_one(".footer__report a")

        assert link["href"] == f"{URL}?page={article.pk}"
        form = client.get(link["href"])
        assert "Rest and work" in soup(form).main.text
        assert form.headers["X-Robots-Tag"] == "noindex"
        assert "no-store" in form.headers["Cache-Control"]
        assert not form.cookies

    @pytest.mark.parametrize("asked", ["", "x", "0", "9" * 400, "²"])
    def test_without_a_page_it_is_about_the_site(self, client, home, asked):
        response = client.get(URL, {"page": asked})

        assert response.status_code == 200
        assert not soup(response).select_one("[name=page], [name=passage]")

    def test_says_nothing_of_a_page_that_readers_do_not_see(self, client, article):
        article.unpublish()

        response = client.get(f"{URL}?page={article.pk}")

        assert "Rest and work" not in response.content.decode()

    def test_answers_head_and_refuses_other_methods(self, client, home):
        assert client.head(URL).status_code == 200
        assert client.delete(URL).status_code == 405


class TestSending:
    def test_stores_what_was_typed_encrypted(self, client, filled, article):
        response = client.post(URL, filled())

        assert response.status_code == 303
        assert response.url == f"/report/sent/?page={article.pk}"
        report = ReaderReport.objects.get()
        assert (report.page_id, report.kind, report.status) == (
            article.pk,
            "wrong",
            "new",
        )
        assert (report.text, report.email) == (SECRET, ADDRESS)
        with connection.cursor() as cursor:
            cursor.execute("SELECT * FROM review_readerreport")
            [row] = cursor.fetchall()
        assert not any(each in str(row) for each in (SECRET, ADDRESS, "two a day"))

    def test_thanks_with_a_way_back(self, client, filled, article):
        thanks = client.get(client.post(URL, filled()).url)

        assert soup(thanks).select_one(f'main a[href="{article.url}"]')
        assert thanks.headers["X-Robots-Tag"] == "noindex"

    def test_the_same_sent_twice_is_one(self, client, filled):
        fields = filled()

        assert client.post(URL, fields).status_code == 303
        assert client.post(URL, fields).status_code == 303

        assert ReaderReport.objects.count() == 1

    def test_what_was_changed_after_going_back_stands_beside_it(self, client, filled):
        fields = filled()
        client.post(URL, fields)

        client.post(URL, {**fields, "email": "", "text": "Something else, too."})

        reports = {(each.text, each.email) for each in ReaderReport.objects.all()}
        assert reports == {(SECRET, ADDRESS), ("Something else, too.", None)}

    def test_needs_nothing_but_what_it_is_about(self, client, filled):
        client.post(URL, filled(passage="", text="", email=""))

        assert ReaderReport.objects.get().email is None

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"kind": ""}, "kind"),
            ({"kind": "x"}, "kind"),
            ({"kind": "other", "text": " "}, "text"),
            ({"text": "x" * 2001}, "text"),
            ({"text": "a\0b"}, "text"),
            ({"passage": "x" * 501}, "passage"),
            ({"email": "mira@"}, "email"),
            ({"email": f"{'m' * 250}@example.org"}, "email"),
        ],
    )
    def test_says_at_the_field_what_is_wrong_and_loses_nothing(
        self, client, filled, changes, field
    ):
        fields = filled(**changes)

        response = client.post(URL, fields)

        assert response.status_code == 422
        page = soup(response)
        assert page.title.text.startswith("Error: ")
        assert page.select_one(f"#report-{field}-error").text.strip()
        assert page.select_one(f'.error-summary a[href="#report-{field}"]')
        typed = page.select_one("#report-text").text.removeprefix("\n")
        assert typed == fields["text"].replace("\0", "").lstrip("\n")
        assert page.select_one("#report-email")["value"] == fields["email"]
        assert not ReaderReport.objects.exists()

    def test_a_line_break_is_one_character_as_in_the_browser(self, client, filled):
        client.post(URL, filled(text="\r\n".join("x" * 1000)[:-2] + "xx"))

        assert ReaderReport.objects.get().text.count("\n") == 998

    def test_nothing_typed_is_in_addresses_or_logs(self, client, filled, caplog):
        response = client.post(URL, filled())
        client.post(URL, filled(email="mira@"))

        for secret in (SECRET, "mira", "two a day"):
            assert secret not in response.url + caplog.text

    def test_says_so_when_it_cannot_be_stored(self, client, filled, monkeypatch):
        def fail(*args, **kwargs):
            raise OperationalError

        monkeypatch.setattr(ReaderReport.objects, "get_or_create", fail)

        response = client.post(URL, filled())

        assert response.status_code == 503
        assert SECRET in response.content.decode()


class TestSpam:
    @pytest.mark.parametrize(
        ("changes", "headers", "status"),
        [
            ({"website": "https://spam.example"}, {}, 422),
            ({"token": ""}, {}, 422),
            ({"token": "forged"}, {}, 422),
            ({}, {"Sec-Fetch-Site": "cross-site"}, 403),
        ],
    )
    def test_is_asked_again_with_what_was_typed(
        self, client, filled, changes, headers, status
    ):
        response = client.post(URL, filled(**changes), headers=headers)

        assert response.status_code == status
        page = soup(response)
        assert page.select_one(".notice").text.strip()
        assert SECRET in page.select_one("#report-text").text
        assert page.select_one("[name=website]").get("value", "") == ""
        assert not ReaderReport.objects.exists()

    def test_what_is_sent_at_once_is_taken_when_sent_again(
        self, client, filled, monkeypatch
    ):
        token = ReportToken.new()
        fields = filled(token=str(token))
        assert client.post(URL, fields).status_code == 422

        later = token.shown_at + 10
        monkeypatch.setattr("review.feedback.tokens.time.time", lambda: later)

        assert client.post(URL, fields).status_code == 303

    def test_many_from_one_network_have_to_wait(self, client, filled):
        for _ in range(limits.REPORTS.attempts):
            assert client.post(URL, filled()).status_code == 303

        response = client.post(URL, filled())

        assert response.status_code == 429
        assert response.headers["Retry-After"] == "600"
        assert SECRET in response.content.decode()
        other = client.post(URL, filled(), REMOTE_ADDR="203.0.113.9")
        assert other.status_code == 303
