"""Decisions with reasons, and two opinions before them."""

from uuid import uuid4

import pytest
from django.contrib.auth.models import Permission
from django.core import mail
from django.db import connection
from django.urls import reverse

from applications.deciding.record import rows_about
from applications.models import (
    Application,
    ApplicationLogEntry,
    Decision,
    DecisionReason,
    Opinion,
    SecondReader,
)
from tests.helpers.revealing import inspect_url

WHY = "Your illness is of a form that our therapy has not been tried on."
STATUS = "/applications/status/"


def url(name, application):
    return reverse(f"application:{name}", args=[application.pk])


def decided(browser, application, state="declined", version=1, **more):
    posted = {"state": state, "reasons": WHY, "version": str(version), **more}
    return browser.post(url("decide", application), posted)


def opined(browser, application, outcome="accepted", text="She is well enough."):
    posted = {"outcome": outcome, "text": text}
    return browser.post(url("opinion", application), posted)


def shown(response):
    return response.content.decode()


class TestDeciding:
    def test_is_read_with_its_reasons_on_the_status_page_and_in_no_email(
        self, ada, application, applicant
    ):
        assert decided(ada, application).status_code == 302

        page = shown(applicant.get(STATUS))
        assert "It is declined" in page
        assert WHY in page
        assert WHY in shown(applicant.get(f"{STATUS}answers/"))
        assert mail.outbox
        assert not [each for each in mail.outbox if "therapy" in each.body]

    def test_is_encrypted_and_logged_without_its_reasons(self, ada, application):
        decided(ada, application)

        with connection.cursor() as cursor:
            cursor.execute("SELECT reasons FROM applications_decision")
            assert "therapy" not in str(cursor.fetchall())
        entry = ApplicationLogEntry.objects.get(action="applications.decide")
        assert entry.message == "Decided: Declined"
        assert "therapy" not in str(entry.data)

    def test_taken_back_is_read_no_more(self, ada, application, applicant):
        decided(ada, application)

        ada.post(url("undo", application), {"version": "2"})

        page = shown(applicant.get(STATUS))
        assert WHY not in page
        assert "It has arrived" in page

    def test_taken_back_is_not_read_again_in_the_same_state_by_another_move(
        self, ada, application, applicant
    ):
        decided(ada, application)
        ada.post(url("undo", application), {"version": "2"})

        ada.post(url("status", application), {"state": "declined", "version": "3"})

        page = shown(applicant.get(STATUS))
        assert "It is declined" in page
        assert WHY not in page
        assert "Taken back on" in shown(ada.get(inspect_url(application.pk)))

    def test_left_by_a_move_is_read_again_once_that_is_taken_back(
        self, ada, application, applicant
    ):
        decided(ada, application)
        ada.post(url("status", application), {"state": "reading", "version": "2"})
        assert WHY not in shown(applicant.get(STATUS))

        ada.post(url("undo", application), {"version": "3"})

        assert WHY in shown(applicant.get(STATUS))

    def test_anew_in_the_same_state_is_news_is_logged_and_can_be_taken_back(
        self, ada, bela, application, applicant
    ):
        decided(ada, application)
        decided(ada, application, version=2, reasons="In other words.")
        assert len(mail.outbox) == 2

        assert decided(bela, application, version=2).status_code == 409
        ada.post(url("undo", application), {"version": "3"})

        page = shown(applicant.get(STATUS))
        assert WHY in page
        assert "In other words." not in page

    def test_anew_shows_the_last_reasons(self, ada, application, applicant):
        decided(ada, application)
        decided(ada, application, "accepted", version=2, reasons="After all.")

        page = shown(applicant.get(STATUS))
        assert "After all." in page
        assert WHY not in page

    def test_with_a_colleague_ahead_stores_nothing_and_keeps_what_was_typed(
        self, ada, bela, application
    ):
        decided(bela, application, "accepted")

        response = decided(ada, application)

        assert response.status_code == 409
        assert WHY in shown(response)
        assert "Bela Curlew changed it" in shown(response)
        assert Decision.objects.get().outcome == "accepted"

    @pytest.mark.parametrize(
        ("missing", "sentence"),
        [({"state": ""}, "Choose what you decide."), ({"reasons": ""}, "Write why.")],
    )
    def test_without_all_of_it_says_what_to_do(
        self, ada, application, missing, sentence
    ):
        response = decided(ada, application, **missing)

        assert response.status_code == 422
        assert sentence in shown(response)
        assert not Decision.objects.exists()

    def test_to_take_it_back_is_no_decision(self, ada, application):
        assert decided(ada, application, "withdrawn").status_code == 422

    def test_with_a_mistake_does_not_hide_what_a_colleague_did_meanwhile(
        self, ada, bela, application
    ):
        decided(bela, application, "accepted")

        page = shown(decided(ada, application, reasons=""))

        assert 'name="version" value="1"' in page

    @pytest.mark.parametrize("version", ["9" * 5000, "1"])
    def test_by_two_presses_of_one_button_is_one(self, ada, application, version):
        key = str(uuid4())
        decided(ada, application, key=key)

        again = decided(ada, application, key=key, version=version)

        assert again.status_code == 302
        assert Decision.objects.count() == 1

    def test_of_one_that_is_gone_shows_what_was_typed(self, ada, application):
        Application.objects.all().delete()

        response = decided(ada, application)

        assert response.status_code == 404
        assert WHY in shown(response)


