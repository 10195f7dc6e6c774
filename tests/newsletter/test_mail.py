"""What is written to those who sign up, and what the links in it do."""

import logging
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup
from django.core import mail, signing
from django.urls import reverse
from django.utils import timezone
from django_tasks.signals import task_enqueued

from core.models import OutgoingMail
from newsletter.links import link
from newsletter.models import Subscriber
from newsletter.tasks import answer_sign_up
from tests.helpers.factories_newsletter import SubscriberFactory

pytestmark = pytest.mark.usefixtures("commits")

SIGN_UP = "/newsletter/sign-up/"
ADDRESS = "Mira.Holt@example.org"
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def fields(home):
    return {"email": ADDRESS}


def soup(response):
    return BeautifulSoup(response.content, "html.parser")


def age_mail(subscriber):
    """Make the last e-mail older than the interval."""
    Subscriber.objects.filter(pk=subscriber.pk).update(
        mailed_at=timezone.now() - timedelta(minutes=11)
    )


class TestLetter:
    def test_asks_for_confirmation_by_a_signed_link(self, client, fields):
        client.post(SIGN_UP, fields)

        (letter,) = mail.outbox
        assert letter.to == [ADDRESS]
        html = letter.alternatives[0].content
        for body in (letter.body, html):
            assert "http://localhost/newsletter/confirm/" in body
            assert "http://localhost/newsletter/unsubscribe/" in body
            assert ADDRESS not in body

    @pytest.mark.parametrize("status", list(Subscriber.Status))
    def test_can_be_left_with_one_click(self, client, fields, status):
        subscriber = SubscriberFactory(email=ADDRESS, status=status)
        client.post(SIGN_UP, fields)
        headers = mail.outbox[0].extra_headers
        url = headers["List-Unsubscribe"].strip("<>")

        response = client.post(
            urlsplit(url).path,
            {"List-Unsubscribe": "One-Click"},
            headers={"Origin": "null"},
        )

        assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert response.status_code == 200
        subscriber.refresh_from_db()
        assert subscriber.status == Subscriber.Status.UNSUBSCRIBED

    def test_comes_at_most_every_ten_minutes(self, client, fields):
        for _ in range(3):
            client.post(SIGN_UP, fields)
        assert len(mail.outbox) == 1

        age_mail(Subscriber.objects.get())
        client.post(SIGN_UP, fields)
        assert len(mail.outbox) == 2

    def test_that_cannot_be_sent_gives_the_visitor_the_same_answer(
        self, client, fields, monkeypatch, caplog
    ):
        from django.core.mail.backends.locmem import EmailBackend

        def refuse(self, messages):
            raise OSError(f"no such recipient {messages[0].to}")

        monkeypatch.setattr(EmailBackend, "send_messages", refuse)

        with caplog.at_level(logging.DEBUG):
            response = client.post(SIGN_UP, fields)

        assert response.status_code == 303
        assert OutgoingMail.objects.get().last_error == "OSError"
        assert "mira.holt" not in caplog.text.lower()

    def test_is_ordered_without_naming_the_address(self, client, fields):
        orders = []

        def note(task_result, **kwargs):
            orders.append((task_result.args, task_result.kwargs))

        task_enqueued.connect(note)
        client.post(SIGN_UP, fields)
        task_enqueued.disconnect(note)

        assert "mira" not in str(orders).lower()
        assert str(Subscriber.objects.get().uuid) in str(orders)

    def test_to_somebody_erased_meanwhile_is_not_sent(self, db):
        answer_sign_up.call(
            "00000000-0000-4000-8000-000000000000", "http://localhost", "Clinic"
        )

        assert not mail.outbox


class TestLinks:
    @pytest.fixture
    def subscriber(self, home):
        return SubscriberFactory()

    def test_opening_one_changes_nothing_and_the_button_confirms(
        self, client, subscriber
    ):
        url = link(subscriber, "confirm")

        asked = client.get(url)
        subscriber.refresh_from_db()
        assert subscriber.status == "pending"
        assert soup(asked).select_one("main form[method=post] button")

        client.post(url)
        subscriber.refresh_from_db()
        assert subscriber.status == "confirmed"
        assert subscriber.confirmed_at

    def test_opening_the_other_changes_nothing_and_the_button_unsubscribes(
        self, client, subscriber
    ):
        url = link(subscriber, "unsubscribe")

        client.get(url)
        subscriber.refresh_from_db()
        assert subscriber.status == "pending"

        assert "no longer receive" in client.post(url).content.decode()
        subscriber.refresh_from_db()
        assert subscriber.status == "unsubscribed"
        assert subscriber.unsubscribed_at

    @pytest.mark.parametrize(
        ("purpose", "field"),
        [("confirm", "confirmed_at"), ("unsubscribe", "unsubscribed_at")],
    )
    def test_pressing_twice_keeps_the_day_of_the_first(
        self, client, subscriber, purpose, field
    ):
        client.post(link(subscriber, purpose))
        Subscriber.objects.update(**{field: LONG_AGO})

        client.post(link(subscriber, purpose))

        assert getattr(Subscriber.objects.get(), field) == LONG_AGO

    def test_who_left_can_come_back(self, client, subscriber):
        client.post(link(subscriber, "unsubscribe"))
        client.post(link(subscriber, "confirm"))

        subscriber.refresh_from_db()
        assert subscriber.status == "confirmed"

    def test_one_to_confirm_holds_seven_days(self, client, subscriber, monkeypatch):
        url, leave = link(subscriber, "confirm"), link(subscriber, "unsubscribe")
        later = signing.time.time() + 7 * 24 * 3600 + 1
        monkeypatch.setattr(signing.time, "time", lambda: later)

        stale = client.post(url)

        assert stale.status_code == 410
        assert "older than seven days" in stale.content.decode()
        assert client.get(leave).status_code == 200
        subscriber.refresh_from_db()
        assert subscriber.status == "pending"

    @pytest.mark.parametrize("purpose", ["confirm", "unsubscribe"])
    @pytest.mark.parametrize("method", ["get", "post"])
    def test_an_altered_one_gets_a_clear_page(
        self, client, subscriber, purpose, method
    ):
        url = link(subscriber, purpose)[:-2] + "x/"

        response = getattr(client, method)(url)

        assert response.status_code == 410
        assert "no longer works" in response.content.decode()

    def test_one_is_not_good_for_the_other_purpose(self, client, subscriber):
        token = link(subscriber, "unsubscribe").split("/")[-2]

        assert (
            client.post(reverse("newsletter:confirm", args=[token])).status_code == 410
        )

    def test_of_somebody_erased_gets_a_clear_page(self, client, subscriber):
        url = link(subscriber, "confirm")
        subscriber.delete()

        assert client.get(url).status_code == 410

    def test_names_no_address(self, subscriber):
        import base64

        for purpose in ("confirm", "unsubscribe"):
            token = link(subscriber, purpose).split("/")[-2].split(":")[0]
            plain = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
            assert b"reader" not in plain

    def test_is_kept_out_of_search_engines_and_caches(self, client, subscriber):
        response = client.get(link(subscriber, "confirm"))

        assert response.headers["X-Robots-Tag"] == "noindex"
        assert "no-store" in response.headers["Cache-Control"]
