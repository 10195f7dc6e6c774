"""What a reviewer does in the admin."""

from typing import Any

from playwright.sync_api import Locator, Page, expect

from people.models import Credential, PersonPage
from review.models import CredentialCheck, Reviewer


def qualify(user: Any, name: str) -> PersonPage:
    """Say that the account is that profile's, with a credential that was checked."""
    person = PersonPage.objects.get(title=name)
    Reviewer.objects.filter(person=person).delete()
    Reviewer.objects.create(user=user, person=person)
    named = {"name": "Registration", "awarded_by": "A register"}
    Credential.objects.get_or_create(person=person, is_clinical=True, **named)
    CredentialCheck.objects.get_or_create(person=person, **named)
    return person


def approval_window(page: Page) -> Locator:
    """Open the window of the approval."""
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("button", name="Approve the review").click()
    return page.locator(".modal-body")


def approve(page: Page, due: str = "") -> None:
    """Answer everything in the window of the approval, and send it.

    Args:
        page: The page editor.
        due: When the next review is, in place of what the window suggests.
    """
    window = approval_window(page)
    expect(window.get_by_role("checkbox").first).to_be_visible()
    for box in window.get_by_role("checkbox").all():
        box.check()
    window.get_by_label("I have no interest").check()
    if due:
        window.get_by_label("Next review due").fill(due)
    window.get_by_role("button", name="Approve the review").click()
