"""What is remembered of e-mails about something, and forgotten with it."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from core.mail import Subject, letter, send_again
from core.models import MailRecord, OutgoingMail
from core.outbox import delivery, records
from tests.helpers.worker import queue, run_queued  # noqa: F401  (queue: a fixture)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("queue")]

READER = "a.reader@example.org"


def write(*about):
    """Queue an e-mail about things; return what waits."""
    letter(
        "Secret subject",
        "newsletter/emails/confirm",
        {"site_name": "Clinic", "root_url": "https://clinic.example.org"},
        [READER],
        about_what=Subject(about or ("thing:1",), "news", "reader"),
    ).send()
    return OutgoingMail.objects.latest("created_at")


def test_a_sent_one_leaves_when_and_to_whom_in_kind_but_no_address():
    write()
    run_queued()

    [record] = MailRecord.objects.values()
    assert (record["about"], record["kind"]) == ("thing:1", "news")
    assert (record["audience"], record["attempts"]) == ("reader", 1)
    assert record["sent_at"]
    assert READER not in str(record)
    assert "Secret" not in str(record)
    assert not OutgoingMail.objects.exists()


class TestForgetting:
    def test_deletes_what_waits_for_whichever_of_its_subjects_goes(self):
        write("thing:1", "thing:2")
        write("thing:3")

        records.forget_about("thing:2")

        assert [each.about for each in MailRecord.objects.all()] == ["thing:3"]
        run_queued()
        assert len(mail.outbox) == 1

    def test_leaves_what_was_sent_about_other_things(self):
        write("thing:1", "thing:2")
        run_queued()

        records.forget_about("thing:2")

        assert [each.about for each in MailRecord.objects.all()] == ["thing:1"]

    @pytest.mark.parametrize("error", [None, ConnectionRefusedError()])
    def test_while_it_is_sent_brings_nothing_back(self, monkeypatch, error):
        waiting = write()

        def send(self, messages):
            records.forget_about("thing:1")
            if error:
                raise error

        monkeypatch.setattr(
            "django.core.mail.backends.locmem.EmailBackend.send_messages", send
        )

        assert delivery.deliver(str(waiting.pk)) is None
        assert not OutgoingMail.objects.exists()
        assert not MailRecord.objects.exists()

    def test_comes_after_two_years(self):
        write()
        write()
        old = MailRecord.objects.first()
        MailRecord.objects.filter(pk=old.pk).update(
            queued_at=timezone.now() - timedelta(days=731)
        )

        records.forget_old_records()

        assert MailRecord.objects.get() != old


class TestSendingAgain:
    def test_queues_what_was_given_up_once_however_often_it_is_asked_for(self):
        waiting = write()
        DBTaskResult.objects.all().delete()
        OutgoingMail.objects.update(attempts=7, next_attempt_at=None)

        assert [send_again(waiting.pk) for _ in range(2)] == [True, False]
        assert DBTaskResult.objects.count() == 1
        run_queued()
        assert len(mail.outbox) == 1

    def test_leaves_alone_what_waits_for_its_next_attempt(self):
        waiting = write()
        OutgoingMail.objects.update(attempts=2)

        assert not send_again(waiting.pk)
        assert OutgoingMail.objects.get().attempts == 2
