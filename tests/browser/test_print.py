"""What is printed."""

from playwright.sync_api import Page


def test_a_question_and_its_field_stay_on_one_page(
    demonstration: str, page: Page
) -> None:
    page.emulate_media(media="print")
    page.goto(f"{demonstration}/apply/")

    breaks = page.locator(".form__field").evaluate_all(
        "fields => fields.map((field) => getComputedStyle(field).breakInside)"
    )

    assert len(breaks) > 3
    assert set(breaks) == {"avoid"}
