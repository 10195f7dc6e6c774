"""What somebody does in the admin's page editor, in the words of an editor."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Locator, Page, Request, expect
from playwright.sync_api import TimeoutError as TookTooLong

# The editor takes note of what the form holds some moments after it was opened. What is
# typed before that is no edit to it, and autosave waits for the next one.
watch_edits = """
addEventListener("w-unsaved:watch-edits", () => {
  document.documentElement.dataset.editsAreWatched = "";
}, true);
"""


class Editor:
    """The page editor in one window."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.body = page.locator("#panel-child-content-body-section")
        self.problems = page.locator("#publishing-problems")

    # --- Coming and going -------------------------------------------------------------

    def begin(self, parent: Any, model: str = "articles/articlepage") -> None:
        """Open the form of a new page."""
        self.page.goto(f"/admin/pages/add/{model}/{parent.pk}/")
        self.settle()

    def open(self, article: Any) -> None:
        self.page.goto(f"/admin/pages/{article.pk}/edit/")
        self.settle()

    def settle(self) -> None:
        """Wait until the editor notices what is typed."""
        expect(self.page.locator("html[data-edits-are-watched]")).to_have_count(1)

    @contextmanager
    def stored(self, words: str) -> Iterator[None]:
        """Wait until autosave has stored ``words``, which are typed inside."""
        # What was edited before is on its way by now or has arrived.
        expect(
            self.page.locator("[data-w-unsaved-has-edits-value=true]")
        ).to_have_count(0)

        def carries(request: Request) -> bool:
            posted = request.post_data or ""
            is_question = "/preview/" in request.url or 'name="explain"' in posted
            return request.method == "POST" and not is_question and words in posted

        with self.page.expect_response(lambda r: carries(r.request) and r.ok):
            yield
        expect(self.page.locator("#w-autosave-indicator")).to_contain_text("Saved")

    def stores(self) -> Any:
        """Wait for an autosave, which what is done inside brings about."""
        return self.page.expect_response(
            lambda r: r.request.method == "POST" and r.url.endswith("/edit/") and r.ok
        )

    def save(self) -> None:
        """Press “Save draft”."""
        with self.comes_back():
            self.page.get_by_role("button", name="Save draft").click()
        self.expect_message(re.compile("has been (created|updated)"))

    def act(self, name: str | re.Pattern[str]) -> None:
        """Press what stands in the menu beside “Save draft”."""
        self.page.get_by_role("button", name="More actions").click()
        # Other buttons may name a workflow that speaks of publishing.
        if isinstance(name, str):
            name = re.compile(rf"^\s*{name}")
        with self.comes_back():
            self.page.get_by_role("button", name=name).click()

    @contextmanager
    def comes_back(self) -> Iterator[None]:
        """Wait for the page that answers; until then the messages are of the last."""
        self.page.evaluate("document.documentElement.dataset.isOld = ''")
        yield
        expect(self.page.locator("html[data-is-old]")).to_have_count(0)

    def expect_message(self, words: str | re.Pattern[str]) -> None:
        expect(self.page.locator(".messages")).to_contain_text(words)

    def open_preview(self) -> Locator:
        """Open the preview beside the form, and return its main text."""
        self.page.get_by_role("button", name="Toggle preview").click()
        return self.page.frame_locator("#w-preview-iframe").locator("main")

    def title(self, text: str) -> None:
        """Type the title, from which the address follows letter by letter."""
        self.page.locator("[name=title]").press_sequentially(text)

    # --- Blocks -----------------------------------------------------------------------

    def add(self, label: str) -> Locator:
        """Pick a block at the end of the body, and return it."""
        before = self.blocks.count()
        self.body.get_by_role("button", name="Insert a block").last.click()
        self.page.locator("input[role=combobox]").last.fill(label)
        self.page.get_by_role("option", name=label, exact=True).click()
        expect(self.blocks).to_have_count(before + 1)
        return self.blocks.last

    @property
    def blocks(self) -> Locator:
        """The blocks of the body, without those inside them."""
        return self.page.locator(
            "[data-contentpath=body] [data-streamfield-child]"
            ":not([data-streamfield-child] [data-streamfield-child])"
            ":not([aria-hidden=true])"
        )

    def fill(self, place: Locator, name: str, text: str) -> None:
        part(place, name).locator("input:not([type=hidden]), textarea").first.fill(text)

    def write(self, place: Locator, text: str) -> None:
        """Type rich text behind what is there."""
        area = place.locator("[contenteditable=true]").first
        area.click()
        self.page.keyboard.press("Control+End")
        self.page.keyboard.type(text)
        expect(area).to_contain_text(text.strip())
        self.expect_in_form(text.strip())

    def expect_in_form(self, words: str) -> None:
        """Wait until rich text has reached the form, a moment after the last key."""
        field = self.page.locator(f"input[type=hidden][value*={json.dumps(words)}]")
        expect(field.first).to_be_attached()

    def cite(self, work: str, locator: str = "") -> None:
        """Cite where the cursor stands, behind a space."""
        self.page.keyboard.type("/cit")
        self.page.get_by_role("option", name="Citation", exact=True).click()
        self.choose_citation(work, locator)

    def choose_citation(self, work: str, locator: str = "") -> None:
        modal = self.page.locator(".modal-body")
        modal.get_by_role("link", name=work).click()
        modal.get_by_label("Where in the work").fill(locator)
        modal.get_by_role("button", name="Cite", exact=True).click()
        expect(modal).to_have_count(0)
        self.expect_in_form(f"[{work}")

    def choose(self, place: Locator, title: str) -> None:
        """Choose a page, picture, video or reference by its title."""
        button = place.get_by_role("button", name=re.compile("^Choose")).first
        modal = self.page.locator(".modal-body")
        button.click()
        try:
            modal.wait_for(timeout=10_000)
        except TookTooLong:  # pressed before the chooser of a new block was set up
            button.click()
        modal.get_by_label("Search term").fill(title)
        modal.get_by_role("link", name=title).first.click()
        expect(modal).to_have_count(0)


def part(place: Locator, name: str) -> Locator:
    """Return the field of a block, or of a part of one."""
    return place.locator(f"[data-contentpath='{name}']").first
