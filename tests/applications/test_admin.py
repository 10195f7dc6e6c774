"""Applications in the admin: who reads them, what is recorded, what nobody can do."""

import uuid

import pytest
from django.contrib.auth.models import Permission
from django.urls import NoReverseMatch, reverse
from wagtail.models import ModelLogEntry, ReferenceIndex

from applications.models.applications import Answer, Application
from core import encryption
from home.roles import ADMISSIONS, EDITORS, MODERATORS, SEO_SPECIALISTS
from tests.helpers.factories import UserFactory
from tests.helpers.factories_applications import (
    IDS,
    LABELS,
    ApplicationFormPageFactory,
    filled_in,
    question,
)


@pytest.fixture
def form_page(home):
    return ApplicationFormPageFactory(parent=home)


@pytest.fixture
def application(client, form_page):
    client.post(form_page.url, filled_in(form_page))
    return Application.objects.get()


def addresses(application):
    return {
        "index": reverse("application:index"),
        "index_results": reverse("application:index_results"),
        "inspect": reverse("application:inspect", args=[application.pk]),
        "status": reverse("application:status", args=[application.pk]),
        "delete": reverse("application:delete", args=[application.pk]),
    }


class TestWithoutPermission:
    @pytest.mark.parametrize("role", [EDITORS, MODERATORS, SEO_SPECIALISTS])
    def test_no_address_shows_or_changes_anything(self, log_in, application, role):
        client = log_in(role)

        for address in addresses(application).values():
            for response in (
                client.get(address),
                client.post(address, {"status": "read"}),
            ):
                assert response.status_code in {302, 403, 405}
                assert application.reference not in response.content.decode()
        application.refresh_from_db()
        assert application.status == "new"

    def test_strangers_are_asked_to_log_in(self, client, application):
        for address in addresses(application).values():
            response = client.get(address)
            assert response.status_code == 302
            assert "/login/" in response.url

    def test_the_menu_does_not_lead_there(self, log_in, home):
        link = reverse("application:index")

        assert (
            link
            not in log_in(EDITORS).get(reverse("wagtailadmin_home")).content.decode()
        )
        assert (
            link
            in log_in(ADMISSIONS).get(reverse("wagtailadmin_home")).content.decode()
        )


class TestReading:
    def test_the_list_shows_no_answer(self, log_in, application):
        html = log_in(ADMISSIONS).get(reverse("application:index")).content.decode()

        assert application.reference in html
        assert "Apply for an assessment" in html
        assert "Quillfeather" not in html

    def test_the_list_needs_no_more_queries_for_ten_than_for_one(
        self, log_in, application, django_assert_max_num_queries
    ):
        client = log_in(ADMISSIONS)
        for _ in range(9):
            Application.objects.create(
                definition=application.definition, submission_key=uuid.uuid4()
            )
        client.get(reverse("application:index"))

        with django_assert_max_num_queries(14):
            client.get(reverse("application:index"))

    def test_shows_answers_beside_the_questions_as_they_were_asked(
        self, log_in, application, form_page
    ):
        stream = form_page._meta.get_field("questions").stream_block
        form_page.questions = stream.to_python([question("email", label="Asked later")])
        form_page.save()

        response = log_in(ADMISSIONS).get(addresses(application)["inspect"])

        html = response.content.decode()
        assert "Asked later" not in html
        for text in (LABELS["short_text"], "Quillfeather", "Vermilionazole", "Agreed"):
            assert text in html
        assert "no-store" in response.headers["Cache-Control"]

    def test_escapes_what_applicants_type(self, client, log_in, form_page):
        client.post(form_page.url, filled_in(form_page, long_text="<script>x</script>"))
        application = Application.objects.get()

        html = (
            log_in(ADMISSIONS).get(addresses(application)["inspect"]).content.decode()
        )

        assert "<script>x" not in html

    def test_is_recorded_without_content(self, log_in, application):
        client = log_in(ADMISSIONS)

        client.get(addresses(application)["inspect"])

        entry = ModelLogEntry.objects.get(action="applications.read")
        assert entry.user == client.user
        assert entry.label == f"Application {application.reference}"
        assert entry.data == {}

    def test_is_recorded_before_any_answer_is_read(
        self, log_in, application, monkeypatch
    ):
        recorded = []

        def decrypt(token, place, decrypt=encryption.decrypt):
            read = ModelLogEntry.objects.filter(action="applications.read")
            recorded.append(read.exists())
            return decrypt(token, place)

        monkeypatch.setattr(encryption, "decrypt", decrypt)

        log_in(ADMISSIONS).get(addresses(application)["inspect"])

        assert recorded == [True] * len(IDS)

    def test_with_a_lost_key_says_so_and_is_no_fault(
        self, log_in, application, settings
    ):
        settings.FIELD_KEYS = ["bm5ubm5ubm5ubm5ubm5ubm5ubm5ubm5ubm5ubm5ubm4="]

        response = log_in(ADMISSIONS).get(addresses(application)["inspect"])

        assert response.status_code == 200
        assert "a key that the site no longer has" in response.content.decode()

    def test_a_missing_answer_is_told_of_and_hides_no_other(self, log_in, application):
        Answer.objects.filter(question=IDS["email"]).delete()

        html = (
            log_in(ADMISSIONS).get(addresses(application)["inspect"]).content.decode()
        )

        assert "The answer to this question is missing. Tell an administrator." in html
        assert "Quillfeather" in html

    def test_one_unreadable_answer_hides_no_other(self, log_in, application):
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE applications_answer SET value = 'clear' WHERE question = %s",
                [IDS["email"]],
            )

        html = (
            log_in(ADMISSIONS).get(addresses(application)["inspect"]).content.decode()
        )

        assert "not encrypted as it should be" in html
        assert (
            "clear"
            not in html.replace("clearfix", "").replace("Clear", "")[
                html.index("<h2>Answers") :
            ]
        )
        assert "Quillfeather" in html


