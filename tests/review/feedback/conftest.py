"""Fixtures of the tests of what readers report."""

import pytest

from review.feedback.tokens import ReportToken
from tests.helpers.factories import ArticleIndexPageFactory, ArticlePageFactory

ADDRESS = "mira.holt@example.org"
SECRET = "The dose in the second line is ten times too high."


@pytest.fixture
def article(home):
    index = ArticleIndexPageFactory(parent=home)
    return ArticlePageFactory(parent=index, title="Rest and work")


@pytest.fixture
def filled(article):
    def fill(**changes):
        old = ReportToken.new()
        token = ReportToken(old.key, old.shown_at - 60)
        return {
            "token": str(token),
            "page": article.pk,
            "kind": "wrong",
            "passage": "Take two a day.",
            "text": SECRET,
            "email": ADDRESS,
            "website": "",
        } | changes

    return fill
