"""Somebody applies step by step, whatever goes wrong on the way, and staff read it."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from applications.models import Application, ApplicationFormPage, Draft
from home.roles import ADMISSIONS, EDITORS
from tests.browser.conftest import PATIENCE
from tests.helpers import axe

MEDICINES = "Ocrelizumab 600 mg\nBaclofen 10 mg “forte” & <more>"
WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
MS = "Has a doctor told you that you have multiple sclerosis?"
RELAPSE = "Have you had a relapse"


@pytest.fixture(autouse=True)
def at_any_speed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test answers faster than people do."""
    monkeypatch.setattr("applications.applying.steps.reviewing.FASTEST", 0)


@pytest.fixture
def window(
    browser: Browser, browser_context_args: dict[str, Any], demonstration: str
) -> Any:
    """``window(scripts)`` is a window on the page in front of the form."""
    contexts = []

    def open_(scripts: bool, width: int = 1440) -> Page:
        context = browser.new_context(
            **browser_context_args | {"viewport": {"width": width, "height": 640}},
            java_script_enabled=scripts,
            bypass_csp=scripts,
        )
        contexts.append(context)
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        page.goto(ApplicationFormPage.objects.get().get_full_url())
        return page

    yield open_
    for context in contexts:
        context.close()


def proceed(page: Page) -> None:
    page.get_by_role("button", name="Continue").click()


def choose(page: Page, question: str, answer: str) -> None:
    page.get_by_role("group", name=question).get_by_label(answer, exact=True).check()


