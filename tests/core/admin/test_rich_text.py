"""What rich text editors are given is theirs; what none of them writes is refused.

It never ends in a server error.
"""

import json
from functools import partial
from threading import Barrier

import pytest
from django.core.exceptions import BadRequest
from django.urls import reverse
from wagtail.admin.rich_text import get_rich_text_editor_widget
from wagtail.admin.rich_text.converters.html_to_contentstate import (
    HtmlToContentStateHandler,
)
from wagtail.test.utils.form_data import streamfield

from articles.models.article_page import ArticlePage
from core.publishing.posted_form import INCOMPLETE
from tests.helpers.at_once import at_once
from tests.helpers.factories import ArticleIndexPageFactory, ArticlePageFactory
from tests.helpers.page_form import posted

LEVEL = {"key": "a", "type": "unordered-list-item", "depth": 10_000, "text": "a"}
LEVEL |= {"inlineStyleRanges": [], "entityRanges": []}
UNREADABLE = pytest.mark.parametrize(
    "text",
    [
        "no JSON",
        "[]",
        "5",
        '{"blocks": 5, "entityMap": {}}',
        '{"blocks": [{}], "entityMap": {}}',
        "[" * 100_000,
        '{"a":' * 100_000,
        json.dumps({"blocks": [LEVEL], "entityMap": {}}),
    ],
    ids=range(8),
)


@UNREADABLE
def test_an_editor_gets_the_form_back_and_nothing_is_stored(admin_client, home, text):
    page = ArticlePageFactory(parent=ArticleIndexPageFactory(parent=home))
    data = posted(
        title="Changed",
        slug=page.slug,
        body=streamfield([("paragraph", text)]),
    )

    response = admin_client.post(
        reverse("wagtailadmin_pages:edit", args=[page.pk]), data
    )

    assert response.status_code == 200
    assert str(INCOMPLETE) in response.content.decode()
    assert ArticlePage.objects.get().get_latest_revision() is None


@UNREADABLE
def test_another_form_is_a_bad_request(text):
    widget = get_rich_text_editor_widget()

    with pytest.raises(BadRequest):
        widget.value_from_datadict({"text": text}, {}, "text")


def test_what_several_editors_open_at_once_is_not_mixed(monkeypatch):
    """One widget, with its parser, serves the fields of all threads."""
    widget = get_rich_text_editor_widget()
    names = ["Ada", "Ben", "Cleo", "Dan"]
    all_have_read = Barrier(len(names))
    close = HtmlToContentStateHandler.close

    def close_together(parser):
        all_have_read.wait(timeout=10)
        close(parser)

    monkeypatch.setattr(HtmlToContentStateHandler, "close", close_together)

    opened = at_once(
        *(partial(widget.format_value, f"<p>{name}</p>") for name in names)
    )

    blocks = [json.loads(each)["blocks"] for each in opened]
    assert [[block["text"] for block in each] for each in blocks] == [
        [name] for name in names
    ]
