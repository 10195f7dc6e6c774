"""What was changed of metadata, by whom: kept, listed, exported, forgotten."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from articles.models import ArticlePage
from core.persons.mentions import kinds
from core.persons.person import Person
from core.publishing.metadata.beside import publish_beside
from home.roles import ADMISSIONS, EDITORS, MODERATORS, SEO_SPECIALISTS
from seo.metadata.changes import entries
from tests.helpers.factories import ArticlePageFactory, UserFactory
from tests.helpers.page_form import edit_url, posted

URL = "metadata_changes"


def told(page=None):
    """Return (field, before, after, user) of each change, the first one first."""
    return [
        (e.data["field"], e.data["before"], e.data["after"], e.user)
        for e in entries().order_by("pk")
    ]


class TestKept:
    def test_is_each_field_of_a_publication(self, log_in, article):
        client = log_in(SEO_SPECIALISTS)

        client.post(
            edit_url(article),
            posted(
                slug="elsewhere",
                seo_title="Better",
                canonical_url="https://example.org/",
                robots_follow="no",
                **{"action-publish": "1"},
            ),
        )

        assert told() == [
            ("slug", "as-written", "elsewhere", client.user),
            ("seo_title", "", "Better", client.user),
            ("canonical_url", "", "https://example.org/", client.user),
            ("robots_follow", "", "no", client.user),
        ]

    def test_is_what_goes_live_by_the_clock_with_its_writer(self, article, at):
        writer = UserFactory()
        tomorrow = article.get_latest_revision_as_object()
        tomorrow.search_description = "Of tomorrow."
        tomorrow.go_live_at = timezone.now() + timedelta(days=1)
        tomorrow.save_revision(user=writer).publish()
        at(timezone.now() + timedelta(days=2))

        call_command("publish_scheduled", verbosity=0)

        assert told() == [("search_description", "", "Of tomorrow.", writer)]

    def test_is_no_draft_and_no_new_page(self, article, index):
        draft = article.get_latest_revision_as_object()
        draft.seo_title = "Thought of"
        draft.save_revision()
        ArticlePageFactory(parent=index, seo_title="New")

        assert told() == []

    def test_is_what_was_changed_while_nobody_saw_the_page(self, article):
        article.unpublish()
        article = ArticlePage.objects.get(pk=article.pk)
        article.robots_index = "no"
        article.save_revision().publish()

        assert [change[:3] for change in told()] == [("robots_index", "", "no")]

    def test_is_no_draft_of_a_page_that_was_published_once(self, log_in, article):
        """Its drafts are stored in its own row; what counts is what goes live."""
        article.unpublish()
        client = log_in(MODERATORS)
        fields = {"slug": article.slug, "title": article.title, "level": "2"}
        autosaved = {"HTTP_ACCEPT": "application/json"}

        for index in ("no", ""):
            posts = posted(**fields, robots_index=index)
            client.post(edit_url(article), posts, **autosaved)
        drafts = told()
        posts = posted(**fields, robots_index="no", **{"action-publish": "1"})
        client.post(edit_url(article), posts)

        assert drafts == []
        assert [change[:3] for change in told()] == [("robots_index", "", "no")]

    def test_stands_in_the_history_of_the_page(self, log_in, article):
        publish_beside(article.pk, {"seo_title": "<b>New</b>"}, UserFactory())
        url = reverse("wagtailadmin_pages:history", args=[article.pk])

        html = log_in(EDITORS).get(url).content.decode()

        assert "Title tag: from “” to “&lt;b&gt;New&lt;/b&gt;”" in html


class TestListed:
    @pytest.fixture
    def changed(self, article, index):
        other = ArticlePageFactory(parent=index, title="Another", slug="another")
        ada = UserFactory(username="ada")
        publish_beside(article.pk, {"seo_title": "=1+1"}, ada)
        publish_beside(other.pk, {"robots_index": "no"}, None)
        return ada

    def test_newest_first_with_before_and_after(
        self, log_in, changed, django_assert_max_num_queries
    ):
        client = log_in(SEO_SPECIALISTS)
        client.get(reverse(URL))

        with django_assert_max_num_queries(25):
            html = client.get(reverse(URL)).content.decode()

        assert html.index("Another") < html.index("As written")
        assert "=1+1" in html
        assert "ada" in html

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ({"field": "seo_title"}, ["As written"]),
            ({"label": "anoth"}, ["Another"]),
            ({"field": "slug"}, []),
            ({"timestamp_from": "2999-01-01"}, []),
        ],
    )
    def test_by_field_page_and_day(self, log_in, changed, query, found):
        html = log_in(SEO_SPECIALISTS).get(reverse(URL), query).content.decode()

        names = [
            name
            for name in ("As written", "Another")
            if f">{name}<" in html.replace("\n", "").replace("  ", "")
        ]
        assert names == found

    def test_by_user(self, log_in, changed):
        answer = log_in(SEO_SPECIALISTS).get(reverse(URL), {"user": changed.pk})

        assert [entry.label for entry in answer.context["object_list"]] == [
            "As written"
        ]

    def test_in_a_spreadsheet_that_computes_nothing(self, log_in, changed):
        answer = log_in(SEO_SPECIALISTS).get(reverse(URL), {"export": "csv"})

        text = b"".join(answer.streaming_content).decode()
        assert "seo_title,,'=1+1" in text
        assert "robots_index,,no" in text

    def test_is_not_for_those_without_pages(self, log_in, changed):
        assert log_in(ADMISSIONS).get(reverse(URL)).status_code == 302


class TestForgotten:
    def test_are_the_words_with_the_person(self, log_in, article):
        publish_beside(article.pk, {"seo_title": "Ida Quillington"}, UserFactory())
        kind = next(each for each in kinds() if each.code == "wagtailcore.pagelogentry")

        who = Person(frozenset(), words=frozenset({"Ida Quillington"}))
        for item in kind.find(who):
            kind.erase(item)

        assert "Quillington" not in str(list(entries().values_list("data")))
        assert log_in(SEO_SPECIALISTS).get(reverse(URL)).status_code == 200
        history = reverse("wagtailadmin_pages:history", args=[article.pk])
        assert "Changed metadata" in log_in(EDITORS).get(history).content.decode()
