"""Staff see which e-mails and tasks have failed, and try them again."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail import send_mail
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from core.media.tasks import put_files_in_place
from core.models import OutgoingMail
from home.roles import ADMISSIONS, EDITORS, MODERATORS, SEO_SPECIALISTS
from tests.helpers.worker import queue, run_queued  # noqa: F401  (queue: a fixture)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("queue")]

READER = "a.reader@example.org"


@pytest.fixture
def report(log_in):
    """Ask for the report, or post to it, as an admissions officer."""
    staff = log_in(ADMISSIONS)
    url = reverse("deliveries")

    class Report:
        def text(self):
            return staff.get(url).content.decode()

        def post(self, **data):
            return staff.post(url, data)

    return Report()


@pytest.fixture
def given_up(db):
    """An e-mail that could not be sent."""
    send_mail("Secret subject", "Secret text", None, [READER])
    DBTaskResult.objects.all().delete()
    waiting = OutgoingMail.objects.get()
    waiting.attempts, waiting.next_attempt_at = 7, None
    waiting.last_error = "SMTPRecipientsRefused"
    waiting.save()
    return waiting


@pytest.fixture
def failed(db):
    """A task that has failed for good."""
    put_files_in_place.enqueue()
    result = DBTaskResult.objects.get(task_path=put_files_in_place.module_path)
    result.worker_ids = ["one"] * 7
    result.set_failed(OSError(READER))
    return result


class TestReport:
    def test_says_that_all_is_well(self, report):
        assert "Every e-mail was delivered" in report.text()

    def test_says_what_failed_how_often_and_why(self, report, given_up, failed):
        text = report.text()

        for said in (
            "E-mail",
            "SMTPRecipientsRefused",
            "Put files in place",
            "OSError",
            "<td>7</td>",
            "Given up",
        ):
            assert said in text

    @pytest.mark.parametrize(
        ("error", "said"),
        [
            ("SMTPRecipientsRefused", "refused the address it was to go to"),
            ("SMTPAuthenticationError", "name or password"),
            ("ConnectionRefusedError", "has not been reached since"),
            ("UnknownKeyError", "The key that opens this e-mail is missing"),
            ("KeyError", "an administrator must look into"),
        ],
    )
    def test_says_why_in_plain_words(self, report, given_up, error, said):
        OutgoingMail.objects.update(last_error=error)

        assert said in report.text()

    def test_names_nobody(self, report, given_up, failed):
        text = report.text()

        assert READER not in text
        assert "Secret" not in text

    def test_leaves_out_what_waits_for_its_first_attempt(self, report):
        send_mail("S", "B", None, [READER])
        put_files_in_place.enqueue()

        assert "Every e-mail was delivered" in report.text()

    def test_says_that_no_worker_runs(self, report):
        put_files_in_place.enqueue()
        assert "No worker runs" not in report.text()
        DBTaskResult.objects.update(enqueued_at=timezone.now() - timedelta(minutes=6))

        assert "No worker runs" in report.text()

    def test_takes_a_pause_for_what_it_is(self, report, failed):
        DBTaskResult.objects.update(
            status="READY",
            enqueued_at=timezone.now() - timedelta(hours=1),
            run_after=timezone.now() + timedelta(hours=1),
        )

        assert "No worker runs" not in report.text()

    def test_counts_what_it_does_not_list(self, report, given_up, monkeypatch):
        monkeypatch.setattr("core.views.deliveries._MOST", 1)
        OutgoingMail.objects.create(message="", attempts=1)

        text = report.text()

        assert "2 in all" in text
        assert text.count("<td>E-mail</td>") == 1


class TestTryingAgain:
    def test_sends_an_e_mail(self, report, given_up):
        report.post(action="again", key=f"mail:{given_up.pk}")
        run_queued()

        assert len(mail.outbox) == 1
        assert not OutgoingMail.objects.exists()

    def test_runs_a_task(self, report, failed):
        report.post(action="again", key=f"task:{failed.pk}")
        failed.refresh_from_db()
        assert failed.worker_ids == []
        run_queued()

        failed.refresh_from_db()
        assert failed.status == "SUCCESSFUL"

    def test_does_all_of_it(self, report, given_up, failed):
        report.post(action="again", key="all")
        run_queued()

        assert len(mail.outbox) == 1
        failed.refresh_from_db()
        assert failed.status == "SUCCESSFUL"

    def test_leaves_alone_what_is_being_sent(self, report, given_up):
        OutgoingMail.objects.update(
            last_error="", next_attempt_at=timezone.now() + timedelta(minutes=5)
        )

        report.post(action="again", key="all")

        assert not DBTaskResult.objects.exists()

    def test_touches_only_what_was_chosen(self, report, given_up, failed):
        report.post(action="again", key=f"task:{failed.pk}")

        given_up.refresh_from_db()
        assert given_up.next_attempt_at is None

    def test_of_something_that_is_gone_does_nothing(self, report, given_up):
        key = f"mail:{given_up.pk}"
        given_up.delete()

        assert report.post(action="again", key=key).status_code == 302
        assert not DBTaskResult.objects.exists()

    @pytest.mark.parametrize("key", ["", "mail:", "mail:x", "task:1'--", "x:y"])
    @pytest.mark.parametrize("action", ["again", "discard"])
    def test_of_nonsense_is_refused(self, report, given_up, failed, action, key):
        assert report.post(action=action, key=key).status_code == 400
        assert OutgoingMail.objects.exists()
        assert DBTaskResult.objects.exists()

    def test_takes_no_other_action(self, report, given_up):
        answer = report.post(action="read", key=f"mail:{given_up.pk}")

        assert answer.status_code == 400


class TestDiscarding:
    def test_deletes_what_was_chosen(self, report, given_up, failed):
        report.post(action="discard", key=f"mail:{given_up.pk}")
        assert not OutgoingMail.objects.exists()
        assert DBTaskResult.objects.exists()

        report.post(action="discard", key=f"task:{failed.pk}")
        assert not DBTaskResult.objects.exists()

    def test_of_everything_at_once_is_refused(self, report, given_up):
        assert report.post(action="discard", key="all").status_code == 400
        assert OutgoingMail.objects.exists()


class TestDashboard:
    SAID = "have failed."

    def test_says_so_to_those_who_can_help(self, log_in, home, given_up, failed):
        text = log_in(ADMISSIONS).get(reverse("wagtailadmin_home")).content.decode()

        assert "2 e-mails or tasks have failed." in text
        assert reverse("deliveries") in text

    def test_says_nothing_to_others_or_when_all_is_well(self, log_in, home, client):
        admin = reverse("wagtailadmin_home")
        assert self.SAID not in log_in(None).get(admin).content.decode()
        OutgoingMail.objects.create(message="", attempts=1)
        OutgoingMail.objects.create(message="", attempts=1)

        assert self.SAID in log_in(None).get(admin).content.decode()
        for role in (EDITORS, MODERATORS, SEO_SPECIALISTS):
            assert self.SAID not in log_in(role).get(admin).content.decode()


def test_only_those_who_may_post(log_in, home, given_up):
    answer = log_in(EDITORS).post(
        reverse("deliveries"), {"action": "discard", "key": f"mail:{given_up.pk}"}
    )

    assert answer.status_code in {302, 403}
    assert OutgoingMail.objects.exists()
