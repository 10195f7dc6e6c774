"""Rights to applications: form by form, and beside none to pages."""

import importlib

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse

from applications.admissions.rights import forms_where, rights_to
from applications.models import Application, ApplicationLogEntry, FormRight
from applications.models.rights import Right, with_contained
from applications.models.uploads import Upload
from core.publishing import gate
from home.roles import ADMISSIONS, EDITORS, MODERATORS, create_roles
from tests.helpers.applicants_files import draft_of, kept
from tests.helpers.factories import UserFactory
from tests.helpers.factories_applications import (
    ApplicationFormPageFactory,
    filled_in,
    grant,
    officers,
    question,
    take_all,
)
from tests.helpers.factories_steps import soup_of


@pytest.fixture
def others(home):
    """A group that opens applications, and has no right to any form."""
    group = Group.objects.create(name="Another ward")
    names = ["access_admin", "view_application"]
    group.permissions.set(Permission.objects.filter(codename__in=names))
    return group


@pytest.fixture
def form_page(home):
    return ApplicationFormPageFactory(parent=home)


@pytest.fixture
def application(client, form_page):
    client.post(form_page.url, filled_in(form_page))
    return Application.objects.get()


@pytest.fixture
def stranger(client, others):
    user = UserFactory()
    user.groups.add(others)
    client.force_login(user)
    client.user = user
    return client


class TestOthers:
    def test_see_nothing_of_it_at_any_address(self, application, stranger):
        for name in ("index", "index_results"):
            html = stranger.get(reverse(f"application:{name}")).content.decode()
            assert application.reference not in html
            assert "Apply for an assessment" not in html
        upload = kept(draft_of(application.definition.page))
        Upload.objects.update(draft=None, application=application)
        for name, pk in (
            ("inspect", application.pk),
            ("delete", application.pk),
            ("file", upload.pk),
        ):
            response = stranger.get(reverse(f"application:{name}", args=[pk]))
            assert response.status_code in {302, 403, 404}
            assert application.reference not in response.content.decode()

    def test_are_told_of_none_on_their_dashboard(self, application, stranger, log_in):
        told = "1 new application has arrived"
        address = reverse("wagtailadmin_home")

        assert told not in stranger.get(address).content.decode()
        assert told in log_in(ADMISSIONS).get(address).content.decode()

    def test_get_in_once_their_group_is_given_the_right(
        self, application, stranger, form_page, others
    ):
        grant(form_page, others, Right.SEE)

        address = reverse("application:inspect", args=[application.pk])
        assert stranger.get(address).status_code == 200

    def test_of_a_form_without_health_questions_see_nothing_either(self, home, others):
        ApplicationFormPageFactory(
            parent=home, questions=[question("email")], rights={}
        )
        user = UserFactory()
        user.groups.add(others)

        assert not forms_where(user, Right.SEE).exists()
        assert forms_where(UserFactory(is_superuser=True), Right.SEE).exists()


class TestRights:
    @pytest.mark.parametrize(
        ("granted", "held"),
        [
            ("see", "see"),
            ("read", "see read"),
            ("reveal", "see read reveal"),
            ("decide", "see read decide"),
            ("export", "see read export"),
            ("delete", "see delete"),
        ],
    )
    def test_hold_what_they_cannot_be_used_without_and_no_more(
        self, form_page, others, granted, held
    ):
        FormRight.objects.create(form=form_page, group=others, right=granted)
        user = UserFactory()
        user.groups.add(others)

        expected = {Right(right) for right in held.split()}
        assert rights_to(user, form_page.pk) == expected
        assert {right for right in Right if forms_where(user, right)} == expected

    def test_open_nothing_without_the_permission_to_open_applications(self, form_page):
        """By which the second factor is asked for."""
        group = Group.objects.create(name="Named")
        grant(form_page, group, *Right)
        user = UserFactory()
        user.groups.add(group)

        assert rights_to(user, form_page.pk) == set()
        assert not any(forms_where(user, right) for right in Right)

    def test_of_two_groups_add_up(self, form_page, others):
        second = Group.objects.create(name="Second")
        grant(form_page, others, Right.DELETE)
        grant(form_page, second, Right.EXPORT)
        user = UserFactory()
        user.groups.add(others, second)

        expected = with_contained([Right.DELETE, Right.EXPORT])
        assert rights_to(user, form_page.pk) == expected

    def test_to_pages_give_none_and_none_gives_one_to_pages(self, form_page, log_in):
        create_roles()
        grant(form_page, officers(), *Right)

        for role in (EDITORS, MODERATORS):
            assert rights_to(log_in(role).user, form_page.pk) == set()
        edit = reverse("wagtailadmin_pages:edit", args=[form_page.pk])
        assert log_in(ADMISSIONS).get(edit).status_code in {302, 403}

    def test_are_kept_in_no_version_and_follow_no_copy(self, form_page, others):
        revision = form_page.save_revision()
        renamed = {"slug": "copy", "title": "Copy"}
        copy = form_page.copy(update_attrs=renamed, keep_live=False)
        take_all(form_page)
        grant(form_page, others, Right.READ)
        kept = set(FormRight.objects.values_list("pk", flat=True))

        revision.publish()

        assert set(FormRight.objects.values_list("pk", flat=True)) == kept
        assert not copy.rights.exists()
        assert not copy.live


