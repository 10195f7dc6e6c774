"""A link from the list of mistakes leads to the whole question."""

from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from home.models import HomePage
from tests.helpers.factories_applications import ApplicationFormPageFactory

HEIGHT = 568
# Where the question with the focus begins, and the field itself ends, in the window.
PLACE = """() => {
  const field = document.activeElement;
  const question = field.closest(".form__field");
  return [question.getBoundingClientRect().top, field.getBoundingClientRect().bottom];
}"""


@pytest.fixture
def mistaken(patient: BrowserContext, demonstration: str) -> Page:
    """A form of one page, sent with nothing filled in."""
    home = HomePage.objects.get()
    form = home.get_children().filter(slug="one-page").first()
    form = form or ApplicationFormPageFactory(parent=home, slug="one-page")
    page = patient.new_page()
    page.goto(form.get_full_url())
    page.locator(".application").get_by_role("button").click()
    expect(page.locator(".error-summary")).to_be_visible()
    return page


@pytest.mark.parametrize("width", [320, 1440])
def test_the_question_its_hint_and_its_field_are_in_sight(
    mistaken: Page, width: int
) -> None:
    mistaken.set_viewport_size({"width": width, "height": HEIGHT})
    links = mistaken.locator(".error-summary a").all()
    hidden: list[Any] = []
    for link in links:
        link.click()
        expect(mistaken.locator(".form__field :focus")).to_have_count(1)
        top, bottom = mistaken.evaluate(PLACE)
        if top < 0 or bottom > HEIGHT:
            hidden.append((link.inner_text(), top, bottom))

    assert len(links) > 7
    assert hidden == []
