"""Members of staff, and the site's addresses, are told once a day how many wait."""

from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.users.models import UserProfile

from applications.models import (
    Application,
    ApplicationSettings,
    NotificationChoice,
    SentDigest,
)
from applications.notifying import digests
from home.roles import ADMISSIONS, EDITORS
from tests.helpers.at_once import at_once
from tests.helpers.factories_applications import (
    ApplicationFormPageFactory,
    send,
    take_all,
)

OFFICER, OFFICE = "officer@example.org", "office@example.org"

pytestmark = pytest.mark.usefixtures("commits")


@pytest.fixture
def clock(monkeypatch):
    """The time of day, at first seven in the morning; ``clock.now`` sets it."""

    class Clock:
        now = timezone.make_aware(datetime(2026, 3, 2, 7, 5))

    monkeypatch.setattr(digests.timezone, "localtime", lambda *args: Clock.now)
    return Clock


@pytest.fixture
def application(client, home, clock):
    send(client, ApplicationFormPageFactory(parent=home))
    mail.outbox.clear()
    return Application.objects.get()


@pytest.fixture
def staff(log_in):
    client = log_in(ADMISSIONS)
    client.user.email = OFFICER
    client.user.save()
    NotificationChoice.objects.create(user=client.user, how="daily")
    return client


@pytest.fixture
def run(commits):
    """Let so many hours pass and run the command; return the e-mails that it sent."""

    def run(clock=None, **time):
        if clock:
            clock.now += timedelta(**time)
        mail.outbox.clear()
        with commits():
            call_command("send_digests")
        return list(mail.outbox)

    return run


class TestDigest:
    def test_speaks_the_language_of_whoever_gets_it(self, application, staff, run):
        UserProfile.objects.update_or_create(
            user=staff.user, defaults={"preferred_language": "de"}
        )

        [message] = run()

        assert message.subject == "Anträge, die warten"

    def test_says_how_many_by_form_and_leads_there_and_says_no_more(
        self, application, staff, run
    ):
        Application.objects.update(assignee=staff.user, due_on="2020-01-01")

        [letter] = run()

        html = letter.alternatives[0].content
        form = application.definition.page
        for text in (letter.body, html):
            for said in (
                form.title,
                f"{reverse('application:index')}?form={form.pk}",
                "new: 1",
                "waiting on you: 1",
                "overdue: 1",
            ):
                assert said in text
            for secret in ("Quillfeather", application.reference, str(application.pk)):
                assert secret not in text
        assert letter.to == [OFFICER]

    def test_is_sent_once_a_day_and_not_several_after_a_stop(
        self, application, staff, run, clock
    ):
        sent = [
            len(run()),
            len(run()),
            len(run(clock, hours=9)),
            len(run(clock, hours=10)),  # at two in the morning
            len(run(clock, hours=7)),
            len(run(clock, days=4)),
            len(run(clock, hours=1)),
        ]

        assert sent == [1, 0, 0, 0, 1, 1, 0]

    @pytest.mark.django_db(transaction=True)
    def test_by_two_runs_at_the_same_moment_is_sent_once(self, application, staff):
        done = at_once(digests.send_due, digests.send_due)

        assert sum(sent for sent, _failed in done) == 1
        assert [letter.to for letter in mail.outbox] == [[OFFICER]]

    def test_waits_for_the_hour_that_was_chosen(self, application, staff, run, clock):
        NotificationChoice.objects.update(hour=9)

        assert [len(run()), len(run(clock, hours=2))] == [0, 1]

    def test_is_not_sent_when_nothing_waits(self, application, staff, run, clock):
        Application.objects.update(status="closed")
        assert run() == []

        Application.objects.update(status="received")
        assert run(clock, hours=3) == [], "the day is over"

    @pytest.mark.parametrize("why", ["nothing", "at_once", "no right", "has left"])
    def test_goes_to_nobody_who_does_not_want_it_or_may_not(
        self, application, staff, run, why
    ):
        if why == "no right":
            take_all(application.definition.page)
        elif why == "has left":
            staff.user.is_active = False
            staff.user.save()
        else:
            NotificationChoice.objects.update(how=why)

        assert run() == []

    def test_that_fails_is_sent_by_the_next_run_and_stops_no_other(
        self, application, staff, run, monkeypatch, caplog
    ):
        ApplicationSettings.objects.create(
            site=application.definition.page.get_site(), notified=OFFICE, is_daily=True
        )
        letter = digests.letter

        def fail(subject, template, context, to, **more):
            if to == [OFFICER]:
                raise OSError(OFFICER)
            return letter(subject, template, context, to, **more)

        with monkeypatch.context() as patch:
            patch.setattr(digests, "letter", fail)
            with pytest.raises(CommandError):
                run()
        assert SentDigest.objects.count() == 1
        assert OFFICER not in caplog.text

        assert [each.to for each in run()] == [[OFFICER]]


class TestAddressesOfTheSite:
    def test_receive_one_e_mail_a_day_and_none_for_each(
        self, client, application, run, clock
    ):
        form = application.definition.page
        ApplicationSettings.objects.create(
            site=form.get_site(), notified=OFFICE, is_daily=True
        )
        send(client, form)
        assert OFFICE not in [to for letter in mail.outbox for to in letter.to]

        [letter] = run()
        assert letter.to == [OFFICE]
        assert "new: 2" in letter.body
        assert "waiting on you" not in letter.body
        assert run(clock, hours=5) == []


class TestChoosing:
    URL = "wagtailadmin_account"

    def post(self, staff, **changes):
        posted = {
            "name_email-first_name": "Ada",
            "name_email-last_name": "Curlew",
            "name_email-email": OFFICER,
            "theme-theme": "system",
            "theme-contrast": "system",
            "theme-density": "default",
            "theme-keyboard_shortcuts": "on",
            "locale-preferred_language": "en",
            "locale-current_time_zone": "Europe/London",
        }
        return staff.post(reverse(self.URL), posted | changes)

    def test_is_each_persons_own(self, application, staff):
        page = staff.get(reverse(self.URL)).content.decode()
        assert "applications-how" in page

        answer = self.post(
            staff, **{"applications-how": "at_once", "applications-hour": "16"}
        )

        assert answer.status_code == 302
        choice = NotificationChoice.objects.get(user=staff.user)
        assert (choice.how, choice.hour) == ("at_once", 16)

    def test_of_no_such_hour_is_told_and_stores_nothing(self, application, staff):
        answer = self.post(
            staff, **{"applications-how": "at_once", "applications-hour": "24"}
        )

        assert "24 is not one of the available choices" in answer.content.decode()
        assert NotificationChoice.objects.get().how == "daily"

    def test_stays_when_an_older_page_is_posted(self, application, staff):
        assert self.post(staff).status_code == 302

        assert NotificationChoice.objects.get().how == "daily"

    def test_is_offered_to_nobody_without_a_right(self, application, log_in):
        page = log_in(EDITORS).get(reverse(self.URL)).content.decode()

        assert "applications-how" not in page
