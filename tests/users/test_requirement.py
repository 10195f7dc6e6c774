"""Of whom the second factor is required, and where."""

import re

import pytest
from config.settings.people import SECOND_FACTOR_PERMISSIONS
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver, resolve, reverse

from home.roles import (
    ADMISSIONS,
    EDITORS,
    MODERATORS,
    REVIEWERS,
    SEO_SPECIALISTS,
)
from review.models import MedicalReviewTask, Reviewer
from tests.helpers.factories import PeopleIndexPageFactory, PersonPageFactory
from tests.helpers.signing_in import (
    give_code,
    set_up,
    sign_in,
    totp,
)
from users.middleware import OPEN, SecondFactorMiddleware

HOME = "/admin/"
SET_UP = "/admin/second-factor/set-up/"
ADMINISTRATOR = None

pytestmark = pytest.mark.usefixtures("required")


class TestRequirement:
    @pytest.mark.parametrize("role", [ADMISSIONS, MODERATORS, ADMINISTRATOR])
    def test_leads_those_who_may_read_personal_records_to_setting_it_up(
        self, client, member, role
    ):
        member(role, username="somebody")
        sign_in(client, "somebody")

        response = client.get(HOME)

        assert response["Location"] == SET_UP
        assert client.get(SET_UP).status_code == 200

    @pytest.mark.parametrize("role", [EDITORS, SEO_SPECIALISTS])
    def test_leaves_it_to_others(self, client, member, role):
        member(role, username="somebody")
        sign_in(client, "somebody")

        assert client.get(HOME).status_code == 200
        set_up(client)
        assert client.get(HOME).status_code == 200
        assert sign_in(Client(), "somebody")["Location"] == "/admin/login/code/"

    @pytest.mark.parametrize("name", SECOND_FACTOR_PERMISSIONS)
    def test_follows_every_permission_by_which_such_records_can_be_read(
        self, client, member, name
    ):
        somebody = member(EDITORS)
        client.force_login(somebody)
        assert client.get(HOME).status_code == 200

        permission = Permission.objects.get(codename=name.partition(".")[2])
        somebody.user_permissions.add(permission)

        assert client.get(HOME)["Location"] == SET_UP

    def test_forgets_no_permission_to_such_records(self, db):
        models = (
            "application",
            "applicationlogentry",
            "checklistitem",
            "consent",
            "consentlogentry",
            "credentialcheck",
            "feedback",
            "formright",
            "invitation",
            "personlogentry",
            "personrequest",
            "reviewer",
            "reviewrecord",
            "readerreport",
            "subject",
        )
        named = Permission.objects.filter(content_type__model__in=models)

        assert sorted(SECOND_FACTOR_PERMISSIONS) == sorted(
            f"{permission.content_type.app_label}.{permission.codename}"
            for permission in named.select_related("content_type")
        )

    def test_is_met_once_it_is_set_up(self, client, officer):
        sign_in(client, "officer")
        set_up(client)

        assert client.get(HOME).status_code == 200
        assert client.get("/admin/applications/").status_code == 200

    def test_is_not_met_in_another_session_of_the_password_alone(
        self, client, officer, secret
    ):
        """Somebody who knew the password may have come in before it was set up."""
        other = Client()
        other.force_login(officer)

        assert other.get(HOME, follow=True).redirect_chain == [
            (SET_UP, 302),
            (reverse("mfa_reauthenticate"), 302),
        ]
        url = reverse("mfa_reauthenticate")
        assert other.post(url, {"code": "000000"}).status_code == 200
        assert other.get(HOME).status_code == 302
        other.post(url, {"code": totp(secret, 1)})
        assert other.get(HOME).status_code == 200

    def test_ends_the_sessions_that_were_there_before(self, client, officer):
        before = Client()
        sign_in(before, "officer")
        sign_in(client, "officer")

        set_up(client)

        assert client.get(HOME).status_code == 200
        assert before.get(HOME)["Location"].startswith("/admin/login/")

    def test_is_not_met_by_somebody_else_s_code(self, client, member, officer, secret):
        sign_in(client, "officer")
        give_code(client, totp(secret, 1))
        member(MODERATORS, username="somebody")

        sign_in(client, "somebody")

        assert client.get(HOME)["Location"] == SET_UP

    def test_answers_scripts_with_a_status(self, client, officer):
        client.force_login(officer)
        headers = {"X-Requested-With": "XMLHttpRequest"}

        assert client.get(HOME, headers=headers).status_code == 403
        assert client.post(HOME, headers=headers).status_code == 403

    def test_leaves_a_way_back_to_a_form_that_was_filled_in(self, client, officer):
        client.force_login(officer)

        response = client.post("/admin/account/", {"name_email-first_name": "Wren"})

        assert response.status_code == 403
        html = response.content.decode()
        assert "Nothing was saved yet" in html
        assert SET_UP in html

    def test_is_made_of_whoever_reviews_without_a_permission(
        self, client, member, home, settings
    ):
        reviewer, asked = member(EDITORS), member(EDITORS)
        people = PeopleIndexPageFactory(parent=home)
        Reviewer.objects.create(
            user=reviewer, person=PersonPageFactory(parent=people, title="Ada")
        )
        doctors = Group.objects.create(name="Doctors")
        MedicalReviewTask.objects.create(name="Review").groups.add(doctors)
        asked.groups.add(doctors)

        for somebody in (reviewer, asked):
            client.force_login(somebody)
            assert client.get(HOME)["Location"] == SET_UP
        settings.SECOND_FACTOR_PERMISSIONS = []
        assert client.get(HOME).status_code == 200

    def test_costs_no_query_of_whom_a_permission_names(
        self, client, officer, settings, secret
    ):
        sign_in(client, "officer")
        give_code(client, totp(secret, 1))
        client.get(HOME)
        counts = []
        for settings.SECOND_FACTOR_PERMISSIONS in ([], SECOND_FACTOR_PERMISSIONS):
            with CaptureQueriesContext(connection) as queries:
                assert client.get(HOME).status_code == 200
            counts.append(len(queries))

        assert counts[0] == counts[1]

    def test_asks_nothing_of_a_public_page(self, rf):
        """Neither the session nor the user, which this request does not have."""
        request = rf.get("/")

        answer = SecondFactorMiddleware(None).process_view(request, None, (), {})

        assert answer is None

    def test_sets_no_cookie_on_a_public_page(self, client, home):
        assert not client.get(home.url).cookies
        assert not client.get("/nowhere/").cookies


