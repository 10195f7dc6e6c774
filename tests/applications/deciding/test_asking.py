"""Asking for more, and what the applicant answers on the status page."""

from copy import deepcopy
from uuid import uuid4

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from applications.deciding.asking import take_back
from applications.models import (
    Application,
    ApplicationLogEntry,
    ApplicationSettings,
    FormDefinition,
    FormRight,
    FurtherQuestion,
)
from applications.status import acts, answering
from applications.tasks import tell_of_question
from tests.helpers.applicants_files import PDF
from tests.helpers.revealing import inspect_url, reveal

ASKED = "Which dose of Vermilionazole did you take in 2019?"
ANSWERED = "Five milligrams, until the rash began."
STATUS = "/applications/status/"


def asked(browser, application, text=ASKED, version=1, **more):
    url = reverse("application:ask", args=[application.pk])
    return browser.post(url, {"text": text, "version": str(version), **more})


def answer_url():
    return reverse("applications:question", args=[FurtherQuestion.objects.get().pk])


def shown(response):
    return response.content.decode()


class TestAsking:
    def test_reaches_the_applicant_on_the_status_page_and_in_no_email(
        self, ada, application, applicant
    ):
        assert asked(ada, application).status_code == 302

        application.refresh_from_db()
        assert application.status == Application.Status.ASKED
        page = shown(applicant.get(STATUS))
        assert ASKED in page
        assert answer_url() in page
        assert mail.outbox
        assert not [each for each in mail.outbox if "Vermilionazole" in each.body]

    def test_is_stored_encrypted_and_logged_without_a_word_of_it(
        self, ada, application
    ):
        asked(ada, application)

        with connection.cursor() as cursor:
            cursor.execute("SELECT text FROM applications_furtherquestion")
            assert "Vermilionazole" not in str(cursor.fetchall())
        entry = ApplicationLogEntry.objects.get(action="applications.ask")
        assert entry.user == ada.user
        assert "Vermilionazole" not in str(entry.data) + entry.message

    def test_with_a_colleague_ahead_stores_nothing_and_keeps_what_was_typed(
        self, ada, bela, application
    ):
        asked(bela, application, text="Hers")

        response = asked(ada, application)

        assert response.status_code == 409
        assert ASKED in shown(response)
        assert "Bela Curlew changed it" in shown(response)
        assert FurtherQuestion.objects.count() == 1
        # Having looked, she may.
        assert asked(ada, application, version=2).status_code == 302

    def test_a_second_time_is_news_again(self, ada, application):
        asked(ada, application)
        before, since = len(mail.outbox), Application.objects.get().state_since

        application.refresh_from_db()
        asked(ada, application, text="And since?", version=application.version)

        assert len(mail.outbox) == before + 1
        assert Application.objects.get().state_since == since

    def test_is_told_once_while_open_and_not_of_one_that_was_taken_back(
        self, ada, application, applicant, commits
    ):
        asked(ada, application)
        question = FurtherQuestion.objects.get()
        assert len(mail.outbox) == 1

        tell_of_question.call(str(question.pk))
        FurtherQuestion.objects.update(told_at=None, taken_back_at=timezone.now())
        tell_of_question.call(str(question.pk))

        assert len(mail.outbox) == 1

    def test_of_one_that_looked_automatic_says_to_call_and_is_told_once_vouched_for(
        self, ada, application, applicant
    ):
        Application.objects.update(suspicion="fast")

        page = ada.post(
            reverse("application:ask", args=[application.pk]),
            {"text": ASKED, "version": "1"},
            follow=True,
        )

        assert "No e-mail is sent to the applicant: call" in shown(page)
        assert not mail.outbox
        ada.post(reverse("application:spam", args=[application.pk]))
        assert "There is news" in " ".join(each.subject for each in mail.outbox)

    def test_of_one_without_an_address_says_to_call(self, ada, application):
        page = inspect_url(application.pk)
        assert "told by e-mail in ten minutes" in shown(ada.get(page))

        Application.objects.update(contact_hash="")

        assert "No e-mail is sent to the applicant: call" in shown(ada.get(page))

    def test_leaves_no_move_before_it_to_take_back(self, ada, application):
        undo = reverse("application:undo", args=[application.pk])
        ada.post(
            reverse("application:status", args=[application.pk]),
            {"state": "asked", "version": "1"},
        )
        asked(ada, application, version=2)

        ada.post(undo, {"version": "3"})

        application.refresh_from_db()
        assert application.status == Application.Status.ASKED
        assert application.version == 3

    def test_of_one_who_has_withdrawn_is_refused(self, ada, application):
        acts.withdraw(application)
        application.refresh_from_db()

        response = asked(ada, application, version=application.version)

        assert response.status_code == 409
        assert ASKED in shown(response)
        assert not FurtherQuestion.objects.exists()

    def test_can_be_taken_back_until_it_is_answered(self, ada, application, applicant):
        asked(ada, application)
        url = answer_url()
        back = reverse("application:ask_back", args=[FurtherQuestion.objects.get().pk])

        ada.post(back)

        application.refresh_from_db()
        assert application.status == Application.Status.READING
        assert ASKED not in shown(applicant.get(STATUS))
        applicant.post(url, {"text": ANSWERED})
        assert FurtherQuestion.objects.get().answer == ""

    def test_without_words_says_what_to_do(self, ada, application):
        response = asked(ada, application, text=" ")

        assert response.status_code == 422
        assert "Write what you need." in shown(response)

    def test_by_two_presses_of_one_button_is_one(self, ada, application):
        key = str(uuid4())
        asked(ada, application, key=key)

        assert asked(ada, application, key=key).status_code == 302
        assert FurtherQuestion.objects.count() == 1


