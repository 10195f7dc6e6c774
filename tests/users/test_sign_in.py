"""The one door: limits, what it gives away, and where it leads."""

import time

import pytest
from django.contrib.auth.hashers import BasePasswordHasher
from django.test import Client
from django.urls import reverse

from home.roles import EDITORS
from tests.helpers.relay import refused_port
from tests.helpers.signing_in import from_address, sign_in

HOME = "/admin/"
ATTACKER = "203.0.113.9"


@pytest.fixture
def owner(member):
    return member(EDITORS, username="wren", email="wren@clinic.example")


class TestDoor:
    def test_opens_with_name_and_password(self, client, owner):
        response = sign_in(client, "wren")

        assert response["Location"] == HOME
        assert client.get(HOME).status_code == 200

    @pytest.mark.parametrize(
        "fields", [{"password": "wrong"}, {"login": "nobody"}, {"login": "wren\0"}]
    )
    def test_stays_shut_otherwise(self, client, owner, fields):
        data = {"login": "wren", "password": "password", **fields}
        response = client.post(reverse("account_login"), data)

        assert response.status_code == 200
        assert client.get(HOME).status_code == 302

    def test_is_where_wagtail_s_own_was(self, client, owner):
        assert reverse("wagtailadmin_login") == reverse("account_login")
        response = client.post(
            reverse("wagtailadmin_login"), {"username": "wren", "password": "password"}
        )
        assert response.status_code == 200
        assert client.get(HOME).status_code == 302

    @pytest.mark.parametrize("method", ["get", "post"])
    def test_is_the_one_for_private_pages_too(self, client, owner, method):
        data = {"username": "wren", "password": "password"}
        url = reverse("wagtailcore_login") + "?next=/private/"
        response = getattr(client, method)(url, data if method == "post" else None)

        assert response["Location"] == f"{reverse('account_login')}?next=/private/"
        assert client.get(HOME).status_code == 302

    def test_offers_no_way_to_be_remembered(self, client, owner):
        html = client.get(reverse("account_login")).content.decode()
        client.post(
            reverse("account_login"),
            {"login": "wren", "password": "password", "remember": "on"},
        )

        assert "emember" not in html
        assert client.session.get_expire_at_browser_close()

    def test_gives_a_new_session(self, client, owner):
        client.get(reverse("account_login"))
        session = client.session
        session["planted"] = "by somebody else"
        session.save()
        client.cookies["sessionid"] = session.session_key

        sign_in(client, "wren")

        assert client.session.session_key != session.session_key

    def test_a_copied_cookie_is_worth_nothing_after_signing_out(self, client, owner):
        sign_in(client, "wren")
        copied = Client()
        copied.cookies["sessionid"] = client.cookies["sessionid"].value
        assert copied.get(HOME).status_code == 200

        client.post(reverse("wagtailadmin_logout"))

        assert copied.get(HOME).status_code == 302

    def test_following_a_link_signs_nobody_out(self, client, owner):
        sign_in(client, "wren")

        response = client.get(reverse("wagtailadmin_logout"))

        assert response.status_code == 405
        assert "sessionid" not in response.cookies
        assert client.get(HOME).status_code == 200

    def test_lets_somebody_else_in_where_somebody_is_signed_in(self, client, member):
        client.force_login(member(None))
        owner = member(EDITORS, username="wren")

        sign_in(client, "wren")

        assert client.get(HOME).context["user"] == owner

    def test_does_not_send_back_and_forth_who_may_not_enter(self, client, db, member):
        user = member(EDITORS)
        user.groups.clear()
        client.force_login(user)

        response = client.get(HOME, follow=True)

        assert response.status_code == 200
        assert "do not have permission" in response.content.decode()

    @pytest.mark.parametrize(
        "target",
        [
            "https://evil.example/",
            "//evil.example/",
            "///evil.example/",
            "/\\evil.example/",
            "\\\\evil.example/",
            "http:evil.example",
            "https:///evil.example",
            "javascript:alert(1)",
            "data:text/html,x",
            " https://evil.example/",
            "\thttps://evil.example/",
            "https://testserver@evil.example/",
            "https://localhost/",
            "https://sub.trusted.example/",
        ],
    )
    def test_leads_to_no_other_host(self, client, owner, settings, target):
        settings.ALLOWED_HOSTS = ["testserver", "localhost", ".trusted.example"]
        settings.CSRF_TRUSTED_ORIGINS = ["https://sub.trusted.example"]
        data = {"login": "wren", "password": "password", "next": target}
        response = client.post(reverse("account_login"), data)
        again = client.get(reverse("account_login"), {"next": target})

        assert response["Location"] == HOME
        assert again["Location"] == HOME

    def test_leads_to_where_somebody_wanted_to_go(self, client, owner):
        data = {"login": "wren", "password": "password", "next": "/admin/pages/"}
        response = client.post(reverse("account_login"), data)

        assert response["Location"] == "/admin/pages/"