class TestReasons:
    def test_that_staff_keep_are_put_behind_what_was_typed_and_nothing_is_stored(
        self, ada, application, home
    ):
        kept = DecisionReason.objects.create(name="Not tried", text="Nobody knows.")

        page = shown(decided(ada, application, reason=str(kept.pk), insert="1"))

        assert f"{WHY}\n\nNobody knows." in page.replace("\r\n", "\n")
        assert not Decision.objects.exists()

    def test_are_looked_at_as_the_applicant_will_read_them(self, ada, application):
        page = shown(decided(ada, application, look="1"))

        assert "What the applicant will read" in page
        assert page.count(WHY) == 2
        assert not Decision.objects.exists()

    def test_looking_does_not_hide_what_a_colleague_did_meanwhile(
        self, ada, bela, application
    ):
        decided(bela, application, "accepted")

        page = shown(decided(ada, application, look="1"))

        assert 'name="version" value="1"' in page

    def test_are_kept_by_officers_in_the_admin(self, ada):
        posted = {"name": "Full", "text": "There is no place.", "sort_order": "0"}

        ada.post(reverse("application_reason:add"), posted)

        assert DecisionReason.objects.get().text == "There is no place."


class TestSecondReader:
    @pytest.fixture(autouse=True)
    def two(self, form_page):
        return SecondReader.objects.create(form=form_page)

    def test_must_have_said_something_before_it_is_decided(
        self, ada, bela, application
    ):
        opined(ada, application)
        # Once more is no second opinion.
        opined(ada, application, "declined")

        response = decided(ada, application)

        assert response.status_code == 409
        assert "two people must give their opinion" in shown(response)
        assert WHY in shown(response)
        opined(bela, application)
        assert decided(ada, application).status_code == 302

    def test_cannot_be_passed_by_by_the_button_of_a_state(self, ada, application):
        opined(ada, application)

        page = ada.post(
            url("status", application),
            {"state": "accepted", "version": "1"},
            follow=True,
        )

        assert "two people must give their opinion" in shown(page)
        application.refresh_from_db()
        assert application.status == Application.Status.RECEIVED

    def test_reads_the_other_only_once_both_are_in(self, ada, bela, application):
        opined(ada, application, text="Ada thinks so.")

        assert "Ada thinks so." in shown(ada.get(inspect_url(application.pk)))
        assert "Ada thinks so." not in shown(bela.get(inspect_url(application.pk)))

        opined(bela, application, "declined", text="Bela does not.")

        for browser in (ada, bela):
            page = shown(browser.get(inspect_url(application.pk)))
            assert "Ada thinks so." in page
            assert "Bela does not." in page

    def test_of_the_clinic_alone_is_no_part_of_what_is_kept_of_a_person_yet(
        self, ada, bela, application
    ):
        opined(ada, application)
        assert "She is well enough." not in str(rows_about(application))

        opined(bela, application)

        assert "She is well enough." in str(rows_about(application))

    def test_whose_words_cannot_be_read_may_write_them_again(self, ada, application):
        opined(ada, application)
        with connection.cursor() as cursor:
            cursor.execute("UPDATE applications_opinion SET text = 'unreadable'")

        response = ada.get(url("opinion", application))

        assert response.status_code == 200
        assert 'role="alert"' in shown(response)

    def test_changes_nothing_once_both_are_in(self, ada, bela, application):
        opined(ada, application)
        opined(bela, application, "declined")

        response = opined(bela, application, text="Now that I have read hers")

        assert response.status_code == 409
        assert "Now that I have read hers" in shown(response)
        assert {each.text for each in Opinion.objects.all()} == {"She is well enough."}

    def test_may_think_again_before(self, ada, application):
        opined(ada, application)
        opined(ada, application, "declined", text="On second thoughts")

        assert Opinion.objects.get().text == "On second thoughts"
        page = shown(ada.get(url("opinion", application)))
        assert "On second thoughts" in page

    def test_is_asked_for_and_no_more_on_the_forms_page_of_states(
        self, ada, form_page, two
    ):
        page = reverse("application:states", args=[form_page.pk])
        assert 'name="readers"' not in shown(ada.get(page))
        ada.post(page, {"readers": "1"})
        assert SecondReader.objects.exists()
        ada.user.user_permissions.add(Permission.objects.get(codename="manage_rights"))

        ada.post(page, {"readers": "1"})
        assert not SecondReader.objects.exists()
        ada.post(page, {"readers": "3"})
        ada.post(page, {"readers": "2"})
        ada.post(page, {"readers": "2"})

        assert SecondReader.objects.get().form == form_page
        entries = ApplicationLogEntry.objects.filter(
            action="applications.second_reader"
        )
        assert [each.message for each in entries.order_by("number")] == [
            "Readers before a decision: 2 → 1",
            "Readers before a decision: 1 → 2",
        ]
