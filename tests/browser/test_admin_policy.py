"""The admin works as ever under a policy that runs no script inside its pages."""

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from django.test import Client, override_settings
from playwright.sync_api import ConsoleMessage, Locator, Page, expect
from wagtail.admin.panels import MultipleChooserPanel, ObjectList
from wagtail.contrib.search_promotions.models import SearchPromotion
from wagtail.models import Page as WagtailPage
from wagtail.models import Site, Workflow

from articles.models.article_page import ArticlePage
from core.models.images import SiteImage
from home.models import ContentPage
from testimonials.models.pages import TestimonialPage
from tests.browser.editor import Editor, part
from tests.helpers import admin_addresses, admin_content
from tests.helpers.demonstration_copy import stored_in
from tests.helpers.factories import HomePageFactory, UserFactory
from users.models import User

NAME = "administrator"
# Said in every frame, before any script of the page.
TELL = """
addEventListener("securitypolicyviolation", (event) => {
  console.error(`${event.effectiveDirective} refused ${event.blockedURI}`);
});
"""
# Views with widgets of their own: forms, and lists with filters. That no view at all
# prints a script is tests/testimonials/test_consents_by_address.py.
WITH_WIDGETS = re.compile(r"(add|edit|create|index|history|report\w*|aging_pages)$")
# Each leads to forms that differ.
OPENED_FOR_EACH = {
    "wagtailadmin_pages:add",
    "wagtailadmin_pages:edit",
    "wagtailsettings:edit",
}


@pytest.fixture(scope="module")
def demonstration(
    transactional_db: None,
    uploads: Path,
    quick_pictures: None,
    serve: Callable[[], AbstractContextManager[str]],
) -> Iterator[str]:
    """A small site with everything that the admin has addresses for."""
    with override_settings(**stored_in(uploads)):
        user = UserFactory(username=NAME, is_superuser=True)
        home = HomePageFactory(parent=WagtailPage.get_first_root_node(), slug="front")
        Site.objects.create(hostname="localhost", root_page=home, is_default_site=True)
        admin_content.fill(home, Client(), user)
        with serve() as url:
            yield url


@pytest.fixture
def account(demonstration: str) -> Callable[[str], User]:
    return lambda role: User.objects.get(username=NAME)


@pytest.fixture(autouse=True)
def no_autosave(settings: Any) -> None:
    """A row that is half filled in would be refused meanwhile, and be complained of."""
    settings.WAGTAIL_AUTOSAVE_INTERVAL = 0


@pytest.fixture
def complaints() -> list[str]:
    return []


@pytest.fixture
def admin(staff: Callable[[str], Page], complaints: list[str]) -> Iterator[Page]:
    """A window of an administrator, in which nothing may be refused or go wrong."""

    def note(message: ConsoleMessage) -> None:
        source = message.location["url"]
        # An icon is asked for beside whatever is not HTML, and Wagtail reports here on
        # the accessibility of a page.
        own = source.endswith("/favicon.ico") or "axe.run" in message.text
        if message.type == "error" and not own:
            complaints.append(f"{message.text} ({source})")

    page = staff(NAME)
    page.context.add_init_script(TELL)
    page.context.on("console", note)
    yield page
    assert complaints == []


@pytest.fixture
def editor(admin: Page) -> Editor:
    return Editor(admin)


def pick(page: Page, field: Locator) -> None:
    """Pick a day of the next month, and a time where one is asked for."""
    field.click()
    picker = page.locator(".xdsoft_datetimepicker:visible")
    picker.locator(".xdsoft_next").first.click()
    picker.locator("td.xdsoft_date:not(.xdsoft_other_month)").nth(14).click()
    if picker.locator(".xdsoft_time:visible").count():
        # Scrolled to now, so that the first of the day lies out of reach.
        picker.locator(".xdsoft_time.xdsoft_current").click()
    expect(picker).to_have_count(0)
    expect(field).to_have_value(re.compile(r"^\d{4}-\d\d-15"))


def test_a_script_inside_a_page_is_refused_and_noticed(
    admin: Page, complaints: list[str]
) -> None:
    admin.goto("/admin/account/")
    admin.evaluate(
        """() => {
          const script = document.createElement("script");
          script.textContent = "window.wasRun = true";
          document.body.append(script);
        }"""
    )

    assert not admin.evaluate("window.wasRun")
    assert "script-src-elem refused inline" in " ".join(complaints)
    complaints.clear()


def test_every_form_and_list_opens(admin: Page, complaints: list[str]) -> None:
    opened, refused = set(), set()
    for address in admin_addresses.addresses():
        if not WITH_WIDGETS.search(address.name) or "snippets" in address.name:
            continue
        every = list(admin_addresses.arguments(address))
        for arguments in every if address.name in OPENED_FOR_EACH else every[:1]:
            path = address.path(arguments)
            answer: Any = admin.goto(path)
            if not answer.ok:
                refused.add(f"({answer.url})")
            elif not answer.request.redirected_from:
                opened.add(address.name)

    # A browser complains of a 404 or 405 itself.
    complaints[:] = [c for c in complaints if not any(url in c for url in refused)]
    assert complaints == []

    assert opened >= OPENED_FOR_EACH
    assert len(opened) > 25


