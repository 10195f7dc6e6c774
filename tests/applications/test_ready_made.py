"""Ready-made questions: as composed by one click, as asked, and as staff are told."""

import uuid

import pytest
from django.db import connection
from django.urls import reverse

from applications.definitions import frozen
from applications.models import Application
from applications.models.pages import ApplicationFormPage
from applications.models.rights import Right
from home.roles import ADMISSIONS
from tests.helpers.factories_applications import (
    grant,
    officers,
    problems_of,
    question,
    take_all,
)
from tests.helpers.factories_steps import (
    SteppedFormPageFactory,
    block,
    fill_in,
    one_click,
    soup_of,
)
from tests.helpers.revealing import inspect_url, reveal

pytestmark = pytest.mark.one_database

NAMES = ["carer", "carer_name", "carer_capacity", "adjustments", "interpreter"]
MARKS = ["Filled in by a carer", "Needs adjustments", "Answered about an interpreter"]


def named(name):
    return f"q-{one_click(name)['id']}"


def composed():
    return [
        block("step", "You"),
        question("consent"),
        question("email"),
        *(one_click(name) for name in NAMES),
    ]


@pytest.fixture
def form_page(home):
    return SteppedFormPageFactory(parent=home, questions=composed())


@pytest.fixture
def apply(client, form_page, monkeypatch):
    monkeypatch.setattr("applications.applying.steps.reviewing.FASTEST", 0)

    def send(**answers):
        typed = {"consent": "on", "email": "ada@example.org", **answers}
        fill_in(client, "/apply/step/1/", **typed)
        fill_in(client, "/apply/step/1/", **typed)
        fill_in(client, "/apply/review/")
        return Application.objects.get()

    return send


@pytest.mark.django_db
def test_added_by_one_click_each_nothing_is_wrong_with_the_form():
    page = ApplicationFormPage(
        title="Apply", slug="apply", purpose="To decide.", retention_months=6
    )
    stream = page._meta.get_field("questions").stream_block
    page.questions = stream.to_python(composed())

    assert problems_of(page) == []


def test_each_asks_as_the_block_that_it_is_made_of(form_page):
    kinds = {
        item["ready_made"]: item["kind"]
        for item in frozen(form_page)["questions"]
        if "ready_made" in item
    }

    assert list(kinds) == NAMES
    assert kinds["carer"] == "yes_no"
    assert kinds["adjustments"] == "multiple_choice"


def test_a_carer_is_asked_more_and_fills_in_no_name_by_accident(client, form_page):
    path, carer = "/apply/step/1/", {named("carer"): "Yes"}
    for _ in range(2):
        fill_in(client, path, consent="on", email="ada@example.org", **carer)
    response = client.get(path)

    name = soup_of(response).select_one(f"[name={named('carer_name')}]")
    assert name["autocomplete"] == "off"
    assert not name.find_parent("fieldset", disabled=True)
    assert "Enter your own name" in response.content.decode()


def test_nobody_else_is(client, form_page, apply):
    apply()

    assert Application.objects.count() == 1


class TestStaff:
    def listed(self, log_in):
        index = log_in(ADMISSIONS).get(reverse("application:index"))
        return soup_of(index).select_one("table.listing").text

    def test_are_told_in_the_list_and_at_the_application(self, log_in, apply):
        application = apply(
            **{
                named("carer"): "Yes",
                named("carer_name"): "Bea Quillfeather",
                named("carer_capacity"): "As a relative or friend",
                named("adjustments"): ["Rooms without steps"],
                named("interpreter"): "Finnish",
            }
        )

        table = self.listed(log_in)
        page = reveal(log_in(ADMISSIONS), application.pk).content.decode()
        for mark in MARKS:
            # Adjustments are asked for as a question about health.
            assert (mark in table) == (mark != "Needs adjustments")
            assert mark in page
        for answer in ("Finnish", "Rooms without steps", "Bea"):
            assert answer not in table
            assert answer in page

    def test_are_told_of_adjustments_once_revealed(self, log_in, apply):
        application = apply(**{named("adjustments"): ["Rooms without steps"]})
        officer = log_in(ADMISSIONS)

        hidden = officer.get(inspect_url(application.pk)).content.decode()
        shown = reveal(officer, application.pk).content.decode()

        assert "Needs adjustments" not in hidden
        assert "Needs adjustments" in shown

    def test_are_told_nothing_where_they_may_only_see(self, log_in, apply, form_page):
        apply(**{named("interpreter"): "Finnish"})
        take_all(form_page)
        grant(form_page, officers(), Right.SEE)

        table = self.listed(log_in)
        assert "Apply" in table
        assert not [mark for mark in MARKS if mark in table]

    def test_are_told_nothing_of_others(self, log_in, apply):
        apply(**{named("carer"): "No"})

        table = self.listed(log_in)
        assert not [mark for mark in MARKS if mark in table]

    @pytest.mark.parametrize("answer", ["No", "None", "No, thank you"])
    def test_are_not_told_that_somebody_wants_what_they_decline(
        self, log_in, apply, answer
    ):
        apply(**{named("interpreter"): answer})

        table = self.listed(log_in)
        assert "Wants an interpreter" not in table
        assert "Answered about an interpreter" in table

    def test_see_the_list_even_where_an_answer_cannot_be_read(
        self, log_in, apply, settings
    ):
        application = apply(**{named("interpreter"): "Finnish"})
        settings.FIELD_KEYS = ["bm5ubm5ubm5ubm5ubm5ubm5ubm5ubm5ubm5ubm5ubm4="]

        assert application.reference in self.listed(log_in)

    def test_are_told_of_ten_with_as_many_queries_as_of_one(
        self, log_in, apply, django_assert_max_num_queries
    ):
        definition = apply(**{named("interpreter"): "Finnish"}).definition
        for _ in range(9):
            Application.objects.create(
                definition=definition, submission_key=uuid.uuid4()
            )
        officer, index = log_in(ADMISSIONS), reverse("application:index")
        officer.get(index)

        with django_assert_max_num_queries(28):
            officer.get(index)

    def test_what_they_are_told_is_stored_nowhere_in_clear(self, apply):
        apply(**{named("adjustments"): ["Rooms without steps"]})

        with connection.cursor() as cursor:
            for table in ("applications_application", "applications_answer"):
                cursor.execute(f"SELECT * FROM {table}")  # noqa: S608
                assert "Rooms without" not in repr(cursor.fetchall())
