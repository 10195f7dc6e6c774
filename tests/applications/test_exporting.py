"""Applications as a table: a column a question, whatever became of it since."""

import csv
import io
import uuid
from copy import deepcopy
from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from applications.applying import intake
from applications.exporting import rows as exporting
from applications.exporting.files import csv_file, xlsx_file
from applications.exporting.rows import table
from applications.models import (
    Answer,
    Application,
    ApplicationLogEntry,
    FormDefinition,
)
from applications.models.rights import FormRight, Right
from home.roles import ADMISSIONS
from tests.helpers.factories_applications import (
    ApplicationFormPageFactory,
    grant,
    officers,
)

NAME, AGE, CITY, SICK = (str(uuid.UUID(int=number)) for number in (1, 2, 3, 4))
FORMULA = "=cmd|' /C calc'!A0"


def question(pk, label, **more):
    return {
        "kind": "short_text",
        "id": pk,
        "label": label,
        "required": False,
        "sensitivity": "personal",
    } | more


@pytest.fixture
def form(home):
    return ApplicationFormPageFactory(parent=home)


@pytest.fixture
def define(form):
    """``define(question, …)`` publishes the next definition of the form."""

    def defined(*questions):
        content = deepcopy(form.latest_definition.content)
        return FormDefinition.objects.create(
            page=form,
            number=form.latest_definition.number + 1,
            content=content | {"questions": list(questions)},
        )

    return defined


def send(definition, **answers):
    given = {
        key: answers.get(key, "")
        for key in (each["id"] for each in definition.content["questions"])
    }
    return intake.store(definition, uuid.uuid4(), given)


def rows(applications=None):
    if applications is None:
        applications = Application.objects.all()
    return list(table(applications))


def as_csv(found):
    text = b"".join(csv_file(found)).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def as_xlsx(found):
    return load_workbook(io.BytesIO(b"".join(xlsx_file(found)))).active


class TestColumns:
    def test_follow_a_question_through_all_its_versions(self, define):
        first = define(question(NAME, "Name"), question(AGE, "Age"))
        send(first, **{NAME: "Ada", AGE: "36"})
        second = define(
            question(CITY, "City"), question(AGE, "Your age"), question(NAME, "Name")
        )
        send(second, **{NAME: "Mary", AGE: "41", CITY: "Leeds"})
        third = define(question(NAME, "Full name"), question(AGE, "Your age"))
        send(third, **{NAME: "Rosalind", AGE: "37"})

        heading, *others = rows()

        assert heading[4:] == [
            "Full name (before: “Name”)",
            "Your age (before: “Age”)",
            "City (no longer asked)",
        ]
        assert [row[4:] for row in others] == [
            ["Ada", "36", ""],
            ["Mary", "41", "Leeds"],
            ["Rosalind", "37", ""],
        ]

    def test_two_questions_with_equal_words_stay_two(self, define):
        definition = define(question(NAME, "Name"), question(CITY, "Name"))
        send(definition, **{NAME: "Ada", CITY: "Lovelace"})

        assert rows()[1][4:] == ["Ada", "Lovelace"]

    def test_of_nobody_are_headings_alone(self, form):
        assert rows() == [["Reference", "Received", "Status", "How it came"]]


class TestRows:
    def test_cost_as_many_queries_for_many_as_for_few(
        self, define, django_assert_num_queries
    ):
        definition = define(question(NAME, "Name"), question(AGE, "Age"))
        for number in range(2):
            send(definition, **{NAME: f"Applicant {number}"})
        rows()  # A process reads the form's key once.
        with django_assert_num_queries(4):
            rows()
        for number in range(20):
            send(definition, **{NAME: f"Applicant {number}"})
        with django_assert_num_queries(4):
            assert len(rows()) == 23

    def test_are_filled_beside_answers_of_one_deleted_meanwhile(
        self, define, monkeypatch
    ):
        send(define(question(NAME, "Name")), **{NAME: "Ada"})
        found = exporting._by_application

        def with_another(applications):
            yield (timezone.now() - timedelta(days=9), uuid.uuid4()), {}
            yield from found(applications)

        monkeypatch.setattr(exporting, "_by_application", with_another)

        assert rows()[1][4:] == ["Ada"]

    def test_hold_each_applicants_own_answers(self, define):
        definition = define(question(NAME, "Name"), question(AGE, "Age"))
        for number in range(30):
            send(definition, **{NAME: f"Applicant {number}", AGE: str(number)})
        # Nobody can tell apart by time who sent in the same second.
        Application.objects.update(
            submitted_at=Application.objects.first().submitted_at
        )

        found = {row[4]: row[5] for row in rows()[1:]}

        assert found == {f"Applicant {n}": str(n) for n in range(30)}

    def test_name_what_cannot_be_read_and_go_on(self, define):
        definition = define(question(NAME, "Name"))
        for name in ("Ada", "Mary"):
            send(definition, **{NAME: name})
        first = Answer.objects.order_by("application__submitted_at")[0]
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE applications_answer SET value = 'torn' WHERE uuid = %s",
                [Answer._meta.pk.get_db_prep_value(first.pk, connection)],
            )

        cells = [row[4] for row in rows()[1:]]

        assert "not encrypted as it should be" in cells[0]
        assert cells[1] == "Mary"

    def test_without_an_answer_are_there_all_the_same(self, define):
        definition = define(question(NAME, "Name"))
        lost, kept = (send(definition, **{NAME: name}) for name in ("Ada", "Mary"))
        Answer.objects.filter(application=lost).delete()

        found = {row[0]: row[4] for row in rows()[1:]}

        assert "missing" in found[lost.reference]
        assert found[kept.reference] == "Mary"