def heading(page: Page, text: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(text)


def precheck(page: Page) -> None:
    page.get_by_role("link", name="Begin", exact=True).click()
    heading(page, "Can we help at all?")
    choose(page, MS, "Yes")
    proceed(page)
    heading(page, "You")


def you(page: Page, name: str = "Ada Ternhaven") -> None:
    page.get_by_label("I agree that Marram Quay Clinic stores").check()
    page.get_by_label("Your full name").fill(name)
    page.get_by_label("E-mail address").fill("ada@example.org")
    proceed(page)
    heading(page, "Your illness")


def illness(page: Page) -> None:
    page.get_by_label("Relapsing-remitting").check()
    page.get_by_label("In which year were you diagnosed?").fill("2015")
    choose(page, RELAPSE, "No")
    proceed(page)
    heading(page, "Your medicines")


def rest(page: Page) -> None:
    page.get_by_label("Which medicines do you take now?").fill(MEDICINES)
    proceed(page)
    heading(page, "How we reach you")
    page.get_by_label("By letter").check()
    proceed(page)
    heading(page, "Check your answers")


def send(page: Page) -> str:
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Thank you")
    return page.locator(".thanks__reference strong").inner_text()


def test_somebody_without_scripts_goes_back_changes_and_sends(
    window: Callable[..., Page],
) -> None:
    before, drafts = Application.objects.count(), Draft.objects.count()
    page = window(scripts=False)
    precheck(page)
    page.get_by_label("Your full name").fill("Ada Ternhaven")
    page.get_by_label("E-mail address").fill("ada@")
    proceed(page)

    summary = page.locator(".error-summary")
    expect(summary.get_by_role("heading")).to_be_focused()
    expect(summary.get_by_role("listitem")).to_have_count(2)
    expect(page.get_by_label("E-mail address")).to_have_value("ada@")
    page.reload()
    expect(page.get_by_label("Your full name")).to_have_value("Ada Ternhaven")
    you(page)
    choose(page, RELAPSE, "Yes")
    proceed(page)
    expect(page.get_by_label("Year", exact=True)).to_be_visible()
    page.get_by_role("button", name="Back").click()
    heading(page, "You")
    page.go_back()
    expect(page.get_by_role("group", name=RELAPSE).get_by_label("Yes")).to_be_checked()
    illness(page)
    rest(page)
    page.get_by_role("link", name="Change Your full name").click()
    expect(page.get_by_label("Your full name")).to_be_focused()
    page.get_by_label("Your full name").fill("Ada Curlew")
    proceed(page)
    heading(page, "Check your answers")
    expect(page.locator("main")).to_contain_text("Ada Curlew")
    reference = send(page)
    page.reload()
    assert reference in page.content()
    page.go_back()
    assert reference in page.content()

    assert Application.objects.count() == before + 1
    assert Draft.objects.count() == drafts


def test_on_a_phone_questions_show_at_once_and_nothing_is_amiss(
    window: Callable[..., Page],
) -> None:
    page = window(scripts=True, width=320)

    def look() -> None:
        assert (axe.faults(page), page.evaluate(WIDE)) == ([], 0), page.url

    look()
    page.get_by_role("link", name="Begin", exact=True).click()
    heading(page, "Can we help at all?")
    look()
    choose(page, MS, "No")
    proceed(page)
    heading(page, "We can probably not help you here")
    look()
    page.get_by_role("button", name="Go on all the same").click()
    heading(page, "You")
    look()
    proceed(page)
    expect(page.locator(".error-summary")).to_be_visible()
    look()
    you(page)
    when = page.get_by_role("group", name="When did the last relapse begin?")
    expect(when).to_be_hidden()
    choose(page, RELAPSE, "Yes")
    expect(when).to_be_visible()
    expect(page.get_by_role("group", name=RELAPSE).get_by_label("Yes")).to_be_focused()
    look()
    when.get_by_label("Year").fill("2024")
    page.get_by_label("Relapsing-remitting").check()
    page.get_by_label("In which year were you diagnosed?").fill("2015")
    proceed(page)
    rest(page)
    expect(page.locator("main")).to_contain_text("2024")
    look()
    page.get_by_role("link", name="Clear my answers").click()
    expect(page.get_by_role("button", name="Delete my answers")).to_be_visible()
    look()
    page.get_by_role("button", name="Delete my answers").click()
    expect(page.locator(".notice")).to_contain_text("have been deleted")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_off_line_nothing_typed_is_lost(
    window: Callable[..., Page], scripts: bool
) -> None:
    page = window(scripts)
    precheck(page)
    page.get_by_label("Your full name").fill("Ada Ternhaven")
    page.context.set_offline(True)
    proceed(page)
    if scripts:
        expect(page.locator("offline-notice")).to_be_visible()
        page.context.set_offline(False)
    else:
        page.wait_for_url("chrome-error:**")
        page.context.set_offline(False)
        page.go_back()

    expect(page.get_by_label("Your full name")).to_have_value("Ada Ternhaven")
    you(page)
    heading(page, "Your illness")


def test_an_expired_visit_gives_the_answers_back(window: Callable[..., Page]) -> None:
    drafts = Draft.objects.count()
    page = window(scripts=False)
    precheck(page)
    page.get_by_label("Your full name").fill("Ada Ternhaven")
    page.context.clear_cookies()
    proceed(page)

    expect(page.locator("div.notice")).to_contain_text("Nothing has been sent yet")
    expect(page.get_by_label("Your full name")).to_have_value("Ada Ternhaven")
    assert Draft.objects.count() == drafts


def test_admissions_read_what_was_answered_and_editors_do_not(
    window: Callable[..., Page], staff: Callable[[str], Page]
) -> None:
    page = window(scripts=False)
    precheck(page)
    you(page, name="Wilhelmina Curlew")
    illness(page)
    rest(page)
    reference = send(page)

    officer = staff(ADMISSIONS)
    officer.goto("/admin/")
    officer.get_by_role("link", name="Applications").first.click()
    expect(officer.locator("main")).not_to_contain_text("Curlew")
    officer.get_by_role("link", name=reference).first.click()
    answers = officer.locator("main")
    expect(answers).to_contain_text("Wilhelmina Curlew")
    expect(answers).not_to_contain_text("Baclofen")
    officer.get_by_label("To decide on the application").check()
    officer.get_by_role("button", name="Reveal for ten minutes").click()
    expect(officer.get_by_role("heading", name="Answers", exact=True)).to_be_focused()
    for given in ["Wilhelmina Curlew", "Baclofen 10 mg", "By letter", "Not asked"]:
        expect(answers).to_contain_text(given)

    editor = staff(EDITORS)
    editor.goto("/admin/")
    expect(editor.get_by_role("link", name="Applications")).to_have_count(0)
    editor.goto(officer.url)
    expect(editor.locator("body")).not_to_contain_text("Curlew")
    expect(editor.locator("body")).to_contain_text("do not have permission")
