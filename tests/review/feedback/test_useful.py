"""Whether a page was useful: counted by day, without who answered."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageViewRestriction

from delivery.visibility import changes_pages
from home.roles import ADMISSIONS, EDITORS
from review.feedback import limits
from review.models import UsefulCount
from tests.helpers.factories import (
    ArticleIndexPageFactory,
    ArticlePageFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

URL = "/useful/"


@pytest.fixture
def article(home):
    index = ArticleIndexPageFactory(parent=home)
    return ArticlePageFactory(parent=index, title="Rest and work")


def soup(response):
    return BeautifulSoup(response.content, "html.parser")


def counts():
    return list(UsefulCount.objects.values_list("yes", "no"))


def test_an_article_asks_with_a_form_that_needs_no_script(client, article):
    form = soup(client.get(article.url)).select_one("#useful form")

    assert (form["method"], form["action"]) == ("post", URL)
    assert [each["value"] for each in form.select("button")] == ["yes", "no"]


def test_leads_back_to_the_page_that_thanks(client, article):
    response = client.post(URL, {"page": article.pk, "answer": "yes"})

    assert response.status_code == 303
    assert response.url == f"{article.url}?useful=counted#useful"
    assert not response.cookies
    question = soup(client.get(response.url)).select_one("#useful")
    assert "If you have just answered: thank you" in question.text
    assert question.form  # whoever follows the address has not answered
    assert counts() == [(1, 0)]


def test_counts_by_page_and_day(client, article, at):
    client.post(URL, {"page": article.pk, "answer": "yes"})
    client.post(URL, {"page": article.pk, "answer": "no"})
    UsefulCount.objects.update(day=timezone.localdate() - timedelta(days=1))
    client.post(URL, {"page": article.pk, "answer": "no"})

    assert sorted(counts()) == [(0, 1), (1, 1)]


def test_of_two_first_answers_at_once_both_count(article, monkeypatch):
    """The second finds no row, and then that somebody has made it."""
    UsefulCount.objects.count_answer(article, is_useful=True)
    update = type(UsefulCount.objects.all()).update
    calls = []

    def blind(rows, **values):
        calls.append(values)
        return 0 if len(calls) == 1 else update(rows, **values)

    monkeypatch.setattr(type(UsefulCount.objects.all()), "update", blind)

    UsefulCount.objects.count_answer(article, is_useful=True)

    assert counts() == [(2, 0)]


@pytest.mark.parametrize(
    "data", [{}, {"answer": "yes"}, {"page": "9" * 99}, {"page": "\0", "answer": "no"}]
)
def test_what_names_no_page_counts_nothing(client, home, data):
    response = client.post(URL, data)

    assert response.status_code == 422
    assert "not counted" in soup(response).h1.text
    assert counts() == []


def test_without_an_answer_nothing_is_counted_and_the_page_is_one_step_away(
    client, article
):
    response = client.post(URL, {"page": article.pk})

    assert response.status_code == 422
    assert soup(response).select_one(f'main a[href="{article.url}#useful"]')


def test_a_script_is_told_that_it_counted(client, article):
    data, headers = {"page": article.pk}, {"Accept": "application/json"}

    assert client.post(URL, data, headers=headers).status_code == 422
    counted = client.post(URL, {**data, "answer": "no"}, headers=headers)

    assert counted.status_code == 204
    assert counts() == [(0, 1)]


def test_a_page_for_some_asks_nothing(client, article):
    PageViewRestriction.objects.create(page=article, restriction_type="login")
    client.force_login(UserFactory())

    page = soup(client.get(article.url))

    assert page.h1.text == "Rest and work"
    assert not page.select("#useful, .footer__report")


def test_a_get_counts_nothing(client, article):
    assert client.get(URL, {"page": article.pk, "answer": "yes"}).status_code == 303
    assert client.put(URL).status_code == 405
    assert counts() == []


def test_a_draft_is_not_counted(client, article):
    article.unpublish()

    client.post(URL, {"page": article.pk, "answer": "yes"})

    assert counts() == []


def test_another_site_cannot_count(client, article):
    response = client.post(
        URL,
        {"page": article.pk, "answer": "yes"},
        headers={"Sec-Fetch-Site": "cross-site"},
    )

    assert response.status_code == 403
    assert counts() == []


def test_many_from_one_network_are_told_that_they_do_not_count(client, article):
    data = {"page": article.pk, "answer": "no"}
    for _ in range(limits.ANSWERS_ON_PAGE.attempts):
        client.post(URL, data)

    response = client.post(URL, data)

    assert response.status_code == 429
    assert "not counted" in soup(response).h1.text
    assert counts() == [(0, limits.ANSWERS_ON_PAGE.attempts)]


@pytest.mark.parametrize(
    "change",
    ['UPDATE "review_usefulcount" SET "yes" = 1', 'DELETE FROM "review_readerreport"'],
)
def test_changes_no_stored_page(change):
    assert not changes_pages(change, (), many=False)


class TestReport:
    @pytest.fixture(autouse=True)
    def _answers(self, article):
        today = timezone.localdate()
        for days, yes, no in [(0, 3, 1), (8, 0, 4), (400, 100, 100)]:
            day = today - timedelta(days=days)
            UsefulCount.objects.create(page=article, day=day, yes=yes, no=no)

    def test_shows_the_answers_of_a_year(self, log_in):
        page = soup(log_in(EDITORS).get(reverse("useful_report")))

        [row] = page.select("table.listing tbody tr")
        cells = [cell.text.strip() for cell in row.select("td")]
        assert cells[-4:-1] == ["3", "5", "38"]
        points = row.polyline["points"].split()
        assert len(points) == 12
        assert (points[-1], points[-2], points[-3]) == ("66,1", "60,1", "54,19")

    @pytest.mark.parametrize(("share", "is_listed"), [("no", True), ("yes", False)])
    def test_is_filtered(self, log_in, share, is_listed):
        page = log_in(EDITORS).get(reverse("useful_report"), {"share": share})

        assert ("Rest and work" in page.content.decode()) is is_listed

    def test_is_exported(self, log_in):
        response = log_in(EDITORS).get(reverse("useful_report"), {"export": "csv"})

        lines = b"".join(response).decode().splitlines()
        assert lines[0].endswith('Useful,Not useful,"Useful, in per cent"')
        assert lines[1].endswith(",3,5,37.5")

    def test_is_for_those_with_the_permission(self, log_in):
        page = log_in(ADMISSIONS).get(reverse("useful_report"), follow=True)

        assert "Rest and work" not in page.content.decode()

    def test_forgets_after_two_years(self, article):
        old = timezone.localdate() - timedelta(days=731)
        UsefulCount.objects.create(page=article, day=old, yes=1)

        call_command("tidy_feedback")

        assert UsefulCount.objects.filter(day=old).count() == 0
        assert UsefulCount.objects.count() == 3
