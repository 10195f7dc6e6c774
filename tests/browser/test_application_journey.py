"""Somebody applies, whatever goes wrong on the way, and staff read it."""

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import Browser, Page, expect

from applications.models.applications import Application
from applications.models.pages import ApplicationFormPage
from home.roles import ADMISSIONS, EDITORS
from tests.browser.conftest import PATIENCE

HOPE = "To carry a cup across the kitchen, “without” spilling & swearing."
MEDICINES = "Ocrelizumab 600 mg\nBaclofen 10 mg"


@pytest.fixture(autouse=True)
def at_any_speed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test answers faster than people do."""
    monkeypatch.setattr("applications.applying.serving.FASTEST", 0)


@pytest.fixture
def applicant(
    browser: Browser, browser_context_args: dict[str, Any], demonstration: str
) -> Any:
    """A window on the form, in which no script runs."""
    context = browser.new_context(**browser_context_args, java_script_enabled=False)
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto(ApplicationFormPage.objects.get().get_full_url())
    yield page
    context.close()


def answer(page: Page, name: str = "Ada Ternhaven") -> None:
    """Fill in what the form requires, and more."""
    page.get_by_label("Your full name").fill(name)
    page.get_by_label("E-mail address").fill("ada@example.org")
    page.get_by_label("Day", exact=True).fill("27")
    page.get_by_label("Month", exact=True).fill("3")
    page.get_by_label("Year", exact=True).fill("1974")
    page.get_by_label("Relapsing-remitting").check()
    page.get_by_label("In which year were you diagnosed?").fill("2015")
    page.get_by_label("100 to 500 metres").check()
    page.get_by_label("Yes", exact=True).check()
    page.get_by_label("Which medicines do you take now?").fill(MEDICINES)
    page.get_by_label("I take a blood thinner").check()
    page.get_by_label("What do you hope for?").fill(HOPE)
    page.get_by_label("By letter").check()
    page.get_by_label("I agree that Marram Quay Clinic stores").check()


def send(page: Page) -> None:
    page.locator(".application").get_by_role("button").click()


def reference_on(page: Page) -> str:
    expect(page.get_by_role("heading", level=1)).to_contain_text("Thank you")
    return page.locator(".thanks__reference strong").inner_text()


def test_mistakes_are_named_at_the_top_and_at_each_field_and_nothing_is_lost(
    applicant: Page,
) -> None:
    answer(applicant)
    applicant.get_by_label("E-mail address").fill("ada@")
    applicant.get_by_label("Month", exact=True).fill("13")
    applicant.get_by_label("I agree that Marram Quay Clinic stores").uncheck()
    before = Application.objects.count()
    send(applicant)

    summary = applicant.locator(".error-summary")
    expect(summary.get_by_role("heading")).to_be_focused()
    expect(summary.get_by_role("heading")).to_be_in_viewport()
    expect(summary.get_by_role("listitem")).to_have_count(3)
    expect(applicant.locator(".form__error")).to_have_count(3)
    expect(applicant.get_by_label("E-mail address")).to_have_value("ada@")
    expect(applicant.get_by_label("Month", exact=True)).to_have_value("13")
    expect(applicant.get_by_label("Relapsing-remitting")).to_be_checked()
    expect(applicant.get_by_label("I take a blood thinner")).to_be_checked()
    expect(applicant.get_by_label("What do you hope for?")).to_have_value(HOPE)
    expect(applicant.get_by_label("Which medicines do you take now?")).to_have_value(
        MEDICINES
    )
    summary.get_by_role("link", name="E-mail address").click()
    expect(applicant.get_by_label("E-mail address")).to_be_in_viewport()
    assert Application.objects.count() == before

    answer(applicant)
    send(applicant)
    assert reference_on(applicant)
    assert Application.objects.count() == before + 1


def test_reloading_the_thank_you_page_stores_nothing_more(applicant: Page) -> None:
    before = Application.objects.count()
    answer(applicant)
    send(applicant)
    reference = reference_on(applicant)

    applicant.reload()

    assert reference_on(applicant) == reference
    assert Application.objects.count() == before + 1


def test_going_back_and_sending_again_is_one_application(applicant: Page) -> None:
    before = Application.objects.count()
    answer(applicant)
    send(applicant)
    reference = reference_on(applicant)

    applicant.go_back()
    send(applicant)

    assert reference_on(applicant) == reference
    assert Application.objects.count() == before + 1


def test_the_same_form_in_two_windows_is_one_application(applicant: Page) -> None:
    before = Application.objects.count()
    answer(applicant)
    token = applicant.locator("[name=form_token]").input_value()
    fields = applicant.locator(".application form").evaluate(
        "form => new URLSearchParams(new FormData(form)).toString()"
    )
    assert parse_qs(fields)["form_token"] == [token]
    again = applicant.context.request.post(
        applicant.url,
        data=fields,
        headers={
            "Content-Type": "application/x-www-form-urlencoded",
            "Origin": applicant.url.split("/apply")[0],
        },
    )
    assert "Thank you" in again.text()
    send(applicant)
    assert reference_on(applicant) in again.text()
    assert Application.objects.count() == before + 1


def test_an_expired_visit_gives_the_answers_back_to_be_sent_again(
    applicant: Page,
) -> None:
    before = Application.objects.count()
    answer(applicant)
    applicant.context.clear_cookies()
    send(applicant)

    expect(applicant.get_by_role("alert")).to_contain_text("Nothing has been sent yet")
    expect(applicant.get_by_label("What do you hope for?")).to_have_value(HOPE)
    expect(applicant.get_by_label("By letter")).to_be_checked()
    assert Application.objects.count() == before

    send(applicant)
    assert reference_on(applicant)
    assert Application.objects.count() == before + 1


def test_admissions_read_what_was_answered_and_editors_do_not(
    applicant: Page, staff: Callable[[str], Page]
) -> None:
    answer(applicant, name="Wilhelmina Curlew")
    send(applicant)
    reference = reference_on(applicant)

    officer = staff(ADMISSIONS)
    officer.goto("/admin/")
    officer.get_by_role("link", name="Applications").first.click()
    expect(officer.locator("main")).not_to_contain_text("Curlew")
    officer.get_by_role("link", name=reference).first.click()
    answers = officer.locator("main")
    for given in [
        "Wilhelmina Curlew",
        HOPE,
        "Baclofen 10 mg",
        "I take a blood thinner",
    ]:
        expect(answers).to_contain_text(given)

    editor = staff(EDITORS)
    editor.goto("/admin/")
    expect(editor.get_by_role("link", name="Applications")).to_have_count(0)
    editor.goto(officer.url)
    expect(editor.locator("body")).not_to_contain_text("Curlew")
    expect(editor.locator("body")).to_contain_text("do not have permission")
