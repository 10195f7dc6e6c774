"""The list: narrowed down, counted, searched without a trace, nothing hidden."""

import re
import uuid
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from applications.contacts import contact_hash
from applications.models import Application, ApplicationState
from home.roles import ADMISSIONS, EDITORS
from tests.helpers.factories import UserFactory

INDEX = "/admin/applications/"
NUMBER = re.compile(r"\b[A-Z0-9]{4}-[A-Z0-9]{4}\b")


@pytest.fixture
def filed(form_page):
    """Files an application with what a test is about."""

    def file(**more):
        application = Application.objects.create(
            definition=form_page.latest_definition,
            submission_key=uuid.uuid4(),
            **more,
        )
        return application.reference

    return file


@pytest.fixture
def officer(log_in):
    return log_in(ADMISSIONS)


def listed(page):
    """Return the reference numbers in the table."""
    soup = BeautifulSoup(page.content, "html.parser")
    titles = soup.select("#listing-results td.title")
    return set(NUMBER.findall(" ".join(title.text for title in titles)))


def text_of(page):
    return " ".join(BeautifulSoup(page.content, "html.parser").get_text(" ").split())


def search(officer, words):
    return officer.post(reverse("application:search"), {"words": words})


class TestFilters:
    def test_by_kind_and_by_a_state_of_ones_own(self, officer, filed, form_page):
        first, second = [
            ApplicationState.objects.create(
                form=form_page, status="reading", name=name, sort_order=order
            )
            for order, name in enumerate(("Call", "Visit"))
        ]
        unset = filed(status="reading")
        called = filed(status="reading", state=first)
        visited = filed(status="reading", state=second)
        filed(status="received")

        assert listed(officer.get(INDEX, {"state": "reading"})) == {
            unset,
            called,
            visited,
        }
        assert listed(officer.get(INDEX, {"state": first.pk})) == {unset, called}
        assert listed(officer.get(INDEX, {"state": second.pk})) == {visited}

    def test_by_who_has_it_and_by_what_is_overdue(self, officer, filed):
        other = UserFactory()
        yesterday = timezone.localdate() - timedelta(days=1)
        mine = filed(assignee=officer.user, due_on=yesterday)
        others = filed(assignee=other, due_on=timezone.localdate())
        nobodys = filed(status="closed", due_on=yesterday)

        assert listed(officer.get(INDEX, {"assignee": "mine"})) == {mine}
        assert listed(officer.get(INDEX, {"assignee": "nobody"})) == {nobodys}
        assert listed(officer.get(INDEX, {"overdue": "yes"})) == {mine}
        assert listed(officer.get(INDEX)) == {mine, others, nobodys}

    def test_by_the_state_it_counts_in_after_a_process_that_knows_no_states(
        self, officer, filed, form_page
    ):
        first, other = [
            ApplicationState.objects.create(form=form_page, status=status, name=status)
            for status in ("closed", "reading")
        ]
        left = filed(status="closed", state=other)

        assert listed(officer.get(INDEX, {"state": first.pk})) == {left}
        assert listed(officer.get(INDEX, {"state": other.pk})) == set()

    @pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
    def test_by_a_day_at_the_end_of_all_calendars(self, officer, filed, day):
        filed()
        for name in ("received_from", "received_to"):
            assert officer.get(INDEX, {name: day}).status_code == 200

    def test_by_form_day_and_suspicion(self, officer, filed, form_page):
        earlier = timezone.now() - timedelta(days=30)
        old, new = filed(submitted_at=earlier), filed(suspicion="fast")
        day = timezone.localdate() - timedelta(days=2)

        assert listed(officer.get(INDEX, {"received_from": day})) == {new}
        assert listed(officer.get(INDEX, {"received_to": day})) == {old}
        assert listed(officer.get(INDEX, {"suspicion": "fast"})) == {new}
        assert listed(officer.get(INDEX, {"form": form_page.pk})) == {old, new}

    def test_says_how_many_are_left_out_and_on_which_page_it_is(self, officer, filed):
        for _ in range(23):
            filed()
        filed(status="closed")

        page = officer.get(INDEX, {"state": "received", "p": "2"})

        assert "21 to 23 of 23." in text_of(page)
        assert "1 other is left out" in text_of(page)


