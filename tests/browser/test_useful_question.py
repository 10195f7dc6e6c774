"""Readers answer whether a page was useful, and stay where they are."""

import pytest
from playwright.sync_api import Page, expect

from review.models import UsefulCount

ARTICLE = "/blog/can-mesenchymal-stem-cells-slow-multiple-sclerosis/"
# As older browsers do, which know no second argument.
WITHOUT_BUTTON = """const Whole = FormData;
  window.FormData = class extends Whole { constructor(form) { super(form); } };"""


@pytest.mark.parametrize("is_old", [False, True])
def test_an_answer_is_counted_before_it_is_thanked_for(
    page: Page, demonstration, is_old
):
    before = sum(UsefulCount.objects.values_list("no", flat=True))
    if is_old:
        page.add_init_script(WITHOUT_BUTTON)
    page.goto(demonstration + ARTICLE)

    page.locator("#useful").get_by_role("button", name="No").click()

    expect(page.locator("#useful")).to_have_text("Thank you. Your answer was counted.")
    assert page.url == demonstration + ARTICLE
    assert sum(UsefulCount.objects.values_list("no", flat=True)) == before + 1
