"""Fixtures of the tests of metadata."""

import pytest
from bs4 import BeautifulSoup

from tests.helpers.factories import (
    ArticleIndexPageFactory,
    ArticlePageFactory,
    UserFactory,
)


@pytest.fixture
def index(home):
    return ArticleIndexPageFactory(parent=home, title="Articles")


@pytest.fixture
def article(index):
    """A published article with a version."""
    article = ArticlePageFactory(
        parent=index,
        title="As written",
        slug="as-written",
        standfirst="In short.",
        body=[("heading", {"text": "Just right", "level": "2", "anchor": ""})],
    )
    article.save_revision().publish()
    article.refresh_from_db()
    return article


@pytest.fixture
def head(client):
    """``head(page)`` returns what its head says, by name; "title" for the title."""

    def read(page):
        soup = BeautifulSoup(client.get(page.url).content, "html.parser")
        metas = soup.head.find_all("meta")
        said = {m.get("name") or m.get("property"): m.get("content") for m in metas}
        return {**said, "title": soup.title.text}

    return read


@pytest.fixture
def draft(article):
    """An editor's draft of other text."""
    draft = article.get_latest_revision_as_object()
    draft.title = "Not approved yet"
    return draft.save_revision(user=UserFactory())
