"""Who looked at applications can be read by person and by application, and no more."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone
from wagtail.log_actions import log

from applications.models import Application, ApplicationLogEntry
from home.roles import ADMISSIONS
from tests.helpers.admin_addresses import addresses
from tests.helpers.factories import UserFactory
from tests.helpers.factories_applications import (
    ApplicationFormPageFactory,
    send,
    take_all,
)
from tests.helpers.factories_steps import soup_of
from tests.helpers.revealing import inspect_url, reveal

URL = reverse("application_log")
NAME = "view_applicationlogentry"


@pytest.fixture
def form_page(home):
    return ApplicationFormPageFactory(parent=home)


@pytest.fixture
def application(client, form_page):
    send(client, form_page)
    return Application.objects.get()


@pytest.fixture
def auditor(log_in, home):
    client = log_in(ADMISSIONS)
    client.user.user_permissions.add(Permission.objects.get(codename=NAME))
    return client


def rows(client, **query):
    table = soup_of(client.get(URL, query)).select_one("table.listing tbody")
    return [row.text for row in table.select("tr")] if table else []


@pytest.fixture
def readers(application):
    """Two people, of whom the first has revealed it and the second saved a file."""
    people = [UserFactory(username=name) for name in ("ada", "bea")]
    log(application, "applications.reveal", user=people[0], data={"reason": "decide"})
    log(application, "applications.file", user=people[1])
    return people


class TestReport:
    def test_says_who_did_what_to_what_the_latest_first(
        self, auditor, readers, application
    ):
        first, second = rows(auditor)

        assert "bea" in first
        assert "Saved a file" in first
        assert "ada" in second
        assert "To decide on the application" in second
        assert application.reference in second

    def test_is_told_by_person_action_day_and_application(
        self, auditor, readers, application
    ):
        tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()

        for query, expected in (
            ({"user": readers[0].pk}, ["ada"]),
            ({"action": "applications.file"}, ["bea"]),
            ({"timestamp_from": tomorrow}, []),
            ({"application": str(application.pk)}, ["bea", "ada"]),
            ({"application": "11111111-1111-4111-8111-111111111111"}, []),
            ({"label": application.reference}, ["bea", "ada"]),
        ):
            found = rows(auditor, **query)
            assert len(found) == len(expected), query
            assert all(name in row for name, row in zip(expected, found, strict=True))

    def test_is_led_to_from_the_application(self, auditor, application):
        link = f"{URL}?application={application.pk}"

        assert link in auditor.get(inspect_url(application.pk)).content.decode()
        auditor.user.user_permissions.clear()
        assert link not in auditor.get(inspect_url(application.pk)).content.decode()

    def test_needs_the_permission_whatever_else_one_may(
        self, log_in, readers, application
    ):
        for role in (ADMISSIONS, "Moderators"):
            client = log_in(role)
            for name in ("application_log", "application_log_results"):
                response = client.get(reverse(name))
                assert response.status_code in {302, 403}
                assert application.reference not in response.content.decode()

    def test_leads_to_no_application_that_one_may_not_see(
        self, auditor, readers, application, form_page
    ):
        link = inspect_url(application.pk)
        assert link in auditor.get(URL).content.decode()

        take_all(form_page)

        assert link not in auditor.get(URL).content.decode()

    def test_shows_all_in_pages_with_as_many_queries(
        self, auditor, readers, application, django_assert_max_num_queries
    ):
        for _ in range(60):
            log(application, "applications.read", user=readers[0])
        auditor.get(URL)

        with django_assert_max_num_queries(22):
            first = rows(auditor)
        assert len(first) == 50
        assert len(rows(auditor, p=2)) == 12

    def test_of_people_and_applications_that_are_gone_stays(
        self, auditor, readers, application
    ):
        reference = application.reference
        application.delete()
        readers[0].delete()

        text = " ".join(rows(auditor))

        assert reference in text
        assert "deleted" in text


class TestNothingChangesIt:
    def test_no_permission_to_does_exist(self, db):
        named = Permission.objects.filter(content_type__model="applicationlogentry")

        assert [each.codename for each in named] == [NAME]

    def test_no_address_but_the_reports_is_about_it(self):
        about = {
            address.name
            for address in addresses()
            if address.model is ApplicationLogEntry
        }

        assert about == {"application_log", "application_log_results"}

    @pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
    def test_the_report_only_answers_questions(self, admin_client, readers, method):
        assert getattr(admin_client, method)(URL).status_code == 405
        assert ApplicationLogEntry.objects.count() == 2

    def test_what_staff_do_only_adds_to_it(self, log_in, application):
        officer = log_in(ADMISSIONS)
        reveal(officer, application.pk)
        before = list(ApplicationLogEntry.objects.values().order_by("number"))

        officer.post(
            reverse("application:status", args=[application.pk]),
            {"state": "reading", "version": "1"},
        )
        application.delete()

        after = list(ApplicationLogEntry.objects.values().order_by("number"))
        assert after[: len(before)] == before
        assert len(after) == len(before) + 1
