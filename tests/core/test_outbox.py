"""E-mails wait in the database, are sent by a task, and none is lost."""

import logging
import smtplib
import time
from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail import BadHeaderError, EmailMessage, mail_admins, send_mail
from django.db import OperationalError, connection, transaction
from django_tasks_db.models import DBTaskResult

from core.models import OutgoingMail
from core.outbox import delivery
from core.outbox.messages import from_text, to_text
from core.retries import PAUSES
from tests.helpers.database_gone import database_gone
from tests.helpers.mail_server import (
    later,
    mail_server,  # noqa: F401  (a fixture)
)
from tests.helpers.relay import refused_port, silent_port
from tests.helpers.worker import queue, run_queued  # noqa: F401  (queue: a fixture)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("queue")]

READER = "a.reader@example.org"
SMTP = "django.core.mail.backends.smtp.EmailBackend"


def write(**changes):
    """Send an e-mail, as any app does."""
    message = {
        "subject": "Welcome",
        "body": "Hello",
        "from_email": "clinic@example.org",
        "to": [READER],
    }
    EmailMessage(**message | changes).send()


class TestSending:
    def test_waits_for_the_worker_and_then_leaves_no_trace(self):
        write()

        assert mail.outbox == []
        run_queued()
        [letter] = mail.outbox
        assert (letter.subject, letter.to) == ("Welcome", [READER])
        assert not OutgoingMail.objects.exists()

    def test_is_part_of_the_transaction_of_whoever_sends(self):
        with transaction.atomic():
            write()
            transaction.set_rollback(True)

        assert not OutgoingMail.objects.exists()
        assert not DBTaskResult.objects.exists()

    def test_tells_the_database_nothing_in_clear(self):
        write()

        with connection.cursor() as cursor:
            cursor.execute("SELECT * FROM core_outgoingmail")
            [row] = cursor.fetchall()
        [task] = DBTaskResult.objects.values()
        for text in (str(row), str(task), str(OutgoingMail.objects.get())):
            assert READER not in text
            assert "Hello" not in text

    @pytest.mark.parametrize("port", ["silent", "refused"])
    def test_never_holds_whoever_asks_for_it(self, client, home, settings, port):
        with silent_port() as silent:
            settings.MAIL_DELIVERY_BACKEND = SMTP
            settings.EMAIL_HOST = "127.0.0.1"
            settings.EMAIL_PORT = silent.port if port == "silent" else refused_port()
            settings.EMAIL_TIMEOUT = 1
            for number in range(24):
                address = f"reader-{number}@example.org"
                assert client.post("/newsletter/sign-up/", {"email": address}).url

            assert silent.accepted == 0
            waiting = DBTaskResult.objects.ready()
            assert waiting.filter(task_path__endswith="answer_sign_up").count() == 24

    def test_holds_a_worker_no_longer_than_the_timeout(self, settings):
        with silent_port() as silent:
            settings.MAIL_DELIVERY_BACKEND = SMTP
            settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", silent.port
            settings.EMAIL_TIMEOUT = 1
            write()
            started = time.monotonic()
            run_queued()

            assert time.monotonic() - started < 20
            assert silent.accepted == 1
            assert OutgoingMail.objects.get().last_error == "SMTPServerDisconnected"

    def test_lets_other_tasks_go_first(self):
        from core.media.tasks import put_files_in_place

        write()
        put_files_in_place.enqueue()

        assert DBTaskResult.objects.ready()[0].task_path.endswith("put_files_in_place")


