"""The mail server is down for an hour: staff see it, and all arrives once after."""

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from applications.models import (
    Application,
    ApplicationLogEntry,
    ApplicationSettings,
    Draft,
    FormRight,
    NotificationChoice,
)
from applications.tasks import notify
from core.models import MailRecord, OutgoingMail
from core.tasks import enqueue
from home.roles import ADMISSIONS
from tests.helpers.factories_applications import ApplicationFormPageFactory, send
from tests.helpers.factories_steps import SteppedFormPageFactory, fill_in, walk
from tests.helpers.mail_server import (
    later,
    mail_server,  # noqa: F401  (a fixture)
)
from tests.helpers.worker import queue, run_queued  # noqa: F401  (queue: a fixture)

pytestmark = pytest.mark.usefixtures("queue", "commits")

APPLICANT, OFFICE, OFFICER = (
    "ada@example.org",
    "office@example.org",
    "officer@example.org",
)


@pytest.fixture
def application(client, home):
    """One that somebody is told of in each way."""
    ApplicationSettings.objects.create(site=home.get_site(), notified=OFFICE)
    send(client, ApplicationFormPageFactory(parent=home))
    return Application.objects.get()


@pytest.fixture
def staff(log_in):
    client = log_in(ADMISSIONS)
    client.user.email = OFFICER
    client.user.save()
    NotificationChoice.objects.create(user=client.user, how="at_once")
    return client


def page_of(staff, application):
    url = reverse("application:inspect", args=[application.pk])
    return staff.get(url).content.decode()


def mails_in(page):
    """Return the part of an application's page about e-mails."""
    return page.split('id="mails"')[1].split("</section>")[0]


def receivers():
    return sorted(address for letter in mail.outbox for address in letter.to)


def test_all_arrives_once_afterwards_and_staff_saw_it_wait(
    application, staff, server, caplog
):
    server.says = ConnectionRefusedError()
    for _ in range(6):
        run_queued()
        later(minutes=10)

    assert mail.outbox == []
    waiting = page_of(staff, application)
    assert waiting.count("The mail server has not been reached since") == 3
    assert "tried 4 times" in waiting
    report = staff.get(reverse("deliveries")).content.decode()
    assert report.count(f"{application}</a>") == 3

    server.says = None
    for _ in range(4):
        later(hours=1)
        run_queued()
    assert receivers() == [APPLICANT, OFFICE, OFFICER]
    seen = page_of(staff, application)
    assert seen.count("Sent on") == 3
    for told in (mails_in(waiting), mails_in(seen), report, caplog.text):
        assert APPLICANT not in told
        assert OFFICE not in told


def test_a_task_that_runs_again_tells_nobody_twice(application, staff):
    run_queued()
    enqueue(notify, str(application.pk))
    run_queued()

    assert receivers() == [APPLICANT, OFFICE, OFFICER]


class TestDeletion:
    def test_takes_along_what_waits_and_what_is_remembered(
        self, application, staff, server
    ):
        server.says = ConnectionRefusedError()
        run_queued()
        assert OutgoingMail.objects.count() == 3

        Application.objects.all().delete()

        assert not OutgoingMail.objects.exists()
        assert not MailRecord.objects.exists()

    def test_of_a_draft_takes_along_the_link_to_it(self, client, home, server):
        server.says = ConnectionRefusedError()
        walk(client, SteppedFormPageFactory(parent=home), until="step/4/")
        fill_in(client, "/apply/step/4/", "save")
        client.post("/apply/save/", {"email": APPLICANT})
        run_queued()
        assert OutgoingMail.objects.count() == 1

        Draft.objects.all().delete()

        assert not OutgoingMail.objects.exists()
        assert not MailRecord.objects.exists()


class TestSeeing:
    def test_takes_as_many_queries_for_many_e_mails_as_for_one(
        self, application, staff, server, django_assert_num_queries
    ):
        server.says = ConnectionRefusedError()
        run_queued()
        url = reverse("deliveries")
        with CaptureQueriesContext(connection) as three:
            page_of(staff, application)
            staff.get(url)
        first = MailRecord.objects.first()
        MailRecord.objects.exclude(pk=first.pk).delete()
        OutgoingMail.objects.exclude(pk=first.mail).delete()

        with django_assert_num_queries(len(three)):
            page_of(staff, application)
            staff.get(url)

    def test_gives_no_button_to_those_who_do_not_decide(
        self, application, staff, server
    ):
        server.says = ConnectionRefusedError()
        run_queued()
        OutgoingMail.objects.update(next_attempt_at=None)
        FormRight.objects.exclude(right="see").delete()

        shown = mails_in(page_of(staff, application))

        assert shown.count("Given up") == 3
        assert "Send again" not in shown

    def test_leads_nobody_from_the_report_who_may_not_see_it(
        self, application, staff, server
    ):
        server.says = ConnectionRefusedError()
        run_queued()
        FormRight.objects.all().delete()

        report = staff.get(reverse("deliveries")).content.decode()

        assert report.count("<td>E-mail</td>") == 3
        assert application.reference not in report


class TestChoosing:
    @pytest.mark.parametrize("why", ["nothing", "no right", "has left", "by day"])
    def test_tells_nobody_who_does_not_want_or_may_not(self, application, staff, why):
        if why == "no right":
            staff.user.groups.clear()
        elif why == "has left":
            staff.user.is_active = False
            staff.user.save()
        else:
            how = "daily" if why == "by day" else why
            NotificationChoice.objects.update(how=how)
        run_queued()

        assert receivers() == [APPLICANT, OFFICE]

    def test_tells_nobody_twice_who_is_among_the_addresses(self, application, staff):
        ApplicationSettings.objects.update(notified=OFFICER.upper())
        run_queued()

        assert receivers() == sorted([APPLICANT, OFFICER.upper()])


class TestSendingAgain:
    @pytest.fixture
    def given_up(self, application, staff, server):
        server.says = ConnectionRefusedError()
        run_queued()
        OutgoingMail.objects.update(next_attempt_at=None, attempts=7)
        server.says = None
        mail_pk = MailRecord.objects.get(audience="applicant").mail
        return str(mail_pk)

    def press(self, staff, application, mail_pk):
        url = reverse("application:mail", args=[application.pk])
        return staff.post(url, {"mail": mail_pk}, follow=True).content.decode()

    def test_sends_it_once_and_is_recorded_once(self, application, staff, given_up):
        assert page_of(staff, application).count("Send again") == 3

        first = self.press(staff, application, given_up)
        second = self.press(staff, application, given_up)
        run_queued()

        assert "is sent again now" in first
        assert "Nothing was sent again" in second
        assert receivers() == [APPLICANT]
        entries = ApplicationLogEntry.objects.filter(action="applications.mail")
        assert [entry.user for entry in entries] == [staff.user]

    def test_sends_none_of_another_application(self, application, staff, given_up):
        other = MailRecord.objects.filter(mail=given_up)
        other.update(about="application:another")

        said = self.press(staff, application, given_up)
        run_queued()

        assert "Nothing was sent again" in said
        assert mail.outbox == []

    def test_of_nonsense_sends_nothing(self, application, staff, given_up):
        assert "Nothing was sent again" in self.press(staff, application, "x'--")
