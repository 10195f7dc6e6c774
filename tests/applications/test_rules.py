"""What keeps a form from going live, and who hears that somebody applied."""

import smtplib

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.urls import reverse

from applications.composing.blocks import ApplicationQuestionsBlock
from applications.models.applications import Application
from applications.models.pages import ApplicationFormPage
from applications.models.site_settings import ApplicationSettings
from core.publishing import gate
from tests.helpers.factories_applications import (
    ApplicationFormPageFactory,
    filled_in,
    question,
    questions,
)

BLOCKS = list(ApplicationQuestionsBlock().child_blocks.values())


def codes(asked, **terms):
    page = ApplicationFormPage(title="Apply", slug="apply", **terms)
    page.questions = page._meta.get_field("questions").stream_block.to_python(asked)
    return {problem.code: problem.level for problem in gate.publishing_problems(page)}


@pytest.mark.django_db
class TestGate:
    @pytest.mark.parametrize(
        ("asked", "code", "level"),
        [
            ([], "form-without-questions", "block"),
            (
                [{"type": "section", "id": "s", "value": {"title": "Alone"}}],
                "form-without-questions",
                "block",
            ),
            (
                [question("single_choice", choices=[])],
                "question-without-choices",
                "block",
            ),
            (
                [question("single_choice", choices=["a"])],
                "question-without-choices",
                "block",
            ),
            (
                [question("multiple_choice", choices=[])],
                "question-without-choices",
                "block",
            ),
            (
                [question("single_choice", choices=["a", "a"])],
                "question-without-choices",
                "block",
            ),
            (
                [question("yes_no", sensitivity="health")],
                "health-question-without-reason",
                "warn",
            ),
            (
                [question("long_text"), question("consent", short_name=" ")],
                "consent-without-short-name",
                "block",
            ),
            (
                [question("long_text"), question("consent", required=False)],
                "health-questions-without-consent",
                "block",
            ),
            (
                [question("long_text"), question("consent")],
                "health-questions-without-terms",
                "block",
            ),
            (
                [question("long_text"), question("consent")],
                "health-questions-without-readers",
                "block",
            ),
            (
                [question("email"), question("telephone", label=" e-mail  ADDRESS ")],
                "duplicate-question",
                "warn",
            ),
            (
                [question("email"), question("email", label="Your doctor's address")],
                "second-email-question",
                "warn",
            ),
        ],
    )
    def test_tells_what_is_wrong(self, asked, code, level):
        assert codes(asked).get(code) == level

    def test_has_nothing_against_a_sound_form(self, home):
        page = ApplicationFormPageFactory(parent=home, questions=questions())

        assert gate.publishing_problems(page) == []

    def test_keeps_a_form_without_questions_from_going_live(self, home):
        with pytest.raises(gate.PublishBlocked):
            ApplicationFormPageFactory(parent=home, questions=[])


class TestBlocks:
    @pytest.mark.django_db
    @pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.name)
    def test_draws_its_preview_as_the_form_does(self, block):
        value = block.normalize(block.meta.preview_value)

        html = render_to_string(
            block.get_template(), block.get_context(value, parent_context={})
        )

        words = value.get("label") or value.get("title") or value["text"].source
        assert str(words) in html
        assert "form__" in html or "body exit" in html
        assert block.meta.description
        assert block.meta.group
        assert block.meta.icon not in {"placeholder", ""}

    @pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.name)
    def test_offers_every_one_of_its_fields_to_editors(self, block):
        layout = block.meta.form_layout
        shown = [*layout.children, *layout.settings]

        assert sorted(shown) == sorted(block.child_blocks)


class TestNotification:
    @pytest.fixture
    def form_page(self, home):
        ApplicationSettings.objects.create(
            site=home.get_site(), notified="a@example.org\n\n b@example.org "
        )
        return ApplicationFormPageFactory(parent=home)

    def send(self, client, form_page, run):
        with run(execute=True):
            return client.post(form_page.url, filled_in(form_page))

    def test_says_that_something_arrived_and_where_and_not_what(
        self, client, form_page, django_capture_on_commit_callbacks
    ):
        self.send(client, form_page, django_capture_on_commit_callbacks)

        application = Application.objects.get()
        to_staff, _to_applicant = mail.outbox
        message = to_staff
        assert message.to == ["a@example.org", "b@example.org"]
        assert application.reference in message.subject
        assert reverse("application:inspect", args=[application.pk]) in message.body
        (html,) = message.alternatives
        assert reverse("application:inspect", args=[application.pk]) in html.content
        for secret in ("Quillfeather", "Apply for", "Vermilionazole"):
            assert secret not in str(message.message())
            assert secret not in message.body + html.content

    def test_that_fails_is_nothing_to_the_visitor(
        self, client, form_page, django_capture_on_commit_callbacks, monkeypatch
    ):
        def refuse(*args, **kwargs):
            raise smtplib.SMTPServerDisconnected

        monkeypatch.setattr("applications.letters.letter", refuse)

        response = self.send(client, form_page, django_capture_on_commit_callbacks)

        assert response.status_code == 303
        assert Application.objects.exists()

    def test_waits_in_the_database_where_tasks_do(self, client, form_page, settings):
        from django_tasks_db.models import DBTaskResult

        settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
        before = DBTaskResult.objects.count()

        client.post(form_page.url, filled_in(form_page))

        application = Application.objects.get()
        waiting = DBTaskResult.objects.filter(task_path="applications.tasks.notify")
        assert DBTaskResult.objects.count() >= before + 1
        assert waiting.get().args_kwargs == {
            "args": [str(application.pk)],
            "kwargs": {},
        }

    def test_is_sent_to_nobody_where_nobody_is_named(self, client, home):
        form_page = ApplicationFormPageFactory(parent=home)

        client.post(form_page.url, filled_in(form_page))

        assert not mail.outbox

    def test_goes_to_addresses_only(self):
        with pytest.raises(ValidationError):
            ApplicationSettings(notified="a@example.org\nnobody").clean_fields(
                exclude=["site"]
            )
