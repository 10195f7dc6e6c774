"""Somebody sends photographs of a letter on a narrow telephone, and staff save them."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from home.roles import ADMISSIONS
from tests.browser.test_application_journey import (
    MEDICINES,
    WIDE,
    at_any_speed,  # noqa: F401  (a fixture)
    heading,
    illness,
    precheck,
    proceed,
    send,
    window,  # noqa: F401  (a fixture)
    you,
)
from tests.helpers import axe
from tests.helpers.applicants_files import picture

LETTER = "Your latest letter from a neurologist"


def photograph(name: str, size: int) -> dict[str, object]:
    content = picture("JPEG", size=(size, size))
    return {"name": name, "mimeType": "image/jpeg", "buffer": content}


def test_photographs_are_added_removed_kept_and_saved_by_staff(
    window: Callable[..., Page],  # noqa: F811
    staff: Callable[[str], Page],
) -> None:
    page = window(scripts=True, width=320)
    precheck(page)
    you(page)
    illness(page)
    group = page.get_by_role("group", name=LETTER)
    group.locator("input[type=file]").set_input_files(
        [
            photograph("page one, " + "long" * 40 + ".jpg", 60),
            photograph("page-two.jpg", 70),
            {"name": "notes.exe", "mimeType": "image/jpeg", "buffer": b"MZ" * 100},
        ]
    )

    # The question above it is not answered: the files stay all the same.
    proceed(page)

    expect(page.locator(".error-summary h2")).to_be_focused()
    expect(page.get_by_role("alert")).to_contain_text("“notes.exe”: This file is")
    expect(group.get_by_role("listitem")).to_have_count(2)
    assert page.evaluate(WIDE) == 0
    assert axe.faults(page) == []
    page.get_by_role("alert").get_by_role("link", name="notes.exe").click()
    expect(group.locator("input[type=file]")).to_be_focused()

    group.get_by_role("button", name="Remove page one").click()
    expect(group.get_by_role("listitem")).to_have_count(1)
    page.get_by_label("Which medicines do you take now?").fill(MEDICINES)
    proceed(page)
    heading(page, "How we reach you")
    page.get_by_label("By letter").check()
    proceed(page)
    expect(page.locator("main")).to_contain_text("page-two.jpg")
    reference = send(page)

    officer = staff(ADMISSIONS)
    officer.goto("/admin/applications/")
    officer.get_by_role("link", name=reference).first.click()
    officer.get_by_label("To decide on the application").check()
    officer.get_by_role("button", name="Reveal for ten minutes").click()
    with officer.expect_download() as begun:
        officer.get_by_role("link", name="page-two.jpg").click()
    assert begun.value.suggested_filename == "page-two.jpg"
    assert begun.value.path().read_bytes().startswith(b"\xff\xd8\xff")
