"""Clearing what was filled in: asked first, and said only where it is true."""

import pytest
from django.test import Client

from applications.applying.steps import drafts
from applications.models import AccessLink, Draft
from tests.helpers.applicants_files import kept
from tests.helpers.factories_steps import (
    ADULT,
    SteppedFormPageFactory,
    fill_in,
    soup_of,
    walk,
)

CLEAR = "/apply/clear/"


@pytest.fixture(autouse=True)
def form_page(home):
    return SteppedFormPageFactory(parent=home)


def main_of(client, address):
    return soup_of(client.get(address)).select_one("main")


def notice(client, address):
    return main_of(client, address).select_one(".notice:not([hidden])")


def test_leads_from_every_page_to_one_that_says_what_goes(client, form_page):
    walk(client, form_page)
    kept(Draft.objects.get())
    client.post("/apply/save/", {"email": "ada@example.org"})
    for address in ("", "step/1/", "step/3/", "review/"):
        html = main_of(client, form_page.url + address)
        assert html.select(f"a[href='{CLEAR}']")
        assert not html.select(f"form[action='{CLEAR}']")

    asked = main_of(client, CLEAR)

    assert Draft.objects.count() == 1
    for words in ("deleted at once", "files that you added", "links to your answers"):
        assert words in asked.text
    assert asked.select_one(".steps__buttons a")["href"] == "/apply/review/"
    assert not asked.select(f"a[href='{CLEAR}']")


def test_says_nothing_of_files_and_links_that_there_are_not(client, form_page):
    fill_in(client, "/apply/step/1/", **{f"q-{ADULT}": "Yes"})

    asked = main_of(client, CLEAR).text

    assert "files" not in asked
    assert "links" not in asked


def test_deletes_after_the_button(client, form_page):
    walk(client, form_page)
    client.post("/apply/save/", {"email": "ada@example.org"})

    response = fill_in(client, CLEAR)

    assert not Draft.objects.exists()
    assert not AccessLink.objects.exists()
    assert not client.cookies[drafts.COOKIE].value
    said = notice(client, response.url)
    assert "have been deleted" in said.text
    assert said["role"] == "status"
    assert client.get("/apply/step/3/").url == "/apply/step/1/"


def test_of_nothing_leads_to_the_beginning_and_claims_nothing():
    response = Client().get(CLEAR)

    assert (response.status_code, response.url) == (303, "/apply/")


def test_asked_for_twice_is_said_to_be_done():
    response = Client().post(CLEAR)

    assert (response.status_code, response.url) == (303, "/apply/?notice=cleared")


def test_is_said_only_where_nothing_is_left(client, form_page):
    walk(client, form_page)

    assert notice(client, "/apply/?notice=cleared") is None
    assert notice(client, "/apply/step/3/?notice=cleared") is None


def test_a_link_is_said_to_come_only_where_there_is_one(client, form_page):
    walk(client, form_page, until="step/3/")
    assert notice(client, "/apply/step/3/?notice=saved") is None

    sent = client.post("/apply/save/", {"email": "ada@example.org"})

    said = notice(client, sent.url)
    assert "sending you an e-mail" in said.text
    assert said["role"] == "status"
    assert said["data-kind"] == "note"
