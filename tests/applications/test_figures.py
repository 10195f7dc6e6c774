"""Figures of forms: what counts, what does not, and that they tell of nobody."""

from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from applications.applying.steps import precheck, reviewing
from applications.figures import counting
from applications.figures.funnel import coarse, funnel, whole_weeks
from applications.models.applications import Application
from applications.models.counts import FormCount
from applications.models.drafts import Draft
from home.roles import ADMISSIONS
from tests.helpers.factories_applications import (
    ApplicationFormPageFactory,
    send,
)
from tests.helpers.factories_steps import (
    ADULT,
    SteppedFormPageFactory,
    block,
    fill_in,
    in_steps,
    walk,
)

Kind = FormCount.Kind
FIRST, EXIT, SECOND = (
    block(kind, name)["id"]
    for kind, name in (
        ("step", "Before you begin"),
        ("exit", "We can probably not help you"),
        ("step", "You"),
    )
)


@pytest.fixture
def form_page(home):
    return SteppedFormPageFactory(parent=home)


@pytest.fixture(autouse=True)
def at_any_speed(monkeypatch):
    monkeypatch.setattr(reviewing, "FASTEST", 0)


def counted():
    rows = FormCount.objects.values_list("kind", "step", "count")
    return {(kind, step): number for kind, step, number in rows}


def answer_first(client, answer, **more):
    return fill_in(client, "/apply/step/1/", **{f"q-{ADULT}": answer}, **more)


class TestCounting:
    def test_the_whole_way_counts_each_step_once(self, client, form_page):
        fill_in(client, walk(client, form_page))

        steps = [item["id"] for item in in_steps() if item["type"] == "step"]
        expected = {(Kind.STARTED, ""): 1, (Kind.SENT, ""): 1}
        expected |= {(Kind.REACHED, step): 1 for step in [*steps, "review"]}
        expected |= {(Kind.FINISHED, step): 1 for step in steps}
        assert counted() == expected
        assert Application.objects.count() == 1

    def test_looking_counts_nothing(self, client, form_page):
        client.get("/apply/")
        client.get("/apply/step/1/")

        assert counted() == {}

    def test_a_mistake_begins_and_finishes_nothing(self, client, form_page):
        answer_first(client, None)

        assert counted() == {(Kind.STARTED, ""): 1, (Kind.REACHED, FIRST): 1}

    def test_back_and_forth_counts_once_before_and_after_the_consent(
        self, client, form_page
    ):
        for _ in range(2):
            answer_first(client, "Yes")
            fill_in(client, "/apply/step/2/", button="back")
        walk(client, form_page)
        once = counted()
        walk(client, form_page)
        fill_in(client, "/apply/step/3/", button="back")

        assert counted() == once
        assert set(once.values()) == {1}

    def test_an_exit_counts_and_who_goes_on_all_the_same(self, client, form_page):
        response = answer_first(client, "No")
        assert counted()[(Kind.EXIT, EXIT)] == 1
        assert (Kind.REACHED, SECOND) not in counted()

        fill_in(client, response.url)

        assert counted()[(Kind.PASSED, EXIT)] == 1
        assert counted()[(Kind.REACHED, SECOND)] == 1

    def test_a_second_applicant_adds_to_the_same_rows(self, client, form_page):
        answer_first(client, "Yes")
        rows = FormCount.objects.count()
        client.cookies.clear()
        answer_first(client, "Yes")

        assert FormCount.objects.count() == rows
        assert set(counted().values()) == {2}

    def test_what_fills_in_the_hidden_field_does_not_count(self, client, form_page):
        answer_first(client, "Yes", homepage="http://spam.example/")

        assert counted() == {}

    def test_what_looked_automatic_is_not_counted_as_sent(self, client, home):
        page = ApplicationFormPageFactory(parent=home)
        send(client, page, age=0)

        assert counted() == {}

    def test_a_form_of_one_page_counts_what_is_sent_and_a_reload_once(
        self, client, home
    ):
        page = ApplicationFormPageFactory(parent=home)
        send(client, page)

        assert counted() == {(Kind.SENT, ""): 1}

    def test_the_preview_counts_nothing(self, log_in, form_page):
        staff = log_in(None)
        address = reverse("wagtailadmin_pages:preview_on_edit", args=[form_page.pk])
        staff.get(address, {"mode": "step/1/"})

        assert counted() == {}


class TestSecrecy:
    def test_marks_lie_encrypted_where_the_answers_lie(self, client, form_page):
        response = answer_first(client, "Yes")
        assert FIRST[:8] not in response.cookies[precheck.COOKIE].value

        walk(client, form_page, until="step/3/")
        with connection.cursor() as cursor:
            cursor.execute("SELECT answers FROM applications_draft")
            assert FIRST[:8] not in cursor.fetchone()[0]

    def test_nothing_of_it_is_sent(self, client, form_page):
        fill_in(client, walk(client, form_page))

        (application,) = Application.objects.all()
        assert all("#" not in each.question for each in application.answers.all())


