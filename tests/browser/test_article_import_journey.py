"""An editor imports two files, and finds the drafts with their citations."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from articles.models.article_page import ArticlePage
from articles.models.index_page import ArticleIndexPage
from evidence.models import Reference
from home.roles import EDITORS
from tests.helpers.article_import import citation, picture

Staff = Callable[[str], Page]

PACING = """---
title: Pacing, explained
standfirst: How to spend energy as one spends money.
topic: Multiple sclerosis
author: Dr Henrik Sandvold
---

Walking improved in one trial (1), as [another article](resting.html) says.

![A bench in a corridor](bench.png)

## References

1. {title}. {year}.
2. A leaflet that no library has.
"""
RESTING = "<title>Resting</title><h1>Resting, explained</h1><p>Sit <b>down</b> (3)."


@pytest.fixture
def files() -> list[dict[str, object]]:
    petrou = Reference.objects.get(title__startswith="Beneficial effects")
    pacing = PACING.format(title=petrou.title, year=petrou.issued_year)
    contents = {
        "pacing.md": pacing.encode(),
        "resting.html": RESTING.encode(),
        "bench.png": picture(),
    }
    return [
        {"name": name, "mimeType": "application/octet-stream", "buffer": data}
        for name, data in contents.items()
    ]


def test_two_files_become_drafts_and_nothing_is_published(
    demonstration: str, staff: Staff, files: list[dict[str, object]]
) -> None:
    index = ArticleIndexPage.objects.get()
    published = ArticlePage.objects.live().count()
    page = staff(EDITORS)

    page.goto(f"/admin/pages/{index.pk}/")
    page.get_by_role("button", name="Actions").first.click()
    page.get_by_role("link", name="Import articles").click()
    page.get_by_label("Files").set_input_files(files)  # type: ignore[arg-type]
    page.get_by_role("button", name="Show what would happen").click()

    expect(page.get_by_text("Citations: 1 of 1 found in the library")).to_be_visible()
    expect(page.get_by_text("A leaflet that no library has")).to_be_visible()
    assert not ArticlePage.objects.filter(title="Pacing, explained").exists()
    page.get_by_role("button", name="Import what is ticked").click()

    expect(page.get_by_text("2 drafts made")).to_be_visible()
    page.get_by_role("link", name="Pacing, explained").click()
    expect(page.locator('[data-contentpath="title"]').first).to_be_visible()
    expect(page.get_by_text("[Petrou 2020]", exact=True)).to_be_visible()
    draft = ArticlePage.objects.get(title="Pacing, explained")
    petrou = Reference.objects.get(title__startswith="Beneficial effects")
    assert citation(petrou) in draft.body[0].value.source
    resting = ArticlePage.objects.get(title="Resting, explained")
    assert f'id="{resting.pk}">another article</a>' in draft.body[0].value.source
    assert ArticlePage.objects.live().count() == published
