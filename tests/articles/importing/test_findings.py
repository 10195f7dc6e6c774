"""What an import named reaches whoever edits the draft afterwards."""

import pytest

from articles.importing.carrying_out import carry_out
from articles.importing.drafting.plan import plan
from articles.models import ArticlePage, ImportFinding
from core.publishing.gate import publishing_problems
from tests.helpers.article_import import finish, sources
from tests.helpers.factories import ArticleIndexPageFactory, ArticlePageFactory

pytestmark = pytest.mark.django_db

TEXT = """# Walking

Words (7) and ~~50 mg~~.

## Second

A [link](/nowhere/) here.
"""


@pytest.fixture
def index(home):
    return ArticleIndexPageFactory(parent=home)


@pytest.fixture
def article(index):
    files = sources({"a.md": TEXT})
    finish(carry_out(files, plan(files, index).rows, index))
    return ArticlePage.objects.get().get_latest_revision_as_object()


def named(page):
    return [p for p in publishing_problems(page) if p.code == "named-by-import"]


def test_findings_warn_at_their_blocks_and_of_the_whole(article):
    whole, block = named(article)

    assert "50 mg" in whole.sentence
    assert whole.block_id == ""
    assert "line 3, “(7)”" in block.sentence
    assert block.block_id == article.body[0].id
    assert {whole.level, block.level} == {"warn"}


def test_findings_that_are_answered_are_asked_no_more(article):
    article.override_reason = "Looked at."
    article.answered_problems = [problem.key for problem in named(article)]

    assert named(article) == []


def test_findings_go_with_their_block(article):
    del article.body[0]

    [whole] = named(article)
    assert "(7)" not in whole.sentence


def test_findings_are_of_one_article_and_go_with_it(article, index):
    other = ArticlePageFactory(parent=index)

    assert named(other) == []
    ArticlePage.objects.get(pk=article.pk).delete()
    assert not ImportFinding.objects.exists()


def test_an_article_that_nobody_imported_is_left_in_peace(index):
    assert named(ArticlePage(title="New")) == []


def test_a_long_list_is_cut(article):
    ImportFinding.objects.bulk_create(
        ImportFinding(page_id=article.pk, line=n, typed=f"word {n}", sentence="Look.")
        for n in range(20, 40)
    )

    assert "and 17 more" in named(article)[0].sentence