def _examples(patterns, prefix=""):
    """Yield an address for every pattern, and the name of its view."""
    for pattern in patterns:
        match pattern:
            case URLResolver():
                namespace = f"{pattern.namespace}:" if pattern.namespace else ""
                for address, name in _examples(
                    pattern.url_patterns, prefix + str(pattern.pattern)
                ):
                    yield address, f"{namespace}{name}"
            case URLPattern():
                yield prefix + str(pattern.pattern), pattern.name or ""


SAMPLES = {
    "int": "1",
    "str": "x",
    "slug": "x",
    "uuid": "00000000-0000-0000-0000-000000000000",
    "path": "x",
}


def admin_addresses():
    for route, name in _examples(get_resolver().url_patterns):
        if not route.startswith("admin/"):
            continue
        address = re.sub(r"<(\w+):\w+>", lambda m: SAMPLES[m[1]], route)
        address = re.sub(r"<\w+>", "x", address)
        address = re.sub(r"\(\?P<\w+>[^)]*\)", "1", address)
        yield "/" + re.sub(r"[\^$?]|\.\*", "", address), name


class TestEveryAddress:
    def test_of_the_admin_is_behind_it(self, client, officer):
        client.force_login(officer)
        addresses = [
            (address, name)
            for address, name in admin_addresses()
            if resolve(address).view_name not in OPEN
        ]
        assert len(addresses) > 250

        for number, (address, name) in enumerate(addresses):
            assert client.get(address).get("Location") == SET_UP, (address, name)
            if number % 20 == 0:  # the answer to a post is a whole page
                assert client.post(address).status_code == 403, (address, name)

    def test_that_is_open_says_nothing_of_the_site(self, client, officer):
        """What is open is what one signs in, leaves or draws these pages with."""
        client.force_login(officer)
        known = {name for _, name in admin_addresses()}

        assert {name for name in OPEN if name not in known} == set()

    def test_of_another_kind_leads_nowhere_else(self, client, officer):
        client.force_login(officer)
        for address in ("/admin", "/admin//", "/admin/./", "/admin/;x/"):
            response = client.get(address, follow=True)
            assert response.status_code == 404 or (
                response.redirect_chain and (SET_UP, 302) in response.redirect_chain
            ), address


def test_group_permissions_of_the_roles_are_those_of_the_documentation(roles):
    """Whoever is given a role that may read personal records is asked for a code."""
    holders = {
        group.name
        for group in Group.objects.prefetch_related("permissions__content_type")
        if any(
            f"{permission.content_type.app_label}.{permission.codename}"
            in SECOND_FACTOR_PERMISSIONS
            for permission in group.permissions.all()
        )
    }
    assert holders == {ADMISSIONS, MODERATORS, REVIEWERS}
