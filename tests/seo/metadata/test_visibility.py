"""A published page is taken out of search results at once, and back."""

import pytest
from django.urls import reverse

from articles.models import ArticlePage
from core.publishing.metadata.beside import publish_beside
from home.roles import ADMISSIONS, EDITORS, SEO_SPECIALISTS
from tests.helpers.factories import ArticlePageFactory, UserFactory
from tests.helpers.page_form import edit_url
from tests.seo.metadata.publishing import now


class TestUrgently:
    def url(self, page):
        return reverse("search_visibility", args=[page.pk])

    def test_is_hidden_from_search_by_one_button(self, log_in, client, article, draft):
        specialist = log_in(SEO_SPECIALISTS)
        html = specialist.get(edit_url(article)).content.decode()
        asked = specialist.get(self.url(article)).content.decode()

        specialist.post(self.url(article), {"hide": "1"})

        assert self.url(article) in html
        assert "Hide from search engines now" in asked
        client.logout()
        assert 'content="noindex"' in client.get(article.url).content.decode()
        after = now(article)
        assert after.title == "As written"
        assert after.get_latest_revision_as_object().robots_index == "no"
        assert after.get_latest_revision() == draft

    def test_and_shown_again(self, log_in, article):
        publish_beside(article.pk, {"robots_index": "no"}, UserFactory())

        log_in(SEO_SPECIALISTS).post(self.url(article), {"hide": "0"})

        assert now(article).robots_index == ""

    @pytest.mark.parametrize("role", [EDITORS, ADMISSIONS])
    def test_not_by_those_who_publish_nothing(self, log_in, article, role):
        log_in(role).post(self.url(article), {"hide": "1"})

        assert now(article).robots_index == ""

    def test_not_an_alias_which_follows_its_original(self, log_in, article, home):
        alias = article.create_alias(parent=home, update_slug="alias")
        client = log_in(SEO_SPECIALISTS)

        answer = client.post(self.url(alias), {"hide": "1"}, follow=True)

        html = answer.content.decode()
        assert "Hide or show the original" in html
        assert edit_url(article) in html
        assert self.url(alias) not in html
        assert ArticlePage.objects.get(pk=alias.pk).robots_index == ""

    def test_says_which_pages_below_follow(self, log_in, article, index):
        ArticlePageFactory(parent=index, slug="shown", robots_index="yes")
        client = log_in(SEO_SPECIALISTS)

        assert "1 page below" in client.get(self.url(index)).content.decode()
        assert "hands this on" not in client.get(self.url(article)).content.decode()

    def test_not_what_nobody_sees(self, log_in, article, root):
        article.unpublish()
        client = log_in(SEO_SPECIALISTS)

        assert client.post(self.url(article), {"hide": "1"}).status_code == 404
        assert client.get(self.url(root)).status_code == 404
