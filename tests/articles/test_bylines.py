"""What stands beside a contributor's name: who they are, and what they disclose."""

import pytest
from bs4 import BeautifulSoup

from articles.models.contributions import Contribution
from tests.helpers.factories import (
    ArticleIndexPageFactory,
    ArticlePageFactory,
    PeopleIndexPageFactory,
    PersonPageFactory,
)

LONG = (
    "Was treated here in 2024 and paid the usual price. The clinic paid £1,400 for "
    "this article and a train fare of 25 euros, and £1,400 for another."
)


@pytest.fixture
def article(home):
    return ArticlePageFactory(parent=ArticleIndexPageFactory(parent=home))


@pytest.fixture
def ada(home):
    return PersonPageFactory(
        parent=PeopleIndexPageFactory(parent=home),
        title="Ada",
        job_title="Clinical Contributor",
        organisation="Quay",
    )


@pytest.fixture
def byline(client, article):
    def shown(**contribution):
        Contribution.objects.create(article=article, **contribution)
        html = BeautifulSoup(client.get(article.url).content, "html.parser")
        return html.select_one(".byline")

    return shown


def words(element):
    return " ".join(element.text.split())


class TestRole:
    def test_a_job_title_that_says_the_role_is_not_said_twice(self, byline, ada):
        shown = byline(person=ada, role="clinical")

        assert words(shown.select_one(".byline__role")) == "Clinical contributor, Quay"

    def test_another_job_title_follows_the_role(self, byline, ada):
        shown = byline(person=ada, role="author")

        role = words(shown.select_one(".byline__role"))
        assert role == "Author, Clinical Contributor, Quay"

    def test_nothing_is_said_of_what_is_not_known(self, byline):
        shown = byline(name="Grace", role="author")

        assert words(shown.select_one(".byline__role")) == "Author"

    def test_a_reviewer_of_an_earlier_release_is_a_clinical_contributor(
        self, client, article, ada
    ):
        """A process that ran on while a new one started wrote rows and versions."""
        draft = article.get_latest_revision_as_object()
        draft.contributions = [Contribution(person=ada, role="clinical")]
        revision = draft.save_revision()
        revision.content["contributions"][0]["role"] = "reviewer"
        revision.save()
        stored = Contribution.objects.create(article=article, person=ada)
        Contribution.objects.filter(pk=stored.pk).update(role="reviewer")

        [read] = revision.as_object().contributions.all()
        assert read.role == "clinical"
        assert Contribution.objects.get(pk=stored.pk).role == "clinical"
        shown = BeautifulSoup(client.get(article.url).content, "html.parser")
        assert "Clinical contributor" in words(shown.select_one(".byline"))


class TestDisclosure:
    def test_a_long_one_is_folded_with_relation_and_sums_in_sight(self, byline):
        shown = byline(name="Grace", relation="patient", disclosure=LONG)

        folded = shown.select_one("details.byline__disclosure")
        assert words(folded.summary) == (
            "Disclosure: has been treated by this organisation · £1,400 · 25 euros"
        )
        assert LONG in words(folded)
        assert not folded.has_attr("open")

    def test_a_long_one_without_relation_and_sums_begins_with_its_own_words(
        self, byline
    ):
        text = "Sits without a fee on the board of a charity " * 3

        shown = byline(name="Grace", disclosure=text)

        summary = words(shown.select_one("details.byline__disclosure > summary"))
        assert summary == "Disclosure: Sits without a fee on the board of a …"

    def test_a_short_one_is_read_without_unfolding(self, byline):
        shown = byline(name="Grace", disclosure="Was paid £400.")

        assert not shown.select_one("details")
        assert "Disclosure: Was paid £400." in words(shown)
