"""An application that is sent while the database is gone, locked or full."""

import resource
import sqlite3
from dataclasses import replace

import pytest
from django.db import connection
from django.utils.datastructures import MultiValueDict

from applications.applying import intake
from applications.applying.forms import TOKEN
from applications.applying.tokens import FeedbackToken
from applications.models import Answer, Application, Feedback
from tests.helpers.database_gone import IS_POSTGRESQL, database_gone, end_connection
from tests.helpers.factories_applications import ApplicationFormPageFactory, filled_in
from tests.helpers.visiting import CSRF_SECRET, visit

FORM = "/apply/"
HERE = {"Origin": "http://testserver"}


@pytest.fixture
def form_page(home):
    return ApplicationFormPageFactory(parent=home)


@pytest.fixture
def posted(form_page):
    return filled_in(form_page, long_text="Vermilionazole\r\n<b>5 mg</b>")


def fields_of(form):
    """What a browser sends when the form's button is pressed."""
    fields = MultiValueDict()
    for field in form.select("input"):
        fields.appendlist(field["name"], field["value"])
    return fields


class TestUnsentApplication:
    def test_is_printed_back_whole(self, posted):
        with database_gone():
            answer = visit(FORM, posted, HERE)

        assert answer.status == 503
        assert answer.headers["Retry-After"] == "60"
        assert "no-store" in answer.headers["Cache-Control"]
        listed = [item.get_text("\n") for item in answer.soup.select("main section li")]
        assert listed == [
            "Ada Quillfeather",
            "Vermilionazole\n<b>5 mg</b>",
            "ada@example.org",
            "01632 960 001",
            "2009",
            "Not far",
            "Infection",
            "Yes",
            "27, 3, 1974",
        ]
        assert "<b>" not in answer.text
        assert answer.soup.select("a") == []  # a tap on one would lose it

    def test_is_sent_again_by_the_button_and_stored_as_it_was(self, posted):
        with database_gone():
            form = visit(FORM, posted, HERE).soup.select_one("main form")

        sent = visit(form["action"], fields_of(form), HERE)

        assert sent.status == 303
        assert form.select_one("button[type=submit]")
        given = {str(answer.given) for answer in Answer.objects.all()}
        assert {"Vermilionazole\n<b>5 mg</b>", "1974-03-27"} <= given

    def test_that_was_stored_in_spite_of_the_error_is_not_stored_twice(self, posted):
        visit(FORM, posted, HERE)
        with database_gone():
            form = visit(FORM, posted, HERE).soup.select_one("main form")

        assert visit(FORM, fields_of(form), HERE).status == 303
        assert Application.objects.count() == 1

    def test_keeps_to_itself_what_is_no_answer(self, posted):
        posted |= {"password": "hunter2", "homepage": "a-program-was-here"}
        with database_gone():
            text = visit(FORM, posted, HERE).text

        assert "Vermilionazole" in text
        for secret in (CSRF_SECRET, "hunter2", "a-program-was-here"):
            assert secret not in text

    def test_from_another_site_is_not_printed(self, posted):
        elsewhere = (
            {"Origin": "https://elsewhere.example"},
            {"Origin": "null"},
            {"Sec-Fetch-Site": "cross-site"},
            {"Sec-Fetch-Site": "same-site", "Origin": "http://testserver"},
        )
        with database_gone():
            answers = [visit(FORM, posted, headers) for headers in elsewhere]

        for answer in answers:
            assert answer.status == 503
            assert "Vermilionazole" not in answer.text

    def test_what_was_hard_is_printed_back_and_sent_again_too(self, form_page):
        token = replace(FeedbackToken.new(form_page.latest_definition.pk), shown_at=0)
        said = MultiValueDict({"q-hard": ["The print."], TOKEN: [str(token)]})
        with database_gone():
            answer = visit("/applications/feedback/", said, HERE)
        form = answer.soup.select_one("main form")

        assert "The print." in answer.text
        assert visit(form["action"], fields_of(form), HERE).status == 303
        assert Feedback.objects.get().text == "The print."

    def test_without_a_token_of_ours_is_not_printed(self, posted):
        with database_gone():
            answers = [
                visit(FORM, {**posted, TOKEN: token}, HERE)
                for token in ("", "forged", "1:2:3")
            ]

        for answer in answers:
            assert answer.status == 503
            assert "Vermilionazole" not in answer.text
            assert "reload it" in answer.text

    def test_whose_csrf_token_is_stale_is_printed_back_too(self, posted):
        with database_gone():
            answer = visit(FORM, {**posted, "csrfmiddlewaretoken": "z" * 32}, HERE)

        assert "Vermilionazole" in answer.text


@pytest.mark.django_db(transaction=True)
class TestMeanwhile:
    @pytest.mark.skipif(not IS_POSTGRESQL, reason="needs PostgreSQL")
    def test_in_the_middle_of_a_request_prints_the_answers_back(
        self, posted, monkeypatch
    ):
        def create_after_a_restart(*args):
            end_connection()
            return create(*args)

        create = intake._create
        with monkeypatch.context() as patch:
            patch.setattr(intake, "_create", create_after_a_restart)
            answer = visit(FORM, posted, HERE)

        assert answer.status == 503
        assert "Vermilionazole" in answer.text
        assert visit(FORM, posted, HERE).status == 303
        assert Application.objects.count() == 1

    @pytest.mark.skipif(IS_POSTGRESQL, reason="needs SQLite")
    def test_locked_prints_the_answers_back_and_serves_readers(
        self, posted, monkeypatch
    ):
        connection.close()
        monkeypatch.setitem(connection.settings_dict["OPTIONS"], "timeout", 0.1)
        name = connection.settings_dict["NAME"]
        other = sqlite3.connect(name, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")

        answer = visit(FORM, posted, HERE)
        reader = visit("/")
        other.rollback()
        other.close()

        assert answer.status == 503
        assert "Vermilionazole" in answer.text
        assert reader.status == 200
        assert visit(FORM, posted, HERE).status == 303

    @pytest.mark.skipif(IS_POSTGRESQL, reason="needs SQLite")
    def test_on_a_full_disk_prints_the_answers_back(self, posted):
        connection.close()
        soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, hard))
        try:
            answer = visit(FORM, posted, HERE)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))

        assert answer.status == 503
        assert "Vermilionazole" in answer.text
        connection.close()
        assert visit(FORM, posted, HERE).status == 303
