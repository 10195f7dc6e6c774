"""Setting up a second factor, and signing in with it, as somebody does by hand."""

import re
import time
from urllib.parse import urlsplit

import pytest
from config.settings.people import SECOND_FACTOR_PERMISSIONS
from playwright.sync_api import expect

from home.roles import ADMISSIONS
from tests.helpers.signing_in import totp


@pytest.fixture
def page(patient, demonstration, account, settings, monkeypatch):
    """A window at the door, of which nothing may be fetched from elsewhere."""
    settings.SECOND_FACTOR_PERMISSIONS = SECOND_FACTOR_PERMISSIONS
    # On a busy machine codes would grow old.
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now)
    page = patient.new_page()
    fetched, complaints = [], []
    page.on("request", lambda request: fetched.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    page.user = account(ADMISSIONS)
    yield page
    here = {urlsplit(demonstration).netloc, ""}  # "" is the host of a data: address
    assert {urlsplit(url).netloc for url in fetched} <= here
    assert [text for text in complaints if "Content Security Policy" in text] == []


def sign_in(page, demonstration):
    page.goto(f"{demonstration}/admin/")
    page.get_by_label("Username").fill(page.user.username)
    page.get_by_label("Password").fill("password")
    page.get_by_role("button", name="Sign in").click()


def sign_out(page):
    page.context.clear_cookies()


def give(page, code, button):
    page.get_by_label("code").fill(code)
    page.get_by_role("button", name=button, exact=True).click()


def test_an_admissions_officer_sets_it_up_and_signs_in_with_it(page, demonstration):
    sign_in(page, demonstration)

    expect(page.get_by_role("heading", level=1)).to_have_text("Set up two-step sign-in")
    picture = page.get_by_role("img", name="QR code")
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)")
    secret = page.locator("main code").inner_text()
    give(page, "000000", "Set up")
    expect(page.locator("main")).to_contain_text("Incorrect code")
    assert page.locator("main code").inner_text() == secret
    give(page, totp(secret), "Set up")

    expect(page.get_by_role("heading", level=1)).to_have_text("Your recovery codes")
    recovery = page.locator("main code").all_inner_texts()
    assert len(recovery) == 10
    page.get_by_role("link", name="Continue").click()
    expect(page).to_have_url(f"{demonstration}/admin/")

    sign_out(page)
    sign_in(page, demonstration)
    expect(page.get_by_role("heading", level=1)).to_have_text("Enter your code")
    give(page, "000000", "Sign in")
    expect(page.locator("main")).to_contain_text("Incorrect code")
    give(page, totp(secret, 1), "Sign in")
    expect(page).to_have_url(f"{demonstration}/admin/")

    sign_out(page)
    sign_in(page, demonstration)
    give(page, recovery[0], "Sign in")
    expect(page).to_have_url(f"{demonstration}/admin/")
    page.goto(f"{demonstration}/admin/account/#tab-actions")
    page.get_by_role("link", name="Two-step sign-in").click()
    expect(page.locator("main")).to_contain_text("9 recovery codes are left")


def test_the_door_says_what_is_wrong(page, demonstration):
    sign_in(page, demonstration)
    sign_out(page)
    page.goto(f"{demonstration}/admin/login/")
    for _ in range(6):
        page.get_by_label("Username").fill("nobody")
        page.get_by_label("Password").fill("guess")
        page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Too many attempts")
    expect(page.get_by_text(re.compile("Wait five minutes"))).to_be_visible()
