"""Real tools over the site as production serves it: what `make quality` runs."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.helpers import chromium
from tests.helpers.prepared_database import copy_prepared
from tests.quality import places
from tests.quality.places import Place
from tests.quality.site import ROOT, ServedSite

MODULES = ROOT / "node_modules"
MISSING = [
    what
    for what, found in {
        "a Chromium (install one or set CHROMIUM to its path)": chromium.PATH,
        "Java (such as default-jre-headless)": shutil.which("java"),
        "Node.js (nodejs)": shutil.which("node"),
        "the tools of package.json (npm ci)": (MODULES / "lighthouse").is_dir(),
    }.items()
    if not found
]

expect.set_options(timeout=chromium.PATIENCE)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "quality" not in item.path.parts:
            continue
        item.add_marker(pytest.mark.browser)
        if MISSING and not os.environ.get("CI"):
            item.add_marker(pytest.mark.skip(reason=f"missing: {', '.join(MISSING)}"))


@pytest.fixture(scope="session", autouse=True)
def tools() -> Path:
    """The folder of the tools that npm installs."""
    assert not MISSING, f"CI needs {', '.join(MISSING)}"
    return MODULES


@pytest.fixture(scope="session")
def say(pytestconfig: pytest.Config) -> Callable[[str], None]:
    """``say("…")`` tells whoever waits for a long test what it is doing."""
    plugin = pytestconfig.pluginmanager.getplugin
    terminal: Any = plugin("terminalreporter")
    capture: Any = plugin("capturemanager")

    def line(words: str) -> None:
        with capture.global_and_fixture_disabled():
            terminal.ensure_newline()
            terminal.write_line(f"  {words}")

    return line


@pytest.fixture(scope="session")
def site(
    tools: Path,
    tmp_path_factory: pytest.TempPathFactory,
    pytestconfig: pytest.Config,
    say: Callable[[str], None],
) -> Iterator[ServedSite]:
    site = ServedSite(tmp_path_factory.mktemp("site"), say)
    # Ends of logs are sealed in the database that is copied.
    site.environment["FIELD_KEYS"] = ",".join(settings.FIELD_KEYS)
    site.start(lambda database: copy_prepared(pytestconfig, database))
    yield site
    site.stop()


# --- The browser --------------------------------------------------------------------


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> Any:
    return {
        **browser_type_launch_args,
        "executable_path": chromium.PATH,
        "args": chromium.ARGUMENTS,
    }


@pytest.fixture(scope="session")
def base_url(site: ServedSite) -> str:
    return site.url


@pytest.fixture(scope="session")
def window(browser: Browser, site: ServedSite) -> Iterator[Callable[..., Page]]:
    """``window()`` opens a visitor's own browser window, ``window(…)`` with options."""
    contexts: list[BrowserContext] = []

    def new(**options: Any) -> Page:
        context = browser.new_context(
            base_url=site.url, reduced_motion="reduce", **options
        )
        context.set_default_timeout(chromium.PATIENCE)
        contexts.append(context)
        return context.new_page()

    yield new
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def staff_window(window: Callable[..., Page], site: ServedSite) -> Page:
    """A window in which the administrator has logged in."""
    page = window()
    page.goto("/admin/login/")
    page.locator("[name=login]").fill("admin")
    page.locator("[name=password]").fill(site.accounts["admin"])
    page.locator("[name=password]").press("Enter")
    expect(page).to_have_url(f"{site.url}/admin/")
    return page


@pytest.fixture(scope="session")
def every_place(site: ServedSite, staff_window: Page) -> list[Place]:
    """Everything that visitors, or staff in the pattern library, can meet."""
    return [*places.everything(site), *places.patterns(staff_window.request)]
