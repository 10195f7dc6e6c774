"""Setting up a second factor, how it is stored, and the pages around it."""

import base64
import json

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils.http import urlencode
from wagtail.models import ModelLogEntry

from home.roles import MODERATORS
from tests.helpers.signing_in import (
    give_code,
    recovery_codes,
    set_up,
    sign_in,
    totp,
)

HOME = "/admin/"
SET_UP = "/admin/second-factor/set-up/"

pytestmark = pytest.mark.usefixtures("required")


class TestStorage:
    def test_holds_no_secret_in_clear_text(self, officer):
        browser = Client()
        sign_in(browser, "officer")
        pending = browser.get(SET_UP).context["form"].secret
        assert pending not in _everything()

        secret = set_up(browser)
        codes = recovery_codes(browser)

        stored = _everything()
        assert secret not in stored
        assert not [code for code in codes if code in stored]

    def test_is_written_with_the_first_key_and_read_with_all(
        self, client, officer, secret, settings
    ):
        old = settings.FIELD_KEYS
        settings.FIELD_KEYS = ["bm5ubm5ubm5ubm5ubm5ubm5ubm5ubm5ubm5ubm5ubm4=", *old]
        sign_in(client, "officer")

        assert give_code(client, totp(secret, 1))["Location"] == HOME

    def test_says_so_when_its_key_is_gone(
        self, client, officer, secret, settings, caplog
    ):
        settings.FIELD_KEYS = ["bm5ubm5ubm5ubm5ubm5ubm5ubm5ubm5ubm5ubm5ubm4="]
        sign_in(client, "officer")

        response = give_code(client, totp(secret, 1))

        assert response.status_code == 503
        assert "Tell an administrator" in response.content.decode()
        assert "cannot be decrypted" in caplog.text
        assert client.get(HOME).status_code == 302

    def test_keeps_no_address_of_allauth_s_own(self, client, officer, secret):
        """A reset would go to an address that was since replaced."""
        sign_in(client, "officer")
        give_code(client, totp(secret, 1))
        with connection.cursor() as cursor:
            cursor.execute("SELECT COUNT(*) FROM account_emailaddress")
            assert cursor.fetchone() == (0,)


def _everything():
    """Return every row of the database, sessions decoded."""
    rows = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608
            rows += cursor.fetchall()
    sessions = [session.get_decoded() for session in Session.objects.all()]
    return json.dumps([rows, sessions], default=str)


class TestSettingUp:
    def test_takes_a_wrong_code_and_asks_again_with_the_same_secret(
        self, client, officer
    ):
        sign_in(client, "officer")
        form = client.get(SET_UP).context["form"]
        sealed = form.initial["sealed"]

        again = client.post(SET_UP, {"code": "000000", "sealed": sealed})

        assert again.status_code == 200
        assert again.context["form"].secret == form.secret
        client.post(SET_UP, {"code": totp(form.secret), "sealed": sealed})
        assert client.get(HOME).status_code == 200

    @pytest.mark.parametrize("sealed", ["", "forged", "gAAAAA=="])
    def test_takes_no_secret_of_a_visitor_s_making(self, client, officer, sealed):
        sign_in(client, "officer")
        data = {"code": totp("JBSWY3DPEHPK3PXP" * 2), "sealed": sealed}
        response = client.post(SET_UP, data)

        form = response.context["form"]
        assert response.status_code == 200
        client.post(
            SET_UP, {"code": totp(form.secret), "sealed": form["sealed"].value()}
        )
        assert client.get(HOME).status_code == 200

    def test_takes_no_secret_made_for_somebody_else(self, client, member, officer):
        member(MODERATORS, username="other")
        theirs = Client()
        sign_in(theirs, "other")
        form = theirs.get(SET_UP).context["form"]
        sign_in(client, "officer")

        data = {"code": totp(form.secret), "sealed": form.initial["sealed"]}
        client.post(SET_UP, data)

        assert not Authenticator.objects.exists()

    def test_asks_for_the_password_again_in_an_old_session(self, client, officer):
        client.force_login(officer)
        confirm = f"{reverse('account_reauthenticate')}?{urlencode({'next': SET_UP})}"

        assert client.get(SET_UP)["Location"] == confirm
        assert client.post(confirm, {"password": "guess"}).status_code == 200
        assert client.post(confirm, {"password": "password"})["Location"] == SET_UP
        assert client.get(SET_UP).status_code == 200

    def test_is_over_once_it_is_done(self, client, officer, secret):
        sign_in(client, "officer")
        give_code(client, totp(secret, 1))

        assert client.get(SET_UP)["Location"] == reverse("mfa_index")

    def test_is_found_under_account(self, client, officer, secret):
        sign_in(client, "officer")
        give_code(client, totp(secret, 1))

        assert reverse("mfa_index") in client.get("/admin/account/").content.decode()
        html = client.get(reverse("mfa_index")).content.decode()
        assert "10 recovery codes are left" in html

    def test_is_done_anew_for_another_phone(self, client, officer, secret):
        sign_in(client, "officer")
        give_code(client, totp(secret, 1))
        elsewhere = Client()
        elsewhere.cookies["sessionid"] = client.cookies["sessionid"].value

        client.post(reverse("mfa_deactivate_totp"))

        assert not Authenticator.objects.exists()
        assert client.get(HOME)["Location"] == SET_UP
        assert elsewhere.get(HOME)["Location"].startswith("/admin/login/")
        assert set_up(client) != secret
        assert client.get(HOME).status_code == 200

    def test_is_in_the_log(self, client, officer, secret):
        sign_in(client, "officer")
        give_code(client, totp(secret, 1))
        client.post(reverse("mfa_deactivate_totp"))

        entries = ModelLogEntry.objects.filter(action__startswith="users.second")
        assert [(entry.action, entry.user) for entry in entries.order_by("pk")] == [
            ("users.second_factor.set_up", officer),
            ("users.second_factor.removed", officer),
        ]


class TestPicture:
    def test_is_dark_on_white_whatever_the_page_is(self, client, officer):
        sign_in(client, "officer")
        address = client.get(SET_UP).context["totp_svg_data_uri"]

        kind, _, data = address.partition(";base64,")
        svg = base64.b64decode(data).decode()
        assert kind == "data:image/svg+xml"
        assert 'fill="white"' in svg

    def test_tells_the_app_who_and_where(self, client, officer):
        sign_in(client, "officer")
        context = client.get(SET_UP).context

        assert context["totp_url"] == (
            f"otpauth://totp/officer?secret={context['form'].secret}&issuer=Clinic"
        )


class TestPages:
    """Every one of these pages comes from here, in the admin's dress."""

    def test_carry_nothing_from_elsewhere_and_nothing_inline(
        self, client, officer, secret
    ):
        sign_in(client, "officer")
        pages = [client.get(reverse("mfa_authenticate"))]
        give_code(client, totp(secret, 1))
        names = (
            "mfa_index",
            "mfa_deactivate_totp",
            "mfa_view_recovery_codes",
            "mfa_generate_recovery_codes",
            "mfa_reauthenticate",
        )
        pages += [client.get(reverse(name)) for name in names]
        pages.append(Client().get(reverse("account_login")))

        for page in pages:
            assert page.status_code == 200
            html = page.content.decode()
            assert "wagtailadmin/css/core.css" in html
            assert "style=" not in html
            assert "onclick" not in html
            templates = [template.name for template in page.templates if template.name]
            assert not [n for n in templates if n.startswith(("account/", "mfa/"))]