class TestLimits:
    def test_refuse_who_guesses_the_password_of_one_name(self, client, owner):
        for _ in range(5):
            assert sign_in(client, "wren", "guess").status_code == 200

        for password in ("guess", "password"):
            refused = sign_in(client, "wren", password)
            assert refused.status_code == 429
            assert refused["Retry-After"] == "300"
            assert "Wait five minutes" in refused.content.decode()
        assert client.get(HOME).status_code == 302

    def test_refuse_who_guesses_one_password_for_many_names(self, client, owner):
        for number in range(20):
            assert sign_in(client, f"name{number}", "guess").status_code == 200

        assert sign_in(client, "wren").status_code == 429

    def test_do_not_lock_the_owner_out(self, client, owner):
        for number in range(30):
            attacker = from_address(f"203.0.113.{number}")
            for _ in range(6):
                sign_in(attacker, "wren", "guess")

        assert sign_in(client, "wren")["Location"] == HOME

    def test_count_no_success(self, client, owner):
        for _ in range(25):
            assert sign_in(Client(), "wren")["Location"] == HOME

    def test_are_not_reset_by_a_success(self, client, owner, member):
        member(EDITORS, username="insider")
        for number in range(20):
            sign_in(Client(), f"name{number}", "guess")
            sign_in(Client(), "insider")

        assert sign_in(client, "wren").status_code == 429

    @pytest.mark.parametrize("proxies", [0, 1])
    def test_are_not_evaded_by_a_forged_header(self, owner, settings, proxies):
        settings.TRUSTED_PROXIES = proxies
        # The proxy appends the true address to what the visitor claims.
        appended = f", {ATTACKER}" if proxies else ""
        statuses = [
            sign_in(
                from_address("127.0.0.1" if proxies else ATTACKER),
                f"name{number}",
                "guess",
                headers={"X-Forwarded-For": f"198.51.100.{number}{appended}"},
            ).status_code
            for number in range(21)
        ]

        assert statuses == [200] * 20 + [429]

    def test_are_not_evaded_by_upper_case_or_spaces(self, client, owner):
        for name in ("wren", "Wren", "WREN", " wren", "wren "):
            sign_in(client, name, "guess")

        assert sign_in(client, "wren").status_code == 429

    def test_tell_nobody_apart(self, client, owner):
        for _ in range(5):
            sign_in(client, "nobody", "guess")

        assert sign_in(client, "nobody", "guess").status_code == 429

    def test_refuse_everybody_while_nothing_can_be_counted(
        self, client, owner, settings, caplog
    ):
        settings.CACHES = {
            "default": {
                "BACKEND": "core.cache.ResilientRedisCache",
                "LOCATION": f"redis://127.0.0.1:{refused_port()}",
            }
        }
        response = sign_in(client, "wren")

        assert response.status_code == 503
        assert response["Retry-After"] == "60"
        assert "cannot be counted" in caplog.text

    def test_log_neither_name_nor_address(self, owner, caplog):
        attacker = from_address(ATTACKER)
        for _ in range(6):
            sign_in(attacker, "wren", "guess")

        assert "Too many attempts to sign in" in caplog.text
        assert "wren" not in caplog.text
        assert ATTACKER not in caplog.text

    def test_end_after_five_minutes(self, client, owner, monkeypatch):
        for _ in range(6):
            sign_in(client, "wren", "guess")
        now = time.time()
        monkeypatch.setattr(time, "time", lambda: now + 301)

        assert sign_in(client, "wren")["Location"] == HOME


class TestEnumeration:
    """A stranger learns of nobody whether they have an account."""

    @pytest.fixture
    def inactive(self, member):
        return member(EDITORS, username="left", is_active=False)

    @pytest.fixture
    def hashed(self, monkeypatch):
        """How often a password is hashed, which is what takes time."""
        counted = []
        for cls in BasePasswordHasher.__subclasses__():
            encode = cls.encode

            def counting(self, *args, encode=encode, **kwargs):
                counted.append(type(self))
                return encode(self, *args, **kwargs)

            monkeypatch.setattr(cls, "encode", counting)
        return counted

    def test_not_by_what_a_wrong_password_is_answered(
        self, client, owner, inactive, hashed
    ):
        answers = set()
        for name in ("wren", "nobody", "left"):
            hashed.clear()
            response = sign_in(Client(), name, "guess")
            text = response.context["form"].errors.as_json()
            answers.add((response.status_code, text, len(hashed)))

        assert len(answers) == 1

    def test_not_by_what_the_right_password_of_somebody_who_left_is_answered(
        self, client, owner, inactive
    ):
        wrong, right = (
            sign_in(Client(), *credentials).context["form"].errors
            for credentials in (("wren", "guess"), ("left", "password"))
        )

        assert wrong == right