class TestColumns:
    def test_name_state_colleague_day_and_age(self, officer, filed):
        ada = UserFactory(first_name="Ada", last_name="Curlew")
        today = timezone.localdate()
        filed(
            status="asked",
            assignee=ada,
            due_on=today - timedelta(days=1),
            submitted_at=timezone.now() - timedelta(days=12, hours=1),
        )

        row = BeautifulSoup(officer.get(INDEX).content, "html.parser").select_one(
            "#listing-results tbody tr"
        )

        cells = [cell.get_text(" ", strip=True) for cell in row("td")]
        assert {"More asked", "Ada Curlew", "12"} <= set(cells)
        assert any("overdue" in cell for cell in cells)

    def test_count_by_form_and_state_above(self, officer, filed, form_page):
        filed()
        filed()
        filed(status="closed")

        soup = BeautifulSoup(officer.get(INDEX).content, "html.parser")

        said = " ".join(soup.select_one(".inbox-counts").get_text(" ").split())
        assert said == (f"{form_page.title} (3) Received 2 Closed without a decision 1")
        for link in soup.select(".inbox-counts dd a"):
            expected = int(link.next_sibling.strip())
            assert len(listed(officer.get(link["href"]))) == expected


class TestSearch:
    @pytest.mark.parametrize("write", [str, str.lower, lambda r: f" {r[:4]} {r[5:]} "])
    def test_finds_a_reference_number_however_it_is_written(
        self, officer, filed, write
    ):
        wanted = filed()
        filed()

        found = search(officer, write(wanted))

        assert wanted not in found.url
        assert listed(officer.get(found.url)) == {wanted}

    def test_finds_an_address_under_every_key_and_leaves_no_trace(
        self, officer, filed, settings
    ):
        old = filed(contact_hash=contact_hash("ada@example.org"))
        new_key = "bm5ubm5ubm5ubm5ubm5ubm5ubm5ubm5ubm5ubm5ubm4="
        settings.FIELD_KEYS = [new_key, *settings.FIELD_KEYS]
        new = filed(contact_hash=contact_hash("ada@example.org"))
        filed(contact_hash=contact_hash("bela@example.org"))

        found = search(officer, " Ada@Example.org ")
        page = officer.get(found.url)

        assert listed(page) == {old, new}
        for trace in ("ada", "example", "%40", "@", contact_hash("ada@example.org")):
            assert trace not in found.url.lower()
        assert "ada@" not in page.content.decode().lower()
        assert "1 other is left out" in text_of(page)

    def test_goes_on_under_filters(self, officer, filed):
        hashed = contact_hash("ada@example.org")
        filed(contact_hash=hashed, status="closed")
        wanted = filed(contact_hash=hashed)
        url = search(officer, "ada@example.org").url

        page = officer.get(f"{url}&state=received")

        assert listed(page) == {wanted}
        soup = BeautifulSoup(page.content, "html.parser")
        assert soup.find("input", {"name": "found"})["value"] in url.replace("%3D", "=")

    def test_without_words_or_with_an_address_not_ours_hides_nothing_unsaid(
        self, officer, filed
    ):
        filed()
        assert search(officer, "  ").url == INDEX

        page = officer.get(INDEX, {"found": "made-up"})

        assert listed(page) == set()
        assert "This address is no search of this site" in text_of(page)
        assert "1 other is left out" in text_of(page)

    def test_is_closed_to_others(self, log_in, filed):
        assert search(log_in(EDITORS), filed()).url != INDEX


def test_three_and_thirty_take_the_same_queries(officer, filed, form_page):
    def queries():
        with CaptureQueriesContext(
            connection,
        ) as captured:
            officer.get(INDEX)
        return len(captured)

    others = [UserFactory() for _ in range(30)]
    for number in range(3):
        filed(assignee=others[number])
    officer.get(INDEX)
    few = queries()
    for number in range(27):
        filed(assignee=others[number], status="reading")

    assert queries() <= few


def test_the_dashboard_tells_what_is_new_mine_and_overdue(officer, filed, form_page):
    yesterday = timezone.localdate() - timedelta(days=1)
    filed()
    filed(status="reading", assignee=officer.user, due_on=yesterday)
    filed(status="closed", assignee=officer.user, due_on=yesterday)

    page = officer.get(reverse("wagtailadmin_home"))

    said = text_of(page)
    assert "1 new application has arrived." in said
    assert "You have 1 application to work on." in said
    assert "1 application is overdue." in said
    soup = BeautifulSoup(page.content, "html.parser")
    links = [link["href"] for link in soup("a", href=True)]
    leading = [link for link in links if link.startswith(f"{INDEX}?")]
    assert [len(listed(officer.get(link))) for link in leading] == [1, 1, 1]
