"""A number too large for the database leads nowhere, whichever database it is."""

import pytest
from django.contrib.auth.models import Group
from django.core.signals import got_request_exception
from django.urls import reverse

from tests.helpers import admin_addresses, admin_content
from users.models import User

LARGE = 99_999_999_999_999_999_999
# As large as Python writes out.
LARGEST = int("9" * 4000)
NUMBERS = {
    "ancestor_of",
    "child_of",
    "collection_id",
    "descendant_of",
    "id",
    "limit",
    "object_id",
    "offset",
    "p",
    "parent_page_id",
    "revision",
    "site",
    "user",
}
EDITED = {
    f"/admin/{place}/{LARGE}/{end}"
    for place, end in (
        ("pages", "edit/"),
        ("images", ""),
        ("documents/edit", ""),
        ("redirects", ""),
        ("snippets/core/topic/edit", ""),
        ("users/edit", ""),
    )
}
# They sign out, or fail on purpose.
LEFT_OUT = {"wagtailadmin_logout", "wagtailadmin_error_test"}

# PostgreSQL ends a transaction in which it has refused a number.
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def admin(log_in, home):
    client = log_in(None)
    admin_content.fill(home, client, client.user)
    client.raise_request_exception = False
    return client


@pytest.fixture
def failures():
    failed = []

    def note(request, **kwargs):
        failed.append(request.get_full_path()[:200])

    got_request_exception.connect(note)
    yield failed
    got_request_exception.disconnect(note)


def led_astray():
    """Yield the path of each address with each of its numbers too large, in turn."""
    for address in admin_addresses.addresses():
        arguments = next(admin_addresses.arguments(address), None)
        assert arguments is not None, f"admin_content makes nothing for {address.name}"
        if address.name in LEFT_OUT:
            continue
        for name, value in arguments.items():
            if isinstance(value, int) or name in {"1", "object_id"}:
                yield address.path({**arguments, name: LARGE})


def filtered():
    """Yield each address with whatever it may be asked for, and with a number alone."""
    for address in admin_addresses.addresses():
        if address.name in LEFT_OUT:
            continue
        filters = getattr(address.view_class, "filterset_class", None)
        names = sorted(NUMBERS | set(getattr(filters, "base_filters", ())))
        path = address.path(next(admin_addresses.arguments(address)))
        asked = "&".join(f"{name}={LARGE}" for name in names)
        yield f"{path}?{asked}", f"{path}?id={LARGE}"


def test_of_a_record_is_not_found(admin, failures):
    answers = {}
    for path in led_astray():
        answers[path] = admin.get(path).status_code, admin.post(path).status_code

    assert failures == []
    # Some answer to one method alone, and some lead on before they look.
    assert {status for both in answers.values() for status in both} <= {
        200, 302, 404, 405,
    }  # fmt: skip
    edited = [both for path, both in answers.items() if path in EDITED]
    assert edited == [(404, 404)] * len(EDITED)


def test_in_a_filter_is_no_error(admin, failures, pytestconfig):
    every = pytestconfig.getoption("cases") is None
    for path, by_number in filtered():
        status = admin.get(path).status_code
        assert status < 500, path
        # Whoever answers has looked at the number among the others.
        if every or status != 200:
            assert admin.get(by_number).status_code < 500, by_number

    assert failures == []


@pytest.mark.parametrize("number", [3_000_000_000, LARGE, LARGEST])
@pytest.mark.parametrize(
    "path",
    [
        "/admin/pages/{}/edit/",
        "/admin/images/{}/",
        "/admin/snippets/core/topic/edit/{}/",
        "/admin/images/chooser/{}/select_format/",
        "/admin/snippets/choose/core/topic/chosen/{}/",
        "/admin/bulk/evidence/reference/delete/?id={}",
        "/admin/bulk/evidence/reference/delete/?id=1&id={}",
    ],
)
def test_of_any_size_is_not_found(admin, failures, path, number):
    response = admin.get(path.format(number))

    assert response.status_code == 404
    assert "<h1" in response.content.decode()
    assert failures == []


@pytest.mark.parametrize(
    "path",
    [
        "/admin/api/main/pages/?offset={}",
        "/admin/api/main/images/?offset={}",
        "/admin/pages/?site={}",
        "/admin/choose-page/chosen-multiple/?id={}",
        "/admin/snippets/choose/core/topic/chosen-multiple/?id={}",
        "/admin/reports/site-history/?user={}",
    ],
)
def test_in_a_list_is_not_found_or_finds_nothing(admin, failures, path):
    response = admin.get(path.format(LARGE))

    assert response.status_code in {200, 404}
    assert failures == []


def test_in_a_form_is_answered_with_a_sentence(admin, failures):
    user = User.objects.get(pk=admin.user.pk)
    url = reverse("wagtailusers_users:edit", args=[user.pk])
    data = {"username": "new", "email": "new@example.org", "groups": [LARGE]}

    response = admin.post(url, {**data, "first_name": "A", "last_name": "B"})

    assert response.status_code in {200, 400}
    assert failures == []
    user.refresh_from_db()
    assert user.username != "new"


def test_that_is_right_is_still_an_error_when_something_else_fails(
    admin, failures, monkeypatch
):
    def fail(*args):
        raise OverflowError("something else")

    monkeypatch.setattr(Group.objects, "get_queryset", fail)

    assert admin.get(reverse("wagtailusers_groups:index")).status_code == 500
    assert failures == [reverse("wagtailusers_groups:index")]