class TestPublishing:
    """Of a form that asks about health, or ever did."""

    @pytest.fixture
    def harmless(self, form_page):
        stream = form_page._meta.get_field("questions").stream_block
        form_page.questions = stream.to_python([question("email")])
        take_all(form_page)
        return form_page

    def problems(self, page):
        return [each.sentence for each in gate.publishing_problems(page)]

    @pytest.mark.parametrize("right", [None, Right.SEE, Right.DELETE])
    def test_is_refused_while_nobody_may_read(self, form_page, others, right):
        take_all(form_page)
        if right:
            grant(form_page, others, right)

        (sentence,) = self.problems(form_page)

        assert "no group may read the answers" in sentence

    def test_is_refused_for_a_later_version_without_such_questions(self, harmless):
        (sentence,) = self.problems(harmless)

        assert "once asked about health" in sentence

    @pytest.mark.parametrize("right", [Right.READ, Right.REVEAL])
    def test_goes_on_with_a_reader(self, harmless, others, right):
        FormRight.objects.create(form=harmless, group=others, right=right)

        assert self.problems(harmless) == []

    def test_another_needs_none(self, home):
        plain = ApplicationFormPageFactory(
            parent=home, questions=[question("email")], rights={}
        )

        assert self.problems(plain) == []


class TestGranting:
    @pytest.fixture
    def address(self, form_page):
        return reverse("application_rights_of_form", args=[form_page.pk])

    @pytest.fixture
    def manager(self, stranger):
        stranger.user.user_permissions.add(
            Permission.objects.get(codename="manage_rights")
        )
        return stranger

    def rights(self, form_page, group):
        found = FormRight.objects.filter(form=form_page, group=group)
        return set(found.values_list("right", flat=True))

    def test_grants_what_was_ticked_with_what_comes_with_it_and_records_it(
        self, manager, address, form_page, others
    ):
        manager.post(address, {"right": [f"{others.pk}:reveal"]}, follow=True)

        assert self.rights(form_page, others) == {"see", "read", "reveal"}
        entry = ApplicationLogEntry.objects.get(action="applications.rights")
        assert entry.user == manager.user
        assert entry.object_id == str(form_page.pk)
        assert entry.data["group"] == "Another ward"
        assert (entry.data["before"], entry.data["after"]) == (
            [],
            ["see", "read", "reveal"],
        )
        assert (
            "none → See that they exist, Read, Reveal"
            in entry.formatter.format_message(entry)
        )

    def test_takes_what_is_ticked_no_more_and_that_alone(
        self, manager, address, form_page, others
    ):
        grant(form_page, others, Right.DECIDE, Right.DELETE)
        before = self.rights(form_page, officers())
        shown = [f"{others.pk}:{right}" for right in self.rights(form_page, others)]

        manager.post(address, {"shown": shown, "right": [f"{others.pk}:see"]})

        assert self.rights(form_page, others) == {"see"}
        assert self.rights(form_page, officers()) == before

    def test_leaves_what_somebody_else_has_granted_meanwhile(
        self, manager, address, form_page, others
    ):
        page = manager.get(address)
        assert f'value="{others.pk}:export"' in page.content.decode()
        grant(form_page, others, Right.DELETE)

        manager.post(address, {"right": [f"{others.pk}:export"]})

        expected = {"see", "read", "delete", "export"}
        assert self.rights(form_page, others) == expected

    def test_records_nothing_where_nothing_changes(
        self, manager, address, form_page, others
    ):
        for posted in ({}, {"right": ["x:see", f"{others.pk}:rule", "99999:see"]}):
            html = manager.post(address, posted, follow=True).content.decode()
            assert "Nothing was changed." in html

        assert not ApplicationLogEntry.objects.exists()

    def test_grants_nothing_that_cannot_be_recorded(
        self, manager, address, form_page, others, settings
    ):
        settings.FIELD_KEYS = []

        response = manager.post(address, {"right": [f"{others.pk}:see"]})

        assert "An administrator must set FIELD_KEYS" in response.content.decode()
        assert self.rights(form_page, others) == set()

    def test_is_refused_without_the_permission_whatever_else_one_may(
        self, log_in, address, form_page, others
    ):
        grant(form_page, officers(), *Right)
        for role in (ADMISSIONS, MODERATORS):
            client = log_in(role)
            for url in (address, reverse("application_rights")):
                assert "Another ward" not in client.get(url).content.decode()
            client.post(address, {"right": [f"{others.pk}:see"]})

        assert self.rights(form_page, others) == set()

    def test_is_led_to_from_the_menu_and_from_the_page_of_the_form(
        self, log_in, address, form_page
    ):
        staff = log_in(None)
        edit = reverse("wagtailadmin_pages:edit", args=[form_page.pk])

        assert address in staff.get(edit).content.decode()
        assert address in staff.get(reverse("application_rights")).content.decode()
        assert address not in log_in(EDITORS).get(edit).content.decode()

    def test_needs_no_more_queries_for_many_groups(
        self, manager, address, form_page, django_assert_max_num_queries
    ):
        for number in range(20):
            group = Group.objects.create(name=f"Group {number}")
            grant(form_page, group, Right.REVEAL)

        with django_assert_max_num_queries(16):
            manager.get(address)


