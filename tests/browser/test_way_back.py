"""On a telephone somebody goes from an e-mail to the status page, and withdraws."""

import re
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from applications.applying import intake
from applications.definitions import asked
from applications.models import Application, ApplicationFormPage
from tests.browser.conftest import PATIENCE
from tests.helpers import axe
from tests.helpers.access_links import latest_code, latest_link
from tests.quality.measures import TOO_WIDE

PHONE = {"width": 320, "height": 640}


@pytest.fixture
def phone(browser: Browser, browser_context_args: dict[str, Any]) -> Iterator[Page]:
    context = browser.new_context(
        **browser_context_args | {"viewport": PHONE}, reduced_motion="reduce"
    )
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()


def look(page: Page, heading: str) -> None:
    """Find what is wrong with the page of this heading, once it is there."""
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)
    assert page.evaluate(TOO_WIDE) == []
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)
        assert axe.faults(page) == []


def somebody_has_applied() -> Application:
    definition = ApplicationFormPage.objects.get().latest_definition
    given = {"email": "ada@example.org", "consent": True}
    answers = {
        each["id"]: given.get(each["kind"], "") for each in asked(definition.content)
    }
    return intake.store(definition, uuid.uuid4(), answers)


def test_from_the_link_by_a_mistyped_code_to_the_status_page_and_out(
    phone: Page, demonstration: str
) -> None:
    application = somebody_has_applied()

    phone.goto(demonstration + latest_link())
    look(phone, "Open what you sent us")
    phone.get_by_role("button", name="Send me the code").click()
    code = phone.get_by_label("Code", exact=True)
    expect(code).to_have_attribute("inputmode", "numeric")
    code.fill("12")
    phone.get_by_role("button", name="Open", exact=True).click()
    expect(code).to_be_focused()
    expect(code).to_have_value("12")
    told = re.compile("^Error: Enter the six digits")
    expect(code).to_have_accessible_description(told)
    look(phone, "Enter the code")
    code.fill(latest_code())
    code.press("Enter")

    expect(phone.locator("main")).to_contain_text(application.reference)
    look(phone, "What you sent us")
    with phone.expect_download() as started:
        phone.get_by_role("link", name="Download my answers").click()
    name = started.value.suggested_filename
    assert name == f"answers-{application.reference}.html"

    phone.get_by_role("link", name="Withdraw it").click()
    look(phone, "Do you want to withdraw it?")
    phone.get_by_role("button", name="Yes, withdraw it").click()
    heading = phone.get_by_role("heading", name="You have withdrawn it")
    expect(heading).to_be_visible()
    phone.reload()
    expect(heading).to_be_visible()

    phone.get_by_role("button", name="Close", exact=True).click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("It is closed")
    phone.goto(f"{demonstration}/applications/status/")
    look(phone, "This link no longer works")