class TestFiles:
    @pytest.fixture
    def found(self, define):
        definition = define(question(NAME, FORMULA), question(AGE, "Age & <more>"))
        send(definition, **{NAME: FORMULA, AGE: "one\ntwo \N{GRINNING FACE} <b>&"})
        send(definition, **{NAME: "+44 20 7946 0000", AGE: "\x0bodd"})
        return rows()

    def test_in_csv_nothing_is_taken_for_a_formula(self, found):
        for row in as_csv(found):
            assert not [cell for cell in row if cell[:1] in "=+-@\t\r" and cell]
        assert as_csv(found)[1][4] == f"'{FORMULA}"

    def test_in_xlsx_every_cell_is_a_text_as_it_was_typed(self, found):
        sheet = as_xlsx(found)

        cells = [[cell.value or "" for cell in row] for row in sheet.iter_rows()]
        assert cells[1][4:] == [FORMULA, "one\ntwo \N{GRINNING FACE} <b>&"]
        assert cells[2][4:] == ["+44 20 7946 0000", "\N{REPLACEMENT CHARACTER}odd"]
        assert all(cell.data_type in "sn" for row in sheet.iter_rows() for cell in row)

    @pytest.mark.parametrize("written", [csv_file, xlsx_file])
    def test_come_in_pieces_before_all_was_read(self, written):
        read = []

        def endless():
            for number in range(100_000):
                read.append(number)
                yield [str(number)]

        pieces = written(endless())
        for _piece in range(3):
            next(pieces)

        assert len(read) < 10


class TestPage:
    @pytest.fixture
    def url(self):
        return reverse("export_applications")

    @pytest.fixture
    def applications(self, define):
        definition = define(question(NAME, "Name"))
        return [send(definition, **{NAME: name}) for name in ("Ada", "Mary")]

    @pytest.fixture
    def officer(self, log_in, applications, form):
        client = log_in(ADMISSIONS)
        grant(form, officers(), Right.EXPORT)
        return client

    def asked(self, form, **changes):
        return {"form": form.pk, "kind": "csv", "reason": "Yearly report"} | changes

    def test_hands_out_the_file_and_records_it_with_its_reason(
        self, officer, url, form
    ):
        response = officer.post(url, self.asked(form))

        found = as_csv_of(response)
        assert [row[4] for row in found[1:]] == ["Ada", "Mary"]
        assert "no-store" in response["Cache-Control"]
        assert str(form.title) not in response["Content-Disposition"]
        entry = ApplicationLogEntry.objects.get(action="applications.export")
        assert entry.user_id == officer.user.pk
        assert entry.data["count"] == 2
        assert "Yearly report" in entry.formatter.format_message(entry)

    def test_asks_for_a_reason_and_loses_nothing(self, officer, url, form):
        response = officer.post(url, self.asked(form, reason=" ", kind="xlsx"))

        assert "Say what it is for" in response.content.decode()
        assert not ApplicationLogEntry.objects.exists()
        assert response.context["form"]["kind"].value() == "xlsx"

    def test_is_limited_to_days(self, officer, url, form, applications):
        earlier = timezone.now() - timedelta(days=10)
        Application.objects.filter(pk=applications[0].pk).update(submitted_at=earlier)
        day = (timezone.localdate() - timedelta(days=1)).isoformat()

        later = as_csv_of(officer.post(url, self.asked(form, since=day)))
        before = as_csv_of(officer.post(url, self.asked(form, until=day)))

        assert [row[4] for row in later[1:]] == ["Mary"]
        assert [row[4] for row in before[1:]] == ["Ada"]
        wrong = self.asked(form, since=day, until="2020-01-01")
        assert "not before the first" in officer.post(url, wrong).content.decode()

    def test_offers_the_forms_that_one_exports_and_no_other(
        self, officer, url, form, home
    ):
        other = ApplicationFormPageFactory(parent=home, slug="b", title="Another form")

        html = officer.get(url).content.decode()
        refused = officer.post(url, self.asked(other))

        assert str(form.title) in html
        assert "Another form" not in html
        assert refused.status_code == 200
        assert not refused.streaming
        assert not ApplicationLogEntry.objects.exists()

    def test_holds_answers_about_health_for_those_who_may_reveal_them(
        self, officer, url, form, define
    ):
        send(
            define(
                question(NAME, "Name"), question(SICK, "Ill?", sensitivity="health")
            ),
            **{NAME: "Eve", SICK: "Vermilionazole"},
        )

        whole = as_csv_of(officer.post(url, self.asked(form)))
        FormRight.objects.filter(right=Right.REVEAL).delete()
        part = as_csv_of(officer.post(url, self.asked(form)))

        assert [row[5] for row in whole[1:]] == ["", "", "Vermilionazole"]
        assert part[3][4:] == ["Eve", "Not exported: it takes the right to reveal it."]
        entries = ApplicationLogEntry.objects.filter(action="applications.export")
        found = [entry.data["is_revealed"] for entry in entries.order_by("number")]
        assert found == [True, False]

    @pytest.mark.parametrize("method", ["get", "post"])
    def test_reading_applications_is_not_exporting_them(
        self, log_in, applications, url, form, method
    ):
        client = log_in(ADMISSIONS)

        response = getattr(client, method)(url, self.asked(form))

        assert response.status_code == 302
        assert "Export" not in client.get(reverse("application:index")).content.decode()

    def test_is_led_to_from_the_list(self, officer, url):
        assert url in officer.get(reverse("application:index")).content.decode()


def as_csv_of(response):
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))
