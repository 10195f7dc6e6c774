"""The admin's report and calendar of what is due, and what the dashboard adds."""

import csv
import io
import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from lxml import html

from articles.models import ArticlePage
from core.due import registry
from core.due.registry import DueItem
from home.roles import ADMISSIONS, EDITORS, MODERATORS
from tests.helpers.factories import (
    ArticleIndexPageFactory,
    ArticlePageFactory,
    ContentPageFactory,
)
from tests.helpers.factories_applications import ApplicationFormPageFactory
from tests.helpers.factories_testimonials import ConsentFactory

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

NOW = datetime(2026, 6, 15, 12, tzinfo=UTC)
REPORT, CALENDAR = reverse("due_report"), reverse("due_calendar")


@pytest.fixture(autouse=True)
def _clock(at):
    at(NOW)


def waiting(parent, title, days, factory=ContentPageFactory, user=None):
    """A draft that nobody has approved to go live in so many days."""
    page = factory(parent=parent, title=title, live=False, owner=user)
    page.go_live_at = NOW + timedelta(days=days)
    page.save_revision(user=user)
    return page


def shown(client, url=REPORT, **asked):
    response = client.get(url, asked)
    assert response.status_code == 200
    return response.content.decode()


class TestReport:
    def test_lists_what_is_due_the_earliest_first(self, home, log_in):
        waiting(home, "Later", 9)
        waiting(home, "Sooner", 2)
        waiting(home, "Beyond", 200)

        text = shown(log_in(EDITORS))

        assert text.index("Sooner") < text.index("Later")
        assert "Scheduled, but never approved" in text
        assert "17 June 2026, 13:00" in text
        assert "Beyond" not in text

    def test_is_narrowed_by_days_kind_whose_type_and_section(self, home, log_in):
        client = log_in(MODERATORS)
        index = ArticleIndexPageFactory(parent=home, title="Articles")
        waiting(index, "An article", 3, ArticlePageFactory, client.user)
        waiting(home, "A plain page", 60)
        ConsentFactory(given_on=NOW.date() - timedelta(days=400))
        [article_type] = [
            value
            for value, name in client.get(REPORT)
            .context["filters"]
            .form["type"]
            .field.choices
            if name == "article"
        ]

        def titles(**asked):
            text = shown(client, **asked)
            return [name for name in ("An article", "A plain page") if name in text]

        assert titles() == ["An article", "A plain page"]
        assert titles(kind="consent-confirm") == []
        assert titles(kind="never-approved") == ["An article", "A plain page"]
        assert titles(whose="mine") == ["An article"]
        assert titles(type=article_type) == ["An article"]
        assert titles(section=index.path) == ["An article"]
        assert titles(day_from="2026-07-01") == ["A plain page"]
        assert titles(day_to="2026-07-01") == ["An article"]
        assert titles(standing="late") == []
        assert "overdue" in shown(client, kind="consent-confirm")

    def test_finds_what_is_asked_for_however_much_else_is_due(
        self, home, log_in, monkeypatch
    ):
        """It is asked for in the database, before anything is cut."""
        monkeypatch.setattr(registry, "MOST", 2)
        client = log_in(EDITORS)
        index = ArticleIndexPageFactory(parent=home, title="Articles")
        for number in range(4):
            waiting(home, f"Plain {number}", 1)
        waiting(index, "An article", 3, ArticlePageFactory, client.user)
        article = str(ContentType.objects.get_for_model(ArticlePage).pk)
        ConsentFactory(given_on=NOW.date() - timedelta(days=400))

        everything = shown(client)
        assert "An article" not in everything
        assert "5 are due." in everything
        for asked in ({"type": article}, {"section": index.path}, {"whose": "mine"}):
            text = shown(client, **asked)
            assert "An article" in text
            assert "Plain" not in text
            assert "are due." not in text

    def test_what_is_overdue_alone_is_all_of_it(self, home, log_in, at, monkeypatch):
        monkeypatch.setattr(registry, "MOST", 3)
        ApplicationFormPageFactory(parent=home, title="Closed", closes_at=NOW)
        for hour in (-30, -2, -1, 1, 2, 3, 4):
            waiting(home, f"Page {hour + 40} of {hour}", hour / 24)
        client = log_in(EDITORS)

        text = shown(client, standing="late")

        assert re.findall(r"Page \d+ of (-?\d+)\s", text) == ["-30", "-2", "-1"]
        assert "are due." not in text

    def test_a_table_that_is_taken_out_is_whole(self, home, log_in, monkeypatch):
        monkeypatch.setattr(registry, "MOST", 1)
        for number in range(3):
            waiting(home, f"Page {number}", 3)

        answer = log_in(EDITORS).get(REPORT, {"export": "csv"})

        assert len(answer.getvalue().decode().splitlines()) == 4

    @pytest.mark.parametrize(
        "asked",
        [
            {"kind": "nonsense"},
            {"day_from": "0001-01-01", "day_to": "9999-12-31"},
            {"day_to": "yesterday"},
            {"section": "%"},
            {"p": "99"},
        ],
        ids=str,
    )
    @pytest.mark.every_case
    def test_answers_whatever_is_asked(self, home, log_in, asked):
        waiting(home, "A page", 3)

        shown(log_in(EDITORS), **asked)
        shown(log_in(EDITORS), CALENDAR, **asked)

    def test_is_taken_out_as_an_inert_table(self, home, log_in):
        waiting(home, "=HYPERLINK(1)", 3)

        answer = log_in(EDITORS).get(REPORT, {"export": "csv"})

        rows = list(csv.reader(io.StringIO(answer.getvalue().decode())))
        assert rows[0] == ["Day", "Time", "What", "Of what", "Standing", "Address"]
        assert rows[1][:4] == [
            "2026-06-18",
            "13:00",
            "Scheduled, but never approved",
            "'=HYPERLINK(1)",
        ]
        assert rows[1][5].startswith("http://testserver/admin/pages/")
        assert log_in(EDITORS).get(REPORT, {"export": "xlsx"}).status_code == 200

    def test_tells_nobody_of_what_they_may_not_see(self, home, log_in):
        consent = ConsentFactory(given_on=NOW.date() - timedelta(days=400))
        code = consent.subject.reference_code

        assert code in shown(log_in(MODERATORS))
        assert code not in shown(log_in(EDITORS))
        assert code not in shown(log_in(EDITORS), kind="consent-confirm")

    @pytest.mark.parametrize("url", [REPORT, CALENDAR, reverse("due_address")])
    @pytest.mark.every_case
    def test_is_refused_to_whom_nothing_of_it_concerns(self, home, log_in, url):
        client = log_in(ADMISSIONS)

        assert client.get(url).status_code == 302
        menu = client.get(reverse("wagtailadmin_home")).content.decode()
        assert REPORT not in menu


