"""What codes of an app and recovery codes are worth."""

import time

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils.http import urlencode

from home.roles import MODERATORS
from tests.helpers.signing_in import (
    from_address,
    give_code,
    recovery_codes,
    set_up,
    sign_in,
    totp,
)

HOME = "/admin/"
SET_UP = "/admin/second-factor/set-up/"

pytestmark = pytest.mark.usefixtures("required")


class TestCode:
    def test_follows_the_password(self, client, officer, secret):
        assert sign_in(client, "officer")["Location"] == "/admin/login/code/"
        assert client.get(HOME)["Location"].startswith("/admin/login/")
        before = client.session.session_key

        assert give_code(client, totp(secret, 1))["Location"] == HOME

        assert client.get(HOME).status_code == 200
        assert client.session.session_key != before

    def test_keeps_where_somebody_wanted_to_go(self, client, officer, secret):
        data = {"login": "officer", "password": "password", "next": "/admin/account/"}
        client.post(reverse("account_login"), data)

        assert give_code(client, totp(secret, 1))["Location"] == "/admin/account/"

    def test_is_asked_of_nobody_without_the_password(self, client, officer, secret):
        assert give_code(client, totp(secret, 1))["Location"] == "/admin/login/"
        assert client.get(HOME).status_code == 302

    @pytest.mark.parametrize("code", ["", "000000", "abcdef", "\uff11" * 6, "0" * 500])
    def test_opens_nothing_when_it_is_wrong(self, client, officer, secret, code):
        sign_in(client, "officer")

        assert give_code(client, code).status_code == 200
        assert client.get(HOME).status_code == 302

    @pytest.mark.parametrize("steps", [-1, 0, 1])
    def test_may_be_half_a_minute_off(self, client, officer, secret, steps):
        cache.clear()  # and so the code by which it was set up
        sign_in(client, "officer")

        assert give_code(client, totp(secret, steps))["Location"] == HOME

    @pytest.mark.parametrize("steps", [-3, -2, 2, 3])
    def test_may_not_be_older_or_newer(self, client, officer, secret, steps):
        sign_in(client, "officer")

        assert give_code(client, totp(secret, steps)).status_code == 200

    @pytest.mark.parametrize("written", ["{}", "{} ", "{}-"])
    def test_is_good_once_as_long_as_it_is_valid(
        self, client, officer, secret, written, monkeypatch
    ):
        code = totp(secret, 1)
        sign_in(client, "officer")
        give_code(client, code)
        # Allauth alone forgets it after half a minute.
        now = time.time()
        monkeypatch.setattr(time, "time", lambda: now + 40)

        again = Client()
        sign_in(again, "officer")
        spaced = (
            f"{code[:3]} {code[3:]}" if written == "{:.3} " else written.format(code)
        )

        assert give_code(again, spaced).status_code == 200
        assert again.get(HOME).status_code == 302

    def test_is_used_up_by_setting_up(self, client, officer, secret):
        sign_in(client, "officer")

        assert give_code(client, totp(secret)).status_code == 200

    def test_of_somebody_else_opens_nothing(self, client, member, officer, secret):
        member(MODERATORS, username="other")
        others = Client()
        sign_in(others, "other")
        theirs = set_up(others)
        sign_in(client, "officer")

        assert give_code(client, totp(theirs, 1)).status_code == 200

    def test_is_still_asked_for_after_a_new_password(self, client, officer, secret):
        officer.set_password("another password")
        officer.save()

        response = sign_in(client, "officer", "another password")

        assert response["Location"] == "/admin/login/code/"

    def test_does_not_let_in_who_was_dismissed_meanwhile(self, client, officer, secret):
        sign_in(client, "officer")
        officer.is_active = False
        officer.save()

        give_code(client, totp(secret, 1))

        assert client.get(HOME).status_code == 302


class TestLimits:
    def test_refuse_who_guesses(self, client, officer, secret):
        sign_in(client, "officer")
        for _ in range(5):
            assert give_code(client, "000000").status_code == 200

        for code in ("000000", totp(secret, 1)):
            refused = give_code(client, code)
            assert refused.status_code == 429
            assert refused["Retry-After"] == "300"
        assert client.get(HOME).status_code == 302

    def test_do_not_lock_the_owner_out(self, client, officer, secret):
        attacker = from_address("203.0.113.1")
        sign_in(attacker, "officer")
        for _ in range(30):
            give_code(attacker, "000000")

        sign_in(client, "officer")

        assert give_code(client, totp(secret, 1))["Location"] == HOME

    def test_hold_for_one_password_wherever_it_is_used(self, client, officer, secret):
        for number in range(10):
            attacker = from_address(f"203.0.113.{number}")
            sign_in(attacker, "officer")
            for _ in range(5):
                assert give_code(attacker, "000000").status_code == 200
        last = from_address("203.0.113.10")
        sign_in(last, "officer")

        refused = give_code(last, totp(secret, 1))

        assert refused.status_code == 429
        assert "Choose a new password" in refused.content.decode()
        # Which is how the owner shakes off whoever knew the old one.
        officer.set_password("another password")
        officer.save()
        sign_in(client, "officer", "another password")
        assert give_code(client, totp(secret, 1))["Location"] == HOME

    def test_hold_for_a_session_that_somebody_left_open(self, client, officer, secret):
        client.force_login(officer)
        url = reverse("mfa_reauthenticate")
        for _ in range(5):
            client.post(url, {"code": "000000"})

        assert client.post(url, {"code": totp(secret, 1)}).status_code == 429


class TestRecoveryCodes:
    @pytest.fixture
    def codes(self, officer):
        browser = Client()
        sign_in(browser, "officer")
        set_up(browser)
        return recovery_codes(browser)

    def test_stand_in_for_the_phone_once_each(self, officer, codes):
        assert len(set(codes)) == 10
        for code in codes[:2]:
            browser = Client()
            sign_in(browser, "officer")
            assert give_code(browser, code)["Location"] == HOME
            again = Client()
            sign_in(again, "officer")
            assert give_code(again, code).status_code == 200

    def test_are_replaced_by_new_ones(self, client, officer, codes):
        sign_in(client, "officer")
        give_code(client, codes[0])

        client.post(reverse("mfa_generate_recovery_codes"))
        new = recovery_codes(client)

        assert len(new) == 10
        assert not set(new) & set(codes)
        other = Client()
        sign_in(other, "officer")
        assert give_code(other, codes[1]).status_code == 200

    @pytest.mark.parametrize(
        "name",
        [
            "mfa_view_recovery_codes",
            "mfa_generate_recovery_codes",
            "mfa_deactivate_totp",
        ],
    )
    def test_are_shown_some_time_after_signing_in_only_for_another_code(
        self, client, officer, codes, name
    ):
        sign_in(client, "officer")
        give_code(client, codes[0])
        session = client.session
        session["signed_in_at"] -= 3600
        session.save()
        confirm = (
            f"{reverse('mfa_reauthenticate')}?{urlencode({'next': reverse(name)})}"
        )

        assert client.get(reverse(name))["Location"] == confirm
        by_password = client.get(reverse("account_reauthenticate"))
        assert by_password["Location"] == reverse("mfa_reauthenticate")
        client.post(confirm, {"code": codes[1]})
        assert client.get(reverse(name)).status_code == 200

    def test_are_kept_by_no_cache(self, client, officer):
        sign_in(client, "officer")
        for name in ("mfa_activate_totp", "account_login"):
            assert "no-store" in client.get(reverse(name))["Cache-Control"]
        set_up(client)
        response = client.get(reverse("mfa_view_recovery_codes"))
        assert "no-store" in response["Cache-Control"]
