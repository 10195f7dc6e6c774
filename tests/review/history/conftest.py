"""An article that was corrected once after it was published."""

import json

import pytest

from articles.models.article_page import ArticlePage
from tests.helpers.factories import ArticleIndexPageFactory, ArticlePageFactory

WRONG, RIGHT = "84 people took part.", "48 people took part."


def paragraph(text, pk):
    return {"type": "paragraph", "value": f"<p>{text}</p>", "id": pk}


def correction(text="It said 84.", pk="c1", day="2026-11-03"):
    value = {"date": day, "text": f"<p>{text}</p>"}
    return {"type": "correction", "value": value, "id": pk}


def latest(page):
    return type(page).objects.get(pk=page.pk).get_latest_revision_as_object()


def ids(page):
    return [block["id"] for block in page.body.get_prep_value()]


@pytest.fixture
def index(home):
    return ArticleIndexPageFactory(parent=home)


@pytest.fixture
def publish():
    def publish(page, *blocks, **fields):
        draft = latest(page)
        for name, value in fields.items():
            setattr(draft, name, value)
        if blocks:
            draft.body = json.dumps(blocks)
        draft.save_revision().publish()
        return ArticlePage.objects.get(pk=page.pk)

    return publish


@pytest.fixture
def published(index, publish):
    """The article with what is wrong in it."""
    page = ArticlePageFactory(parent=index, slug="trial", is_medical=False, live=False)
    return publish(page, paragraph("First.", "p1"), paragraph(WRONG, "p2"))


@pytest.fixture
def wrong_version(published):
    return published.live_revision


@pytest.fixture
def corrected(published, wrong_version, publish):
    return publish(
        published, paragraph("First.", "p1"), paragraph(RIGHT, "p2"), correction()
    )