class TestAnswering:
    @pytest.fixture
    def url(self, ada, application):
        asked(ada, application, takes_files="on")
        mail.outbox.clear()
        return answer_url()

    def test_is_read_by_staff_once_revealed_and_never_before(
        self, ada, application, applicant, url
    ):
        assert applicant.post(url, {"text": ANSWERED}).url == STATUS

        application.refresh_from_db()
        assert application.status == Application.Status.READING
        hidden = shown(ada.get(inspect_url(application.pk)))
        assert "Hidden like answers about health" in hidden
        assert "Five milligrams" not in hidden
        assert ANSWERED in shown(reveal(ada, application.pk))
        assert "You answered it on" in shown(applicant.get(STATUS))

    def test_is_revealed_where_the_form_asks_nothing_about_health(
        self, ada, applicant, home, application
    ):
        asked(ada, application)
        applicant.post(answer_url(), {"text": ANSWERED})
        content = deepcopy(application.definition.content)
        for question in content["questions"]:
            question["sensitivity"] = "personal"
        plain = FormDefinition.objects.create(
            page=application.definition.page, number=2, content=content
        )
        Application.objects.update(definition=plain)

        page = shown(ada.get(inspect_url(application.pk)))

        assert 'id="reveal"' in page
        FormRight.objects.filter(right__in=["reveal", "decide"]).delete()
        page = shown(ada.get(inspect_url(application.pk)))
        assert 'id="reveal"' not in page
        assert "it takes the right to reveal" in page

    def test_tells_staff_without_a_word_of_it_and_stands_in_the_own_copy(
        self, applicant, url, home
    ):
        ApplicationSettings.objects.create(
            site=home.get_site(), notified="admissions@example.org"
        )
        applicant.post(url, {"text": ANSWERED})

        [told] = mail.outbox
        assert told.to == ["admissions@example.org"]
        assert "Five" not in told.body
        copy = shown(applicant.get(f"{STATUS}answers/"))
        assert ASKED in copy
        assert ANSWERED in copy

    def test_with_a_file_hands_it_to_those_who_reveal(
        self, ada, application, applicant, url
    ):
        file = SimpleUploadedFile("letter.pdf", PDF, "application/pdf")

        assert applicant.post(url, {"text": "", "files": file}).url == STATUS

        assert "letter.pdf" not in shown(ada.get(inspect_url(application.pk)))
        page = shown(reveal(ada, application.pk))
        assert "letter.pdf" in page
        upload = application.uploads.get()
        saved = ada.get(reverse("application:file", args=[upload.pk]))
        assert b"".join(saved.streaming_content) == PDF

    def test_a_file_that_is_refused_loses_no_word(self, applicant, url):
        file = SimpleUploadedFile("notes.exe", b"MZ" * 99, "image/jpeg")

        response = applicant.post(url, {"text": ANSWERED, "files": file})

        assert response.status_code == 422
        assert ANSWERED in shown(response)
        assert "“notes.exe”" in shown(response)
        assert FurtherQuestion.objects.get().answered_at is None

    def test_a_file_can_be_added_and_removed_before_sending(
        self, applicant, url, application
    ):
        file = SimpleUploadedFile("letter.pdf", PDF, "application/pdf")
        page = shown(
            applicant.post(url, {"text": ANSWERED, "files": file, "stay": "1"})
        )
        assert "letter.pdf" in page
        assert ANSWERED in page

        removed = {"text": ANSWERED, "remove": str(application.uploads.get().pk)}
        page = shown(applicant.post(url, removed))

        assert "letter.pdf" not in page
        assert ANSWERED in page
        assert not application.uploads.exists()

    def test_with_nothing_says_what_to_do(self, applicant, url):
        response = applicant.post(url, {"text": "  "})

        assert response.status_code == 422
        assert "Write your answer, or choose a file." in shown(response)

    def test_twice_is_once(self, applicant, url):
        applicant.post(url, {"text": ANSWERED})
        again = applicant.post(url, {"text": ANSWERED})

        assert again.url == STATUS
        assert FurtherQuestion.objects.get().answer == ANSWERED

    @pytest.mark.parametrize("when", ["before", "meanwhile"])
    def test_to_a_question_that_was_closed_shows_what_was_typed(
        self, ada, applicant, url, monkeypatch, when
    ):
        question = FurtherQuestion.objects.get()
        if when == "before":
            take_back(question, by=ada.user)
        else:
            monkeypatch.setattr(answering, "answer", lambda question, text: False)

        response = applicant.post(url, {"text": ANSWERED})

        assert response.status_code == 409
        assert ANSWERED in shown(response)
        assert "This question is closed" in shown(response)
        assert "no-store" in response.headers["Cache-Control"]

    @pytest.mark.parametrize("end", ["taken back", "withdrawn", "meanwhile"])
    def test_that_was_never_sent_leaves_no_file(
        self, ada, application, applicant, url, monkeypatch, end
    ):
        file = SimpleUploadedFile("letter.pdf", PDF, "application/pdf")
        question = FurtherQuestion.objects.get()
        if end == "meanwhile":
            monkeypatch.setattr(answering, "hold_open", lambda question: False)
        applicant.post(url, {"text": "", "files": file, "stay": "1"})
        if end == "taken back":
            assert application.uploads.exists()
            take_back(question, by=ada.user)
        elif end == "withdrawn":
            acts.withdraw(application)

        assert not application.uploads.exists()

    def test_after_the_page_has_closed_shows_what_was_typed(self, url):
        response = Client(headers={"host": "localhost"}).post(url, {"text": ANSWERED})

        assert response.status_code == 410
        assert ANSWERED in shown(response)
        assert "no-store" in response.headers["Cache-Control"]

    def test_of_somebody_elses_question_leads_to_ones_own_page(
        self, applicant, url, application
    ):
        other = Application.objects.create(
            definition=application.definition, submission_key=uuid4()
        )
        foreign = FurtherQuestion.objects.create(application=other, text="Not yours")
        address = reverse("applications:question", args=[foreign.pk])

        for response in (
            applicant.get(address),
            applicant.post(address, {"text": ANSWERED}),
        ):
            assert response.url == STATUS
        foreign.refresh_from_db()
        assert foreign.answered_at is None

    def test_without_a_key_keeps_what_was_typed(self, applicant, url, settings):
        settings.FIELD_KEYS = ["bm5ubm5ubm5ubm5ubm5ubm5ubm5ubm5ubm5ubm5ubm4="]

        response = applicant.post(url, {"text": ANSWERED})

        assert response.status_code == 503
        assert ANSWERED in shown(response)

    def test_waits_while_another_question_is_open(self, ada, application, applicant):
        asked(ada, application)
        application.refresh_from_db()
        asked(ada, application, text="And since?", version=application.version)
        first, second = FurtherQuestion.objects.all()

        applicant.post(reverse("applications:question", args=[first.pk]), {"text": "A"})

        application.refresh_from_db()
        assert application.status == Application.Status.ASKED
        applicant.post(
            reverse("applications:question", args=[second.pk]), {"text": "B"}
        )
        application.refresh_from_db()
        assert application.status == Application.Status.READING