class TestUpgrade:
    @pytest.fixture
    def migration(self):
        return importlib.import_module("applications.migrations.0033_grant_form_rights")

    @pytest.fixture
    def old_permission(self, home):
        """``old_permission(name)``: one that earlier releases had."""

        def made(codename):
            kind = ContentType.objects.get_for_model(Application)
            permission, _ = Permission.objects.get_or_create(
                content_type=kind, codename=codename, defaults={"name": codename}
            )
            return permission

        return made

    def granted(self, page):
        rows = FormRight.objects.filter(form=page).values_list("group__name", "right")
        return {f"{group} {right}" for group, right in rows}

    def test_leaves_everybody_what_they_could_do(
        self, migration, form_page, others, old_permission
    ):
        take_all(form_page)
        for name in ("change_application", "export_application", "delete_application"):
            others.permissions.add(old_permission(name))
        nobody = Group.objects.create(name="Without permission")
        reading = form_page.readers.through.objects
        for group in (others, nobody):
            reading.create(applicationformpage_id=form_page.pk, group_id=group.pk)

        migration.grant(apps, None)

        assert self.granted(form_page) == {f"Another ward {right}" for right in Right}

    def test_opens_a_form_without_readers_unless_it_asked_about_health(
        self, migration, form_page, others
    ):
        plain = ApplicationFormPageFactory(
            parent=form_page.get_parent(),
            slug="plain",
            questions=[question("email")],
            rights={},
        )
        take_all(form_page)

        migration.grant(apps, None)

        assert "Another ward reveal" in self.granted(plain)
        assert "Another ward decide" not in self.granted(plain)
        assert self.granted(form_page) == set()

    def test_offers_no_permission_that_gives_nothing_any_more(
        self, old_permission, log_in
    ):
        old = old_permission("change_application")
        offered = soup_of(log_in(None).get(reverse("wagtailusers_groups:add")))

        def is_offered(permission):
            return offered.select_one(f'[name="permissions"][value="{permission.pk}"]')

        assert is_offered(Permission.objects.get(codename="view_application"))
        assert is_offered(Permission.objects.get(codename="manage_rights"))
        assert not is_offered(old)

    def test_can_be_taken_back(self, migration, form_page, others):
        grant(form_page, others, Right.DELETE)

        migration.name_readers(apps, None)

        form_page.refresh_from_db()
        assert [group.name for group in form_page.readers.all()] == [ADMISSIONS]
