"""``manage.py reset_second_factor``."""

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.test import Client
from wagtail.models import ModelLogEntry

from home.roles import ADMISSIONS
from tests.helpers.signing_in import set_up, sign_in

pytestmark = pytest.mark.usefixtures("required")


@pytest.fixture
def officer(member):
    return member(ADMISSIONS, username="wren", email="wren@clinic.example")


@pytest.mark.parametrize("who", ["wren", "wren@clinic.example", "Wren@Clinic.example"])
def test_lets_somebody_set_up_another(client, officer, capsys, who):
    sign_in(client, "wren")
    set_up(client)

    call_command("reset_second_factor", who)

    assert "removed" in capsys.readouterr().out
    assert not Authenticator.objects.exists()
    assert client.get("/admin/")["Location"].startswith("/admin/login/")
    assert sign_in(client, "wren")["Location"] == "/admin/"
    set_up(client)
    assert client.get("/admin/").status_code == 200


def test_leaves_others_as_they_are(client, officer, member):
    member(ADMISSIONS, username="other", email="other@clinic.example")
    sign_in(client, "other")
    set_up(client)
    browser = Client()
    sign_in(browser, "wren")
    set_up(browser)

    call_command("reset_second_factor", "wren", verbosity=0)

    assert client.get("/admin/").status_code == 200


def test_is_in_the_log(client, officer):
    sign_in(client, "wren")
    set_up(client)
    call_command("reset_second_factor", "wren")

    entry = ModelLogEntry.objects.get(action="users.second_factor.reset")
    assert entry.object_id == str(officer.pk)
    assert "command line" in str(entry.message)


def test_changes_nothing_where_there_is_none(client, officer, capsys):
    sign_in(client, "wren")

    call_command("reset_second_factor", "wren")

    assert "Nothing was changed" in capsys.readouterr().out
    assert client.get("/admin/")["Location"] == "/admin/second-factor/set-up/"
    assert not ModelLogEntry.objects.filter(action="users.second_factor.reset").exists()


def test_asks_who_is_meant(officer, member):
    member(ADMISSIONS, username="twin", email="wren@clinic.example")
    with pytest.raises(CommandError, match="Several people"):
        call_command("reset_second_factor", "wren@clinic.example")
    with pytest.raises(CommandError, match="Nobody here"):
        call_command("reset_second_factor", "nobody")
