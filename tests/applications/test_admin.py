"""Applications in the admin: who reads them, what is recorded, what nobody can do."""

import uuid

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import NoReverseMatch, reverse
from wagtail.models import ReferenceIndex

from applications.models import Answer, Application, ApplicationLogEntry
from applications.models.rights import Right
from applications.models.uploads import Upload
from core import encryption
from home.roles import ADMISSIONS, EDITORS, MODERATORS, SEO_SPECIALISTS
from tests.helpers.applicants_files import draft_of, kept
from tests.helpers.factories import UserFactory
from tests.helpers.factories_applications import (
    IDS,
    LABELS,
    ApplicationFormPageFactory,
    filled_in,
    grant,
    officers,
    question,
)
from tests.helpers.revealing import reveal


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
                client.post(address, {"state": "reading", "version": "1"}),
            ):
                assert response.status_code in {302, 403, 405}
                assert application.reference not in response.content.decode()
        application.refresh_from_db()
        assert application.status == "received"

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
        self, log_in, application, form_page, django_assert_max_num_queries
    ):
        grant(form_page, officers(), Right.DELETE)  # which each row asks for
        client = log_in(ADMISSIONS)
        for _ in range(9):
            Application.objects.create(
                definition=application.definition, submission_key=uuid.uuid4()
            )
        client.get(reverse("application:index"))

        with django_assert_max_num_queries(28):
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
        for text in (LABELS["short_text"], "Quillfeather", "Agreed"):
            assert text in html
        assert "no-store" in response.headers["Cache-Control"]

    def test_escapes_what_applicants_type(self, client, log_in, form_page):
        client.post(form_page.url, filled_in(form_page, long_text="<script>x</script>"))
        application = Application.objects.get()

        html = reveal(log_in(ADMISSIONS), application.pk).content.decode()

        assert "&lt;script&gt;x" in html
        assert "<script>x" not in html

    def test_is_recorded_without_content(self, log_in, application):
        client = log_in(ADMISSIONS)

        client.get(addresses(application)["inspect"])

        entry = ApplicationLogEntry.objects.get(action="applications.read")
        assert entry.user == client.user
        assert entry.label == f"Application {application.reference}"
        assert entry.data == {}

    def test_is_recorded_before_any_answer_is_read(
        self, log_in, application, monkeypatch
    ):
        recorded = []

        def decrypt(token, place, decrypt=encryption.decrypt):
            if place[0] != Answer._meta.db_table:
                return decrypt(token, place)
            read = ApplicationLogEntry.objects.filter(action="applications.read")
            recorded.append(read.exists())
            return decrypt(token, place)

        monkeypatch.setattr(encryption, "decrypt", decrypt)

        log_in(ADMISSIONS).get(addresses(application)["inspect"])

        assert recorded == [True] * (len(IDS) - 1)

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
                html.index('<h2 id="answers"') :
            ]
        )
        assert "Quillfeather" in html


class TestWithoutAnyKey:
    """Nothing can be recorded then, so nothing is done."""

    @pytest.fixture
    def upload(self, application):
        upload = kept(draft_of(application.definition.page))
        Upload.objects.update(draft=None, application=application)
        return upload

    @pytest.fixture(params=[[], ["not a key"]])
    def keyless(self, request, admin_client, upload, settings):
        settings.FIELD_KEYS = request.param
        return admin_client

    @pytest.mark.parametrize(
        ("method", "name", "data"),
        [
            ("get", "inspect", {}),
            ("post", "status", {"state": "reading", "version": "1"}),
            ("post", "spam", {}),
            ("post", "delete", {}),
        ],
    )
    def test_says_so_and_shows_and_changes_nothing(
        self, keyless, application, method, name, data
    ):
        Application.objects.update(suspicion="fast")
        address = reverse(f"application:{name}", args=[application.pk])

        response = getattr(keyless, method)(address, data, follow=True)

        html = response.content.decode()
        assert response.status_code == 200
        assert "Nothing was shown or changed" in html
        assert "An administrator must set FIELD_KEYS" in html
        assert "Quillfeather" not in html
        stored = Application.objects.get()
        assert (stored.status, stored.is_vouched) == ("received", False)
        assert not ApplicationLogEntry.objects.exists()

    def test_no_file_is_handed_out(self, keyless, upload):
        address = reverse("application:file", args=[upload.pk])
        response = keyless.get(address, follow=True)

        assert "Nothing was shown or changed" in response.content.decode()

    def test_nothing_is_exported_and_the_reason_stays_typed(
        self, admin_client, application, settings
    ):
        settings.FIELD_KEYS = []
        typed = {
            "form": application.definition.page_id,
            "kind": "csv",
            "reason": "For the yearly count",
        }

        response = admin_client.post(reverse("export_applications"), typed)

        html = response.content.decode()
        assert "An administrator must set FIELD_KEYS" in html
        assert "For the yearly count" in html


class TestFiling:
    def test_moves_it_and_records_it(self, log_in, application):
        client = log_in(ADMISSIONS)

        client.post(
            addresses(application)["status"], {"state": "reading", "version": "1"}
        )

        application.refresh_from_db()
        assert application.status == "reading"
        entry = ApplicationLogEntry.objects.get(action="applications.status")
        assert entry.data == {
            "from": {"status": "received", "name": "Received"},
            "to": {"status": "reading", "name": "Being read"},
        }

    def test_needs_more_than_the_right_to_read(self, client, home):
        readers = Group.objects.create(name="Readers")
        rights = {readers: [Right.READ]}
        form_page = ApplicationFormPageFactory(parent=home, rights=rights)
        client.post(form_page.url, filled_in(form_page))
        application = Application.objects.get()
        names = ["access_admin", "view_application"]
        reader = UserFactory()
        reader.user_permissions.set(Permission.objects.filter(codename__in=names))
        reader.groups.add(readers)
        client.force_login(reader)
        urls = addresses(application)

        html = client.get(urls["inspect"]).content.decode()
        response = client.post(urls["status"], {"state": "closed", "version": "1"})

        application.refresh_from_db()
        assert "Quillfeather" in html
        assert urls["status"] not in html
        assert response.status_code in {302, 403}
        assert application.status == "received"
        assert not ApplicationLogEntry.objects.filter(
            action="applications.status"
        ).exists()

    def test_refuses_a_status_that_there_is_not(self, log_in, application):
        url = addresses(application)["status"]

        page = log_in(ADMISSIONS).post(url, {"state": "lost"}, follow=True)

        assert "was not changed" in page.content.decode()

    def test_deleting_needs_its_own_right(self, log_in, application, form_page):
        client, url = log_in(ADMISSIONS), addresses(application)["delete"]
        client.post(url)
        assert Application.objects.exists()

        grant(form_page, officers(), Right.DELETE)
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
