"""What belongs to a page shows with it: beneath a new draft, nobody sees it."""

import pytest
from django.db import IntegrityError, connection, transaction

from articles.models import Contribution, RelatedArticle
from tests.helpers.factories import (
    ArticleIndexPageFactory,
    ArticlePageFactory,
    PeopleIndexPageFactory,
    PersonPageFactory,
)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def person(home):
    return PersonPageFactory(parent=PeopleIndexPageFactory(parent=home))


@pytest.fixture
def article(home):
    return ArticlePageFactory(parent=ArticleIndexPageFactory(parent=home))


@pytest.fixture
def changes():
    """``changes()`` is how often readers have been shown something since."""
    before = connection.visible_changes
    return lambda: connection.visible_changes - before


def new(article, person, *, live):
    """Add a page with two contributors."""
    page = ArticlePageFactory.build(slug="new", live=live)
    page.contributions = [Contribution(person=person), Contribution(person=person)]
    return article.get_parent().add_child(instance=page)


def test_a_new_draft_with_contributors_is_silent(article, person, changes):
    draft = new(article, person, live=False)

    assert draft.contributions.count() == 2
    assert changes() == 0


def test_a_new_page_with_contributors_is_noticed(article, person, changes):
    new(article, person, live=True)

    assert changes()


def test_a_contributor_to_a_page_that_is_there_is_noticed(article, person, changes):
    with transaction.atomic():
        new(article, person, live=False)
        assert not changes()
        Contribution.objects.create(article=article, person=person)

    assert changes() == 1


def test_what_a_draft_gets_later_is_noticed(article, person, changes):
    # It may have been published meanwhile, and this asks no database.
    draft = new(article, person, live=False)
    RelatedArticle.objects.create(source=draft, article=article)

    assert changes() == 1


def test_a_draft_that_was_rolled_back_hides_nothing(article, person, changes):
    with transaction.atomic():
        draft = new(article, person, live=False)
        transaction.set_rollback(True)
    with pytest.raises(IntegrityError), transaction.atomic():
        Contribution.objects.create(article_id=draft.pk, person=person)

    assert changes() == 1


def test_one_of_several_contributors_at_once_is_noticed(article, person, changes):
    with transaction.atomic():
        draft = new(article, person, live=False)
        parts = [Contribution(article=page, person=person) for page in (draft, article)]
        assert not changes()
        Contribution.objects.bulk_create(parts)

    assert changes() == 1


def test_a_draft_that_goes_live_in_the_same_transaction_is_noticed(
    article, person, changes
):
    with transaction.atomic():
        draft = new(article, person, live=False)
        assert not changes()
        draft.save_revision().publish()

    assert changes()