class TestFailure:
    def test_is_tried_again_after_longer_and_longer_pauses(self, server):
        server.says = ConnectionRefusedError()
        write()

        for attempt, pause in enumerate(PAUSES, start=1):
            run_queued()
            assert OutgoingMail.objects.get().attempts == attempt
            later(seconds=pause.total_seconds() - 30)
            run_queued()
            assert OutgoingMail.objects.get().attempts == attempt, "too early"
            later(seconds=30)
        server.says = None
        run_queued()

        assert len(mail.outbox) == 1
        assert not OutgoingMail.objects.exists()
        assert sorted(PAUSES) == PAUSES

    def test_is_given_up_in_the_end_and_stays_for_staff(self, server, caplog):
        server.says = ConnectionRefusedError()
        write()
        for _ in range(len(PAUSES) + 3):
            run_queued()
            later(days=2)

        waiting = OutgoingMail.objects.get()
        assert waiting.attempts == len(PAUSES) + 1
        assert waiting.next_attempt_at is None
        assert waiting.last_error == "ConnectionRefusedError"
        assert [r.levelno for r in caplog.records].count(logging.ERROR) == 1

    @pytest.mark.parametrize(
        ("answer", "is_final"),
        [
            (smtplib.SMTPRecipientsRefused({READER: (550, b"no such user")}), True),
            (smtplib.SMTPRecipientsRefused({READER: (451, b"greylisted")}), False),
            (
                smtplib.SMTPRecipientsRefused({"a": (550, b""), "b": (451, b"")}),
                False,
            ),
            (smtplib.SMTPDataError(554, b"looks like spam"), True),
            (smtplib.SMTPDataError(452, b"mailbox full"), False),
            (smtplib.SMTPAuthenticationError(535, b"wrong password"), False),
        ],
    )
    def test_is_final_when_the_server_says_never(self, server, answer, is_final):
        server.says = answer
        write()
        run_queued()

        assert (OutgoingMail.objects.get().next_attempt_at is None) == is_final

    def test_names_nobody(self, server, caplog):
        caplog.set_level(logging.DEBUG)
        server.says = smtplib.SMTPRecipientsRefused({READER: (550, READER.encode())})
        write()
        run_queued()

        told = caplog.text + str(list(OutgoingMail.objects.values("last_error")))
        told += str(list(DBTaskResult.objects.values()))
        assert "SMTPRecipientsRefused" in told
        assert READER not in told

    def test_of_a_key_keeps_the_e_mail(self, settings):
        write()
        keys, settings.FIELD_KEYS = settings.FIELD_KEYS, ["A" * 43 + "="]
        run_queued()
        assert OutgoingMail.objects.get().last_error == "UnknownKeyError"

        settings.FIELD_KEYS = keys
        later(minutes=1)
        run_queued()

        assert len(mail.outbox) == 1

    def test_of_the_database_is_told_to_whoever_sends(self):
        with database_gone():
            with pytest.raises(OperationalError):
                write()
            mail_admins("Fault", "Somewhere", fail_silently=True)

    def test_is_forgotten_after_a_month(self, server):
        server.says = ConnectionRefusedError()
        write()
        write()
        old = OutgoingMail.objects.first()
        old.created_at -= timedelta(days=31)
        old.save()

        delivery.forget_old()

        assert OutgoingMail.objects.get() != old


class TestTwoWorkers:
    def test_send_an_e_mail_once(self):
        write()
        uuid = str(OutgoingMail.objects.get().pk)

        def send(self, messages):
            assert delivery.deliver(uuid) is None, "the second one leaves it alone"

        from django.core.mail.backends.locmem import EmailBackend

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(EmailBackend, "send_messages", send)
            delivery.deliver(uuid)

        assert not OutgoingMail.objects.exists()

    def test_take_over_when_one_is_killed(self, monkeypatch):
        write()
        waiting = OutgoingMail.objects.get()

        def be_killed(text):
            raise SystemExit

        with monkeypatch.context() as patch:
            patch.setattr(delivery, "from_text", be_killed)
            with pytest.raises(SystemExit):
                delivery.deliver(str(waiting.pk))
        delivery.deliver(str(waiting.pk))
        assert mail.outbox == [], "it may still be sending"
        later(minutes=5)
        delivery.deliver(str(waiting.pk))

        assert len(mail.outbox) == 1


class TestMessage:
    def test_comes_back_as_it_was(self):
        message = mail.EmailMultiAlternatives(
            "Größe €𝄞",
            "Text",
            "Clinic <clinic@example.org>",
            to=["a@example.org", "b@example.org"],
            cc=["c@example.org"],
            bcc=["d@example.org"],
            reply_to=["e@example.org"],
            headers={"List-Unsubscribe": "<https://example.org/>"},
            attachments=[
                ("bytes.bin", b"\0\xff", "application/octet-stream"),
                ("text.txt", "words", "text/plain"),
            ],
        )
        message.attach_alternative("<p>HTML</p>", "text/html")
        message.extra_headers["Date"] = "Fri, 09 Jan 2026 10:00:00 +0000"

        again = from_text(to_text(message))

        assert again.recipients() == message.recipients()
        parts, parts_again = (
            [
                (part.get_content_type(), part.get_payload(decode=True))
                for part in m.walk()
            ]
            for m in (message.message(), again.message())
        )
        assert parts_again == parts
        for name in ("Subject", "From", "To", "Cc", "Reply-To", "Message-ID"):
            assert again.message()[name] == message.message()[name]
        assert again.message()["List-Unsubscribe"]

    def test_keeps_what_kind_of_text_it_is(self):
        message = EmailMessage("S", "<p>HTML</p>", to=[READER])
        message.content_subtype = "html"

        assert from_text(to_text(message)).message().get_content_type() == "text/html"

    def test_keeps_its_id_so_that_one_sent_twice_is_known(self):
        text = to_text(EmailMessage("S", "B", to=[READER]))

        ids = {from_text(text).message()["Message-ID"] for _ in range(2)}
        assert len(ids) == 1

    def test_that_cannot_be_sent_is_refused_when_it_is_written(self):
        with pytest.raises(BadHeaderError):
            send_mail("Two\nlines", "B", None, [READER])

        assert not OutgoingMail.objects.exists()
