"""What the gate says of articles alone."""

import pytest

from articles.models.contributions import Contribution
from articles.rules import UndisclosedSubject
from core.publishing import gate
from tests.helpers.factories import PeopleIndexPageFactory, PersonPageFactory
from tests.helpers.factories_testimonials import (
    SubjectFactory,
    TestimonialIndexPageFactory,
    TestimonialPageFactory,
    embed,
    every_block,
)


@pytest.fixture
def ada(home):
    return PersonPageFactory(parent=PeopleIndexPageFactory(parent=home), title="Ada")


@pytest.fixture
def story(home, ada):
    subject = SubjectFactory(person=ada, name="Ada")
    index = TestimonialIndexPageFactory(parent=home)
    return TestimonialPageFactory(parent=index, subject=subject)


def contribute(article, person, **fields):
    article.contributions = [Contribution(person=person, **fields)]
    return article


def test_a_contributor_whose_story_is_shown_is_named_by_code(home, story, ada):
    article = contribute(embed(home, *every_block(story)[:1]), ada)

    [problem] = gate.publishing_problems(article)

    assert problem.code == "undisclosed-subject"
    assert (problem.level, problem.field) == ("warn", "contributions")
    assert story.subject.reference_code in problem.sentence
    assert "Ada" not in problem.sentence


@pytest.mark.parametrize("role", Contribution.Role)
def test_whatever_they_contributed(home, story, ada, role):
    article = contribute(embed(home, *every_block(story)), ada, role=role)

    assert len(list(UndisclosedSubject().problems(article))) == 1


@pytest.mark.parametrize(
    "told", [{"relation": "patient"}, {"disclosure": "Tells his own story below."}]
)
def test_nobody_is_named_whose_relation_is_disclosed(home, story, ada, told):
    article = contribute(embed(home, *every_block(story)), ada, **told)

    assert list(UndisclosedSubject().problems(article)) == []


def test_nobody_is_named_who_is_somebody_else(home, story, ada):
    ben = PersonPageFactory(parent=ada.get_parent(), title="Ben")

    article = contribute(embed(home, *every_block(story)), ben)

    assert list(UndisclosedSubject().problems(article)) == []


def test_an_article_without_stories_asks_nothing(home, ada, django_assert_num_queries):
    article = contribute(embed(home), ada)

    with django_assert_num_queries(0):
        assert list(UndisclosedSubject().problems(article)) == []