class TestHarm:
    def test_a_broken_table_costs_no_application(self, client, form_page, caplog):
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE applications_formcount RENAME TO gone")

        fill_in(client, walk(client, form_page))

        assert Application.objects.count() == 1
        assert not Draft.objects.exists()
        assert "figures were not counted" in caplog.text

    def test_starts_no_generation_of_pages(self, form_page):
        counting.count(form_page.pk, (Kind.STARTED, ""))
        before = connection.visible_changes

        counting.count(form_page.pk, (Kind.STARTED, ""), (Kind.REACHED, FIRST))

        assert connection.visible_changes == before

    def test_counts_all_that_a_step_did_in_one_statement(
        self, form_page, django_assert_max_num_queries
    ):
        with django_assert_max_num_queries(3):  # with the savepoint
            counting.count(form_page.pk, (Kind.STARTED, ""), (Kind.REACHED, FIRST))


class TestNumbers:
    @pytest.mark.parametrize(
        ("exact", "shown"),
        [
            (0, 0),
            (1, 0),
            (4, 0),
            (5, 5),
            (7, 5),
            (8, 10),
            (12, 10),
            (13, 15),
            (98, 100),
        ],
    )
    def test_are_rounded_to_fives_and_few_are_not_told(self, exact, shown):
        assert coarse(exact) == shown

    def test_are_of_weeks_that_are_over(self):
        since, until = whole_weeks(4)

        assert (since.weekday(), until.weekday()) == (0, 6)
        assert until - since == timedelta(days=27)
        assert until < timezone.localdate() <= until + timedelta(days=7)

    def test_are_those_of_the_form_and_of_the_period(self, form_page, home):
        other = SteppedFormPageFactory(parent=home, slug="other")
        since, until = date(2026, 3, 2), date(2026, 3, 29)
        for form, day in (
            (form_page, since),
            (form_page, until),
            (form_page, until + timedelta(days=1)),
            (form_page, since - timedelta(days=1)),
            (other, since),
        ):
            FormCount.objects.create(
                form=form, day=day, step="", kind=Kind.STARTED, count=10
            )

        assert funnel(form_page, since, until).stages[0].reached == 20

    def test_tell_where_people_stop_and_what_is_asked_no_longer(self, form_page):
        day = date(2026, 3, 2)
        for kind, step, number in (
            (Kind.STARTED, "", 40),
            (Kind.REACHED, FIRST, 40),
            (Kind.FINISHED, FIRST, 31),
            (Kind.EXIT, EXIT, 15),
            (Kind.PASSED, EXIT, 4),
            (Kind.REACHED, SECOND, 20),
            (Kind.SENT, "", 10),
        ):
            FormCount.objects.create(
                form=form_page, day=day, step=step, kind=kind, count=number
            )
        stream = form_page._meta.get_field("questions").stream_block
        kept = [i for i in in_steps()[3:] if not i["value"].get("condition")]
        form_page.questions = stream.to_python(kept)
        form_page.save()

        numbers = funnel(form_page, day, day)

        stages = {stage.title: stage for stage in numbers.stages}
        assert (stages["Begun"].share, stages["Sent"].share) == (100, 25)
        assert stages["Before you begin"].left == 10
        assert "Your medicines" not in stages
        (stop,) = numbers.stops
        assert (stop.shown, stop.stopped) == (15, 15)

    def test_are_deleted_after_two_years(self, form_page):
        today = timezone.localdate()
        for day in (today - counting.KEPT, today - counting.KEPT - timedelta(days=1)):
            FormCount.objects.create(
                form=form_page, day=day, step="", kind=Kind.SENT, count=1
            )

        call_command("delete_due_applications")

        assert [row.day for row in FormCount.objects.all()] == [today - counting.KEPT]


class TestReport:
    def test_shows_a_table_and_bars_and_no_exact_number(self, log_in, form_page):
        since, _until = whole_weeks(4)
        for kind, number in ((Kind.STARTED, 23), (Kind.SENT, 3)):
            FormCount.objects.create(
                form=form_page, day=since, step="", kind=kind, count=number
            )
        client = log_in(ADMISSIONS)

        html = client.get(reverse("form_figures"), {"weeks": 4, "form": form_page.pk})

        text = html.content.decode()
        table = text[text.index('<table class="listing figures"') :]
        assert "23" not in table.replace("2023", "")
        assert "25" in table
        assert "under 5" in table
        assert "We can probably not help you" in table

    @pytest.mark.parametrize(
        "query", [{}, {"form": "9999", "weeks": "x"}, {"form": "a"}]
    )
    def test_with_any_address_shows_something(self, log_in, form_page, query):
        response = log_in(ADMISSIONS).get(reverse("form_figures"), query)

        assert response.status_code == 200
        assert form_page.title in response.content.decode()

    def test_without_forms_says_so(self, log_in, home):
        response = log_in(ADMISSIONS).get(reverse("form_figures"))

        assert "There is no form yet." in response.content.decode()