class TestCalendar:
    def cell(self, text, day):
        [cell] = html.fromstring(text).xpath(f"//td[time[@datetime='{day}']]")
        return " ".join(cell.text_content().split())

    def test_draws_each_day_of_the_month_in_a_table_with_headings(self, home, log_in):
        waiting(home, "A plain page", 3)

        text = shown(log_in(EDITORS), CALENDAR)

        table = html.fromstring(text).find(".//table[@class='due-month']")
        assert [each.text for each in table.findall(".//th[@scope='col']")] == [
            "Monday",
            "Tuesday",
            "Wednesday",
            "Thursday",
            "Friday",
            "Saturday",
            "Sunday",
        ]
        assert table.find("caption").text == "What is due in June 2026, a week a row"
        assert self.cell(text, "2026-06-18").endswith(
            "Thursday, 18 June 2026 13:00 A plain page Scheduled, but never approved"
        )
        assert "today" in self.cell(text, "2026-06-15")

    def test_leads_to_the_months_beside_and_keeps_what_narrows_it(self, home, log_in):
        index = ArticleIndexPageFactory(parent=home, title="Articles")
        waiting(index, "An article", 40, ArticlePageFactory)
        waiting(home, "A plain page", 40)
        client = log_in(EDITORS)

        first = shown(client, CALENDAR, section=index.path)
        [following] = html.fromstring(first).xpath("//a[@rel='next']/@href")
        second = shown(client, f"{CALENDAR}{following.removeprefix(CALENDAR)}")

        assert "Nothing is due in this month, or nothing matches." in first
        assert "July 2026" in second
        assert "An article" in second
        assert "A plain page" not in second
        [listed] = html.fromstring(second).xpath(
            f"//header//a[starts-with(@href, '{REPORT}?')]/@href"
        )
        assert "A plain page" not in shown(client, listed)

    def test_shows_what_has_been_as_passed_and_not_as_overdue(self, home, log_in, at):
        ApplicationFormPageFactory(parent=home, closes_at=NOW + timedelta(days=1))
        waiting(home, "A plain page", 2)
        at(NOW + timedelta(days=7))

        text = shown(log_in(EDITORS), CALENDAR)

        assert "overdue" not in self.cell(text, "2026-06-16")
        assert "overdue" in self.cell(text, "2026-06-17")

    def test_counts_what_a_day_has_no_room_for(self, home, log_in):
        for number in range(7):
            waiting(home, f"Page {number}", 3)
        client = log_in(EDITORS)

        text = shown(client, CALENDAR)
        [more] = html.fromstring(text).xpath("//td/a/@href")

        assert "2 more" in self.cell(text, "2026-06-18")
        listed = shown(client, more)
        assert all(f"Page {number}" in listed for number in range(7))

    def test_leads_to_days_that_hold_more_than_was_read(
        self, home, log_in, monkeypatch
    ):
        monkeypatch.setattr(registry, "MOST", 2)
        for number, days in enumerate((1, 3, 3, 5)):
            waiting(home, f"In {days}, page {number}", days)
        client = log_in(EDITORS)

        text = shown(client, CALENDAR)

        assert "more in this month than was read" in text
        assert "all of this day" not in self.cell(text, "2026-06-17")
        for day in ("2026-06-18", "2026-06-20"):
            [link] = html.fromstring(text).xpath(
                f"//td[time[@datetime='{day}']]/a[contains(., 'all of this')]/@href"
            )
            assert "In" in shown(client, link)

    @pytest.mark.parametrize(
        ("day", "hour", "told"),
        [
            (date(2026, 3, 29), "00:30", "2026-03-29 00:30"),  # before the hour is lost
            (date(2026, 3, 29), "22:59", "2026-03-29 23:59"),
            (date(2026, 3, 29), "23:00", "2026-03-30 00:00"),
            (date(2026, 10, 24), "22:59", "2026-10-24 23:59"),
            (date(2026, 10, 24), "23:00", "2026-10-25 00:00"),
            (date(2026, 10, 25), "23:59", "2026-10-25 23:59"),
        ],
    )
    @pytest.mark.every_case
    def test_days_begin_at_midnight_also_when_clocks_change(
        self, home, log_in, at, day, hour, told
    ):
        """The admin's time is London's; what was typed lies in UTC."""
        at(datetime(2026, 1, 1, tzinfo=UTC))
        page = ContentPageFactory(parent=home, title="A page", live=False)
        page.go_live_at = datetime.fromisoformat(f"{day}T{hour}:00+00:00")
        page.save_revision()
        client = log_in(EDITORS)

        text = shown(client, CALENDAR, month=f"{day:%Y-%m}")

        where, when = told.split()
        assert f"{when} A page" in self.cell(text, where)
        assert text.count("A page</a>") == 1
        assert "A page" in shown(client, day_from=where, day_to=where)

    @pytest.mark.parametrize(
        ("month", "heading"),
        [
            ("2027-02", "February 2027"),
            ("2027-13", "June 2026"),
            ("0000-01", "June 2026"),
            ("9999-12", "June 2026"),
            ("x\0", "June 2026"),
        ],
    )
    @pytest.mark.every_case
    def test_shows_this_month_where_none_is_named(self, home, log_in, month, heading):
        answer = log_in(EDITORS).get(CALENDAR, {"month": month})

        assert answer.status_code == (400 if "\0" in month else 200)
        assert answer.status_code == 400 or f"<h2>{heading}</h2>" in (
            answer.content.decode()
        )


class TestDashboard:
    def test_adds_only_what_no_other_line_tells_of(self, home, log_in):
        waiting(home, "A plain page", 3)
        ApplicationFormPageFactory(
            parent=home, title="A form", closes_at=NOW + timedelta(days=1)
        )

        text = shown(log_in(EDITORS), reverse("wagtailadmin_home"))

        assert "1 more date is overdue or falls within seven days." in text
        assert "Form closes: A form, 16 June 2026, 13:00" in text
        assert text.count("A plain page") == 1  # under its own line
        assert f'href="{REPORT}"' in text


def test_the_dashboard_counts_all_of_it(home, log_in, monkeypatch):
    monkeypatch.setattr(registry, "MOST", 2)
    tomorrow = NOW + timedelta(days=1)
    for number in range(4):
        ApplicationFormPageFactory(parent=home, slug=f"f{number}", closes_at=tomorrow)

    text = shown(log_in(EDITORS), reverse("wagtailadmin_home"))

    assert "4 more dates are overdue" in text


def test_an_item_is_told_in_the_time_of_whoever_looks(settings):
    item = DueItem(None, "1", datetime(2026, 6, 15, 23, 30, tzinfo=UTC), "", "/")

    assert item.day.isoformat() == "2026-06-16"  # in London