class TestDates:
    def test_are_picked_in_the_schedule(self, editor: Editor) -> None:
        page = editor.page
        editor.open(ContentPage.objects.get())
        page.get_by_role("button", name="Toggle status").click()
        page.get_by_role("button", name="Set schedule").click()

        pick(page, page.locator("[name=go_live_at]"))
        page.get_by_role("button", name="Save schedule").click()

        editor.expect_message(re.compile("has been updated"))
        revision = ContentPage.objects.get().get_latest_revision_as_object()
        assert revision.go_live_at.day in {14, 15}

    def test_are_picked_in_a_story_and_its_moments(self, editor: Editor) -> None:
        page = editor.page
        editor.open(TestimonialPage.objects.get())

        pick(page, page.locator("[name=treated_on]"))
        timeline = page.locator("#panel-child-content-timeline-section")
        timeline.get_by_role("button", name="Insert a block").last.click()
        pick(page, part(timeline, "date").locator("input"))

    def test_narrow_a_report(self, admin: Page) -> None:
        admin.goto("/admin/reports/site-history/")
        admin.get_by_role("button", name="Show filters").click()
        admin.get_by_role("button", name="Date", exact=True).click()
        field = admin.locator("[name=timestamp_from]")

        with admin.expect_response(re.compile("results/.*timestamp_from=2")):
            pick(admin, field)

        expect(admin.locator("#listing-results")).not_to_contain_text("An article")


class TestChoosers:
    def test_work_in_a_new_block(self, editor: Editor) -> None:
        editor.open(ContentPage.objects.get())
        block = editor.add("Figure")

        editor.choose(part(block, "image"), "A picture")

        expect(part(block, "image")).to_contain_text("A picture")

    def test_work_in_a_row_that_is_there_and_in_a_new_one(self, editor: Editor) -> None:
        page = editor.page
        editor.open(ArticlePage.objects.get())
        people = page.locator("#panel-child-content-contributors-section")
        rows = people.locator("[data-inline-panel-child]")
        expect(rows).to_have_count(1)

        people.get_by_role("button", name="Add Contributor").click()
        expect(rows).to_have_count(2)
        editor.choose(rows.nth(1), "A person")
        rows.nth(1).get_by_role("button", name="Move up").click()
        rows.nth(0).get_by_role("button", name="Actions").click()
        page.get_by_role("button", name="Choose another page").last.click()
        page.locator(".modal-body").get_by_role("link", name="A person").first.click()

        for number in (0, 1):
            expect(rows.nth(number)).to_contain_text("A person")
        pick(page, rows.nth(1).locator("[name$=-date]"))

    def test_add_several_rows_at_once(
        self, editor: Editor, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        panel = MultipleChooserPanel("related", chooser_field_name="article")
        form = ObjectList([panel], base_form_class=ArticlePage.base_form_class)
        monkeypatch.setattr(ArticlePage, "get_edit_handler", bound(form))
        page = editor.page
        editor.open(ArticlePage.objects.get())

        page.locator("#id_related-OPEN_MODAL").click()
        modal = page.locator(".modal-body")
        modal.locator("[name=id]:enabled").first.check()
        modal.get_by_role("button", name="Confirm selection").click()

        expect(page.locator("#id_related-0-article")).to_have_value(re.compile(r"\d"))

    def test_work_in_rows_of_promoted_results(self, admin: Page) -> None:
        admin.goto("/admin/searchpicks/add/")
        admin.get_by_label("Search term(s)/phrase").fill("clinic")
        add = admin.get_by_role("button", name="Add a recommended result")
        for number in (0, 1):
            add.click()
            row = admin.locator(f"#inline_child_editors_picks-{number}")
            row.get_by_role("button", name="Choose a page").click()
            modal = admin.locator(".modal-body")
            modal.get_by_role("link", name="The clinic").first.click()
            expect(row).to_contain_text("The clinic")
        admin.locator("#id_editors_picks-1-DELETE-button").click()
        admin.get_by_role("button", name="Create").click()

        expect(admin.get_by_role("link", name="clinic", exact=True)).to_be_visible()
        promoted = SearchPromotion.objects.get(query__query_string="clinic")
        assert promoted.page.title == "The clinic"

    def test_work_in_workflows(self, admin: Page) -> None:
        workflow = Workflow.objects.get(name="A workflow")
        admin.goto(f"/admin/workflows/edit/{workflow.pk}/")
        admin.get_by_role("button", name="Add task").click()
        admin.get_by_role("button", name="Choose a task").last.click()
        modal = admin.locator(".modal-body")
        modal.get_by_role("tab", name="Existing").click()
        modal.get_by_role("link", name="Moderators approval").click()
        admin.get_by_role("button", name="Assign to another page").click()
        admin.get_by_role("button", name="Choose a page").last.click()
        modal.get_by_role("link", name="The clinic").first.click()

        expect(admin.locator("#main")).to_contain_text("Moderators approval")
        expect(admin.locator("#workflow-pages-content")).to_contain_text("The clinic")


def test_the_focal_point_of_a_picture_is_marked(admin: Page) -> None:
    admin.goto(f"/admin/images/{SiteImage.objects.get().pk}/")
    picture = admin.locator(".jcrop-holder")
    box = picture.bounding_box()
    assert box

    admin.mouse.move(box["x"] + 20, box["y"] + 20)
    admin.mouse.down()
    admin.mouse.move(box["x"] + 60, box["y"] + 60, steps=4)
    admin.mouse.up()

    expect(admin.locator("[name=focal_point_width]")).to_have_value(re.compile(r"^\d+"))


def bound(panel: Any) -> Callable[..., Any]:
    return classmethod(lambda model: panel.bind_to_model(model))