class TestFiling:
    def test_marks_as_read_and_records_it(self, log_in, application):
        client = log_in(ADMISSIONS)

        client.post(addresses(application)["status"], {"status": "read"})

        application.refresh_from_db()
        assert application.status == "read"
        entry = ModelLogEntry.objects.get(action="applications.status")
        assert entry.data == {"status": "read"}

    def test_needs_more_than_the_right_to_read(self, client, application):
        rights = ["access_admin", "view_application"]
        reader = UserFactory()
        reader.user_permissions.set(Permission.objects.filter(codename__in=rights))
        client.force_login(reader)
        urls = addresses(application)

        html = client.get(urls["inspect"]).content.decode()
        response = client.post(urls["status"], {"status": "archived"})

        application.refresh_from_db()
        assert "Quillfeather" in html
        assert urls["status"] not in html
        assert response.status_code in {302, 403}
        assert application.status == "new"
        assert not ModelLogEntry.objects.filter(action="applications.status").exists()

    def test_refuses_a_status_that_there_is_not(self, log_in, application):
        url = addresses(application)["status"]

        assert log_in(ADMISSIONS).post(url, {"status": "lost"}).status_code == 400

    def test_deleting_needs_its_own_permission(self, log_in, application):
        client, url = log_in(ADMISSIONS), addresses(application)["delete"]
        client.post(url)
        assert Application.objects.exists()

        client.user.user_permissions.add(
            Permission.objects.get(codename="delete_application")
        )
        client.post(url)
        assert not Application.objects.exists()
        assert not Answer.objects.exists()

    @pytest.mark.parametrize("name", ["add", "edit", "copy", "history", "usage"])
    @pytest.mark.parametrize("args", [[], [uuid.uuid4()]], ids=["without", "with_pk"])
    def test_nobody_can_add_or_change_one(self, name, args):
        with pytest.raises(NoReverseMatch):
            reverse(f"application:{name}", args=args)

    @pytest.mark.parametrize("query", [{}, {"export": "csv"}, {"export": "xlsx"}])
    def test_no_export_is_offered(self, log_in, application, query):
        staff, url = log_in(None), reverse("application:index")

        response = staff.get(url, query)

        assert response.headers["Content-Type"].startswith("text/html")
        assert "export=" not in staff.get(url).content.decode()


class TestTraces:
    def test_nothing_of_it_is_in_the_reference_index(self, application):
        assert not ReferenceIndex.model_is_indexable(Application)
        assert not ReferenceIndex.model_is_indexable(Answer)
        assert not ReferenceIndex.get_references_for_object(application).exists()

    def test_its_name_names_nobody(self, application):
        assert str(application) == f"Application {application.reference}"
        assert "Quillfeather" not in repr(list(application.answers.all()))

    def test_the_reference_number_has_nothing_to_mistake(self, application):
        assert len(application.reference) == 9
        assert not set(application.reference) & set("0O1IL5S8B2ZUAE")
