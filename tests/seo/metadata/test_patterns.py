"""Patterns of titles and descriptions: what they make, refuse and cost."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Site

from articles.models import ArticlePage
from core.publishing.rules.search_results import TitleCutOff
from home.models import ContentPage
from home.roles import EDITORS, SEO_SPECIALISTS
from seo.metadata.patterns import around_title, fill, problem
from seo.models import MetadataPatterns
from tests.helpers.factories import (
    ContentPageFactory,
    PeopleIndexPageFactory,
    PersonPageFactory,
    TopicFactory,
)

pytestmark = pytest.mark.one_database


@pytest.fixture
def pattern(home):
    """``pattern(title="…")`` sets what articles are made by."""

    def set_pattern(label="articles.articlepage", **kinds):
        site = Site.objects.get()
        kept, _ = MetadataPatterns.objects.get_or_create(site=site)
        kept.patterns = {**kept.patterns, label: kinds}
        kept.save()

    return set_pattern


class TestMade:
    @pytest.mark.one_database
    @pytest.mark.parametrize(
        ("pattern", "values", "made"),
        [
            ("{a} | {b}", {"a": "One", "b": "Two"}, "One | Two"),
            ("{a} | {b}", {"a": "One", "b": ""}, "One"),
            ("{a} | {b} | {c}", {"a": "One", "c": "Three"}, "One | Three"),
            ("{b}: {a}", {"a": "One"}, "One"),
            ("{b} · {a}", {"a": "One"}, "One"),
            ("By {b} | {a}", {"a": "One"}, "One"),
            ("Blog | {a}", {"a": "One"}, "Blog | One"),
            ("{a}", {"a": "{b}", "b": "not this"}, "{b}"),
            ("{b}", {}, ""),
        ],
    )
    def test_without_the_parts_that_have_no_value(self, pattern, values, made):
        assert fill(pattern, lambda name: values.get(name, "")) == made

    @pytest.mark.one_database
    def test_of_what_stands_before_and_after_the_name(self):
        values = {"section": "Blog", "site": "Clinic"}

        assert around_title("{section} | {title} · {site}", values.get) == (
            "Blog | ",
            " · Clinic",
        )


class TestRefused:
    @pytest.mark.one_database
    @pytest.mark.parametrize(
        ("page_type", "kind", "pattern", "words"),
        [
            (ArticlePage, "title", "{title} {year}", "no variable {year}"),
            (ContentPage, "title", "{title} {author}", "no variable {author}"),
            (ArticlePage, "title", "{title} {summary}", "no variable {summary}"),
            (ArticlePage, "title", "{site}", "names {title} once"),
            (ArticlePage, "title", "{title} {title}", "names {title} once"),
            (ArticlePage, "title", "{title} {site", "A bracket is not closed"),
            (ArticlePage, "title", "{title} {}", "no variable {}"),
        ],
    )
    def test_is_what_cannot_be_filled(self, page_type, kind, pattern, words):
        assert words in problem(pattern, page_type, kind)

    def test_is_said_at_the_field_and_what_was_typed_stays(self, log_in, home):
        client = log_in(SEO_SPECIALISTS)
        url = reverse("wagtailsettings:edit", args=["seo", "metadatapatterns"])
        address = client.get(url, follow=True).request["PATH_INFO"]

        name = "articles-articlepage-title"
        refused = client.post(address, {name: "{title} in {year}"}).content.decode()
        taken = client.post(address, {name: " {title} in {topic} "})

        assert "There is no variable {year} for these pages" in refused
        assert "{title} in {year}" in refused
        assert taken.status_code == 302
        assert MetadataPatterns.objects.get().patterns == {
            "articles.articlepage": {"title": "{title} in {topic}"}
        }


class TestHead:
    def test_has_title_and_description_by_the_pattern(
        self, home, article, pattern, head
    ):
        people = PeopleIndexPageFactory(parent=home)
        ada = PersonPageFactory(parent=people, title="Ada Long")
        article.contributions.create(person=ada)
        article.topic = TopicFactory(name="Sclerosis", slug="sclerosis")
        article.save()
        pattern(
            title="{section}: {title} | {topic} | {site}",
            description="{summary} By {author}.",
        )

        said = head(article)

        assert said["title"] == "Articles: As written | Sclerosis | The clinic"
        assert said["description"] == "In short. By Ada Long."
        assert said["og:title"] == "As written"

    def test_keeps_other_page_types_as_they_come(self, home, pattern, head):
        pattern(title="{title}")
        cost = ContentPageFactory(parent=home, title="Cost", slug="cost")

        assert head(cost)["title"] == "Cost | The clinic"

    def test_takes_own_values_first(self, article, pattern, head):
        pattern(title="{title} · {site}", description="All of {title}")
        article.seo_title = "Own"
        article.search_description = "Own words."
        article.social_title = "For friends"
        article.social_text = "Look\nat this."
        article.save()

        said = head(article)

        assert said["title"] == "Own · The clinic"
        assert said["description"] == "Own words."
        assert said["og:title"] == "For friends"
        assert said["og:description"] == "Look at this."

    def test_prints_no_empty_tag(self, article, pattern, head):
        ArticlePage.objects.filter(pk=article.pk).update(standfirst="")
        pattern(description="{summary} {topic}")

        said = head(article)

        assert "description" not in said
        assert "og:description" not in said
        assert "" not in said.values()

    def test_costs_no_query_more_with_patterns(
        self, article, pattern, client, django_assert_num_queries
    ):
        client.get(article.url)
        pattern()
        with CaptureQueriesContext(connection) as without:
            client.get(article.url)
        pattern(title="{title} | {section} | {author} | {site}")

        with django_assert_num_queries(len(without)):
            client.get(article.url)
        assert len(without) > 1


def test_the_verdict_is_on_what_the_pattern_makes(article, pattern):
    article.seo_title = "n" * 40
    assert not list(TitleCutOff().problems(article))
    pattern(title="{title} | A very long name of this section")

    (found,) = TitleCutOff().problems(article)

    assert "Type a title tag of 26 characters or fewer" in found.sentence


class TestTrail:
    def test_names_pages_by_their_breadcrumb_title(self, client, index, article):
        index.breadcrumb_title = "Blog"
        index.save()
        article.breadcrumb_title = "Short"
        article.save()

        html = client.get(article.url).content.decode()

        assert '"name":"Blog"' in html.replace('": "', '":"')
        assert '"name":"Short"' in html.replace('": "', '":"')
        assert ">Blog</a>" in html


class TestSample:
    @pytest.fixture
    def sample(self, log_in, article):
        def ask(role, pattern, kind="title", label="articles.articlepage"):
            args = [Site.objects.get().pk, label, kind]
            url = reverse("metadata_sample", args=args)
            return log_in(role).get(url, {"pattern": pattern})

        return ask

    def test_is_of_the_newest_page(self, sample):
        assert sample(SEO_SPECIALISTS, "{title}!").json()["text"] == "As written!"
        assert sample(SEO_SPECIALISTS, "", "description").json()["text"] == "In short."

    def test_says_what_is_wrong(self, sample):
        assert "no variable {x}" in sample(SEO_SPECIALISTS, "{x}").json()["problem"]

    def test_says_that_there_is_no_page(self, sample):
        answer = sample(SEO_SPECIALISTS, "{title}", label="people.personpage").json()
        assert "no published page" in answer["text"]

    def test_is_for_those_who_set_patterns(self, sample):
        assert sample(EDITORS, "{title}").status_code != 200

    def test_of_what_is_not_there_is_not_found(self, sample):
        assert sample(SEO_SPECIALISTS, "", "nothing").status_code == 404
        assert sample(SEO_SPECIALISTS, "", label="a.b").status_code == 404
