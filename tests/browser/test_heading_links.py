"""An editor links to a heading of another page."""

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, Route, expect

from articles.models.article_page import ArticlePage
from articles.models.index_page import ArticleIndexPage
from home.roles import EDITORS
from tests.browser.editor import Editor
from tests.helpers.factories import ArticlePageFactory


def test_a_link_is_made_to_a_heading_and_stays_one(
    demonstration: str, staff: Callable[[str], Page]
) -> None:
    index: Any = ArticleIndexPage.objects.get()
    heading = {"text": "Who took part", "level": "2", "anchor": "who-took-part"}
    target = ArticlePageFactory(
        parent=index, title="The target of a link", body=[("heading", heading)]
    )
    article = ArticlePageFactory(
        parent=index,
        title="Linking",
        live=False,
        body=[("paragraph", "<p>Read this</p>")],
    )
    article.save_revision()
    editor = Editor(staff(EDITORS))
    page = editor.page
    editor.open(article)
    page.locator("[contenteditable=true]").first.click()
    page.keyboard.press("Control+A")
    page.keyboard.press("Control+k")
    modal = page.locator(".modal-body")
    search = modal.get_by_label("Search term")

    def type_meanwhile(route: Route) -> None:
        search.evaluate("field => { field.dataset.isOld = '' }")
        search.fill(target.title)
        route.continue_()

    page.route(re.compile("page_type=articles.articlepage"), type_meanwhile, times=1)
    modal.get_by_label("Type of page").select_option("article")
    expect(modal.locator("input:not([data-is-old])[name=q]")).to_have_value(
        target.title
    )
    modal.get_by_role("link", name=target.title).first.click()
    with editor.stores():
        modal.get_by_role("button", name="Who took part").click()
    expect(modal).to_have_count(0)
    editor.save()

    latest = ArticlePage.objects.get(pk=article.pk).get_latest_revision_as_object()
    assert f'id="{target.pk}" fragment="who-took-part"' in latest.body[
        0
    ].value.source or (
        f'fragment="who-took-part" id="{target.pk}"' in latest.body[0].value.source
    )
