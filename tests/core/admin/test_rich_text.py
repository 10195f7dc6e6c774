"""What no rich text editor writes is refused, and never ends in a server error."""

import json

import pytest
from django.core.exceptions import BadRequest
from django.urls import reverse
from wagtail.admin.rich_text import get_rich_text_editor_widget
from wagtail.test.utils.form_data import streamfield

from articles.models.article_page import ArticlePage
from core.publishing.posted_form import INCOMPLETE
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
