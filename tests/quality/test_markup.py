"""The Nu HTML checker finds nothing wrong with any page, letter or style sheet."""

import json
import re
import shutil
import subprocess
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.quality.places import Place
from tests.quality.site import ROOT

# Browsers that read pages aloud no longer announce a list without its marks, so that
# such a list must name its role, which the checker believes to be redundant.
UNNECESSARY = r"The “list” role is unnecessary for element “[uo]l”"
# What the checker's style sheet parser has not learned yet.
UNKNOWN_CSS = r"container|\dcq[iwbh]\b|“inline-size”: The types are incompatible"


def faults(tools: Path, files: Iterable[Path], *options: str) -> list[dict[str, Any]]:
    """Return the checker's errors and warnings, one run for all files."""
    done = subprocess.run(  # noqa: S603
        [
            str(shutil.which("java")),
            "-Xss4m",
            "-jar",
            tools / "vnu-jar/build/dist/vnu.jar",
            *("--format", "json", "--stdout", "--exit-zero-always"),
            *options,
            *files,
        ],
        capture_output=True,
        check=True,
    )
    found: list[dict[str, Any]] = json.loads(done.stdout)["messages"]
    return found


def sentence(place: object, fault: dict[str, Any]) -> str:
    extract = " ".join(fault.get("extract", "").split())
    return f"{place}: {fault['message']} {extract}"


@pytest.fixture(scope="module")
def pages(
    every_place: list[Place],
    window: Callable[..., Page],
    staff_window: Page,
    tmp_path_factory: pytest.TempPathFactory,
    say: Callable[[str], None],
) -> dict[Path, Place]:
    """Every page as the server sends it, by the file it is kept in."""
    say(f"Fetching {len(every_place)} pages ...")
    folder = tmp_path_factory.mktemp("pages")
    visitor = window(java_script_enabled=False)
    kept = {}
    for number, place in enumerate(every_place):
        response = place.open(staff_window if place.staff else visitor)
        file = folder / f"{number}.html"
        file.write_bytes(response.body())
        kept[file] = place
    return kept


def test_no_page_has_an_error_or_a_warning(
    tools: Path, pages: dict[Path, Place]
) -> None:
    by_name = {file.name: place for file, place in pages.items()}
    found = [
        sentence(by_name[fault["url"].rpartition("/")[2]], fault)
        for fault in faults(tools, pages)
        if not re.search(UNNECESSARY, fault["message"])
    ]
    assert len(pages) > 40
    assert found == [], "\n".join(found)


def test_no_style_sheet_has_an_error(tools: Path) -> None:
    sheets = sorted((ROOT / "site" / "static" / "css").glob("*.css"))
    found = [
        sentence(fault["url"].rpartition("/")[2], fault)
        for fault in faults(tools, sheets, "--css")
        if not re.search(UNKNOWN_CSS, sentence("", fault))
    ]
    assert sheets
    assert found == [], "\n".join(found)


def test_the_checker_does_find_mistakes(tools: Path, tmp_path: Path) -> None:
    page = tmp_path / "wrong.html"
    page.write_text("<!doctype html><html lang=en><title>x</title><p><div></p>")
    assert faults(tools, [page])
