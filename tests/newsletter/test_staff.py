"""What staff see of subscribers, and what they may take away."""

import csv
import io

import openpyxl
import pytest
from django.contrib.auth.models import Permission
from wagtail.models import ModelLogEntry

from newsletter.models import Subscriber
from tests.helpers.factories_newsletter import SubscriberFactory

LIST = "/admin/subscribers/"


@pytest.fixture
def allow(log_in):
    """``allow("view", "export")`` logs in an editor with these permissions."""

    def with_permissions(*actions):
        client = log_in("Editors")
        for action in actions:
            permission = Permission.objects.get(codename=f"{action}_subscriber")
            client.user.user_permissions.add(permission)
        return client

    return with_permissions


def rows(response):
    text = b"".join(response.streaming_content).decode()
    return list(csv.reader(io.StringIO(text)))


@pytest.mark.parametrize(
    "path",
    [
        "",
        "inspect/{pk}/",
        "delete/{pk}/",
        "?export=csv",
        "?export=xlsx",
        "find/",
        "new/",
    ],
)
def test_is_closed_to_those_without_permission(log_in, path):
    subscriber = SubscriberFactory()

    response = log_in("Editors").get(LIST + path.format(pk=subscriber.pk))

    assert response.status_code == 302
    assert subscriber.email.encode() not in response.content


def test_lists_and_filters_for_those_with_permission(allow):
    SubscriberFactory(email="in@example.org", status="confirmed")
    SubscriberFactory(email="out@example.org", status="unsubscribed")
    client = allow("view")

    everybody = client.get(LIST).content.decode()
    confirmed = client.get(LIST, {"status": "confirmed"}).content.decode()

    assert "in@example.org" in everybody
    assert "out@example.org" in everybody
    assert "in@example.org" in confirmed
    assert "out@example.org" not in confirmed


def test_is_exported_only_with_the_permission_for_it(allow):
    SubscriberFactory()
    client = allow("view")

    assert "export=csv" not in client.get(LIST).content.decode()
    for kind in ("csv", "xlsx"):
        assert client.get(LIST, {"export": kind}).status_code == 302


@pytest.mark.parametrize("start", list("=+-@"))
def test_no_exported_cell_is_a_formula(allow, start):
    address = f"{start}1+1@example.org"
    SubscriberFactory(email=address)
    client = allow("view", "export")

    _, line = rows(client.get(LIST, {"export": "csv"}))
    workbook = client.get(LIST, {"export": "xlsx"})
    sheet = openpyxl.load_workbook(
        io.BytesIO(b"".join(workbook.streaming_content))
    ).active

    assert line[0] == f"'{address}"
    cell = sheet["A2"]
    assert cell.data_type == "s"
    assert cell.value == address


def test_the_export_follows_the_filter(allow):
    SubscriberFactory(email="in@example.org", status="confirmed")
    SubscriberFactory(email="out@example.org")
    client = allow("view", "export")

    _, *lines = rows(client.get(LIST, {"export": "csv", "status": "confirmed"}))

    assert [line[:2] for line in lines] == [["in@example.org", "confirmed"]]


@pytest.mark.parametrize("path", ["new/", "edit/{pk}/"])
def test_nobody_subscribes_or_confirms_in_anothers_name(log_in, path):
    subscriber = SubscriberFactory()

    response = log_in(None).post(
        LIST + path.format(pk=subscriber.pk), {"email": "x@example.org"}
    )

    assert response.status_code == 302
    assert not Subscriber.objects.filter(email="x@example.org").exists()


def test_one_is_found_without_the_address_in_an_address(allow):
    subscriber = SubscriberFactory(email="mira@example.org")
    client = allow("view")

    found = client.post(LIST + "find/", {"email": "MIRA@example.org"})
    missing = client.post(LIST + "find/", {"email": "nobody@example.org"})

    assert found.url == f"{LIST}inspect/{subscriber.pk}/"
    assert "mira@example.org" in client.get(found.url).content.decode()
    assert "Nobody has signed up" in missing.content.decode()


def test_one_is_erased_and_the_log_does_not_say_who(log_in):
    subscriber = SubscriberFactory(email="mira@example.org")

    log_in(None).post(f"{LIST}delete/{subscriber.pk}/")

    assert not Subscriber.objects.exists()
    assert ModelLogEntry.objects.exists()
    assert "mira" not in str(list(ModelLogEntry.objects.values_list()))


def test_is_called_by_no_name():
    assert "@" not in str(Subscriber(email="mira@example.org"))
