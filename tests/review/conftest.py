"""Fixtures of the tests of medical reviews."""

import pytest

from articles.models.article_page import ArticlePage
from tests.helpers.factories import (
    ArticleIndexPageFactory,
    ArticlePageFactory,
    PeopleIndexPageFactory,
    UserFactory,
)
from tests.helpers.factories_review import approve, clinician, review_workflow
from tests.helpers.page_form import GOOD


@pytest.fixture
def people(home):
    return PeopleIndexPageFactory(parent=home)


@pytest.fixture
def index(home):
    return ArticleIndexPageFactory(parent=home)


@pytest.fixture
def workflow(index, roles):
    """A medical review, then an approval by moderators."""
    return review_workflow(index, "Moderators")


@pytest.fixture
def reviewer(people, roles):
    return clinician(people, title="Ada Quay", post_nominals="MD")


@pytest.fixture
def editor(roles):
    return UserFactory(username="writer")


@pytest.fixture
def article(index, editor):
    """A medical article that is a draft."""
    page = ArticlePageFactory(
        parent=index,
        title="Rest and work",
        slug="rest",
        body=GOOD,
        is_medical=True,
        live=False,
        owner=editor,
    )
    page.save_revision(user=editor)
    return page


@pytest.fixture
def submitted(article, workflow, editor):
    workflow.start(article, editor)
    return ArticlePage.objects.get(pk=article.pk)


@pytest.fixture
def reviewed(article, index, reviewer, editor):
    """A published article, reviewed as it is."""
    review_workflow(index).start(article, editor)
    approve(article, reviewer)
    return ArticlePage.objects.get(pk=article.pk)
