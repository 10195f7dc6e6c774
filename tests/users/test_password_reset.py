"""A new password for somebody who has forgotten theirs."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from home.roles import ADMISSIONS
from tests.helpers.signing_in import from_address, set_up, sign_in
from users.tasks import MailNotSentError, mail_password_resets

pytestmark = pytest.mark.usefixtures("commits")

NEW = "a long new password"
DONE = "/admin/password_reset/done/"


@pytest.fixture
def owner(member):
    return member(ADMISSIONS, username="wren", email="wren@clinic.example")


def ask(client, email="wren@clinic.example", **headers):
    return client.post(
        reverse("wagtailadmin_password_reset"), {"email": email}, **headers
    )


def link(message):
    return re.search(
        r"https?://[^/]+(/admin/password_reset/confirm/\S+)", message.body
    )[1]


def choose(client, address):
    form = client.get(address, follow=True)
    data = {"new_password1": NEW, "new_password2": NEW}
    return client.post(form.request["PATH_INFO"], data)


def test_comes_by_a_link_that_is_good_once(client, owner, mailoutbox):
    assert ask(client)["Location"] == DONE
    (message,) = mailoutbox
    assert message.to == ["wren@clinic.example"]
    address = link(message)

    choose(client, address)

    assert sign_in(Client(), "wren", NEW).status_code == 302
    again = client.get(address, follow=True).content.decode()
    assert "Invalid password reset link" in again


def test_leads_to_this_site_whatever_host_was_asked_for(
    client, owner, mailoutbox, settings
):
    settings.ALLOWED_HOSTS = ["*"]
    settings.WAGTAILADMIN_BASE_URL = "https://clinic.example"

    ask(client, headers={"Host": "evil.example"})

    assert "https://clinic.example/admin/" in mailoutbox[0].body
    assert "evil" not in mailoutbox[0].body


def test_signs_nobody_in(client, owner, mailoutbox):
    ask(client)
    choose(client, link(mailoutbox[0]))

    assert client.get("/admin/").status_code == 302


def test_ends_every_session(client, owner, mailoutbox):
    sign_in(client, "wren")
    ask(Client())
    choose(Client(), link(mailoutbox[0]))

    assert client.get("/admin/").status_code == 302


def test_leaves_the_second_factor_as_it_is(client, owner, mailoutbox, required):
    sign_in(client, "wren")
    set_up(client)
    ask(Client())
    choose(Client(), link(mailoutbox[0]))

    response = sign_in(Client(), "wren", NEW)

    assert response["Location"] == "/admin/login/code/"


class TestFlood:
    def test_from_one_address_is_refused(self, client, owner, mailoutbox):
        attacker = from_address("203.0.113.1")
        for number in range(5):
            assert ask(attacker, f"name{number}@clinic.example").status_code == 302

        for email in ("wren@clinic.example", "nobody@clinic.example"):
            refused = ask(attacker, email)
            assert refused.status_code == 429
            assert refused["Retry-After"] == "300"
        assert mailoutbox == []

    def test_fills_nobody_s_mailbox(self, owner, mailoutbox):
        for number in range(20):
            ask(from_address(f"203.0.113.{number}"))

        assert len(mailoutbox) == 3

    def test_does_not_keep_the_owner_from_a_new_password(
        self, client, owner, mailoutbox
    ):
        for number in range(20):
            ask(from_address(f"203.0.113.{number}"))

        assert ask(client)["Location"] == DONE
        choose(client, link(mailoutbox[-1]))
        assert sign_in(Client(), "wren", NEW).status_code == 302

    def test_is_not_hidden_by_a_forged_header(self, owner, mailoutbox):
        attacker = from_address("203.0.113.1")
        statuses = [
            ask(attacker, headers={"X-Forwarded-For": f"198.51.100.{n}"}).status_code
            for n in range(6)
        ]
        assert statuses == [302] * 5 + [429]


class TestEnumeration:
    @pytest.fixture
    def left(self, member):
        return member(ADMISSIONS, email="left@clinic.example", is_active=False)

    def test_learns_nothing_from_the_answer(
        self, owner, left, settings, django_assert_num_queries
    ):
        """As a queue does: what costs time is done elsewhere."""
        settings.TASKS = {
            "default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}
        }
        answers = set()
        for name in ("wren", "nobody", "left"):
            with django_assert_num_queries(1):
                response = ask(Client(), f"{name}@clinic.example")
            answers.add((response.status_code, response["Location"]))
            page = Client().get(response["Location"])
            assert f"{name}@" not in page.content.decode()

        assert answers == {(302, DONE)}

    def test_writes_to_nobody_who_has_left(self, client, owner, left, mailoutbox):
        ask(client, "left@clinic.example")
        ask(client, "nobody@clinic.example")
        mail_password_resets.call([left.pk])

        assert mailoutbox == []


class TestMailServer:
    @pytest.fixture
    def down(self, monkeypatch):
        def refuse(*args, **kwargs):
            raise OSError("wren@clinic.example was refused")

        monkeypatch.setattr("users.tasks.send_mail", refuse)

    def test_that_is_down_is_named_without_the_address(self, owner, down):
        with pytest.raises(MailNotSentError, match=r"^OSError$"):
            mail_password_resets.call([owner.pk])

    def test_that_is_down_shows_in_no_answer(self, client, owner, down):
        assert ask(client)["Location"] == DONE

    def test_that_was_down_did_not_use_up_the_limit(
        self, owner, mailoutbox, monkeypatch, commits
    ):
        with monkeypatch.context() as patched:
            patched.setattr("users.tasks.send_mail", lambda *a: 1 / 0)
            for _ in range(5):
                with pytest.raises(MailNotSentError):
                    mail_password_resets.call([owner.pk])

        with commits():
            mail_password_resets.call([owner.pk])

        assert len(mailoutbox) == 1
