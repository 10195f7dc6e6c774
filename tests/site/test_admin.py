"""The admin keeps its promises: nobody's work is lost, nobody elsewhere is told."""

import pytest
from django.urls import reverse

from articles.models.article_page import ArticlePage
from home.models import HomePage
from tests.helpers.factories import ArticleIndexPageFactory, ArticlePageFactory
from tests.helpers.page_form import GOOD, edit_url, posted


@pytest.fixture
def article(home):
    page = ArticlePageFactory(
        parent=ArticleIndexPageFactory(parent=home), title="Mine", body=GOOD
    )
    page.save_revision()
    return page


class TestTwoEditors:
    def stale(self, article, text, **extra):
        """What an editor posts who loaded the page before somebody else saved it."""
        loaded = article.get_latest_revision()
        article.title = "Somebody else's"
        article.save_revision()
        return posted(
            level="2",
            text=text,
            slug=article.slug,
            loaded_revision_id=loaded.pk,
            loaded_revision_created_at=loaded.created_at.isoformat(),
            **extra,
        )

    @pytest.mark.parametrize("action", ["action-publish", "action-save"])
    def test_the_second_is_told_and_keeps_the_text(self, log_in, article, action):
        data = self.stale(article, "Second's words", **{action: "1"})

        response = log_in(None).post(edit_url(article), data)

        html = response.content.decode()
        assert response.status_code == 200
        assert "somebody else has saved this page" in html
        assert "Second&#x27;s words" in html or "Second's words" in html
        assert article.get_latest_revision_as_object().title == "Somebody else's"

    def test_an_autosave_of_their_own_under_way_is_nobody_else(self, log_in, article):
        client = log_in("Editors")
        data = self.stale(article, "My words", **{"action-save": "1"})
        article.latest_revision.user = client.user
        article.latest_revision.save()

        client.post(edit_url(article), data)

        latest = ArticlePage.objects.get(pk=article.pk).get_latest_revision_as_object()
        assert latest.title == "Posted"

    def test_the_second_may_go_on_knowingly(self, log_in, article):
        client = log_in(None)
        data = self.stale(article, "Second's words", **{"action-publish": "1"})
        told = client.post(edit_url(article), data)
        latest = told.context["page"].get_latest_revision()
        data["loaded_revision_id"] = latest.pk
        data["loaded_revision_created_at"] = latest.created_at.isoformat()

        client.post(edit_url(article), data)

        assert ArticlePage.objects.get(pk=article.pk).title == "Posted"

    def test_autosave_of_a_stale_form_is_refused(self, log_in, article):
        data = self.stale(article, "Second's words")

        response = log_in(None).post(
            edit_url(article), data, headers={"accept": "application/json"}
        )

        assert response.status_code == 400
        assert response.json()["error_code"] == "invalid_revision"


class TestWarnings:
    def test_a_slug_that_exists_gets_a_sentence_and_loses_nothing(
        self, log_in, article
    ):
        ArticlePageFactory(parent=article.get_parent(), slug="taken")

        response = log_in(None).post(
            edit_url(article), posted(level="2", text="Kept", slug="taken")
        )

        html = response.content.decode()
        assert "already in use" in html
        assert "Kept" in html


class TestQuiet:
    def test_the_dashboard_names_no_other_host(self, log_in, home):
        html = log_in(None).get(reverse("wagtailadmin_home")).content.decode()

        assert "gravatar" not in html
        assert "releases.wagtail" not in html

    def test_a_get_does_not_log_out(self, log_in, home):
        client = log_in(None)

        response = client.get("/admin/logout/")

        assert response.status_code == 405
        assert "sessionid" not in response.cookies
        assert client.get(reverse("wagtailadmin_home")).status_code == 200

    def test_the_editor_cannot_be_framed_by_others(self, log_in, article):
        response = log_in(None).get(edit_url(article))

        assert response.headers["X-Frame-Options"] == "DENY"

    def test_a_preview_can_be_framed_by_the_editor(self, log_in, article):
        client = log_in(None)
        url = reverse("wagtailadmin_pages:preview_on_edit", args=[article.pk])
        client.post(url, posted(level="2", text="Previewed", slug=article.slug))

        response = client.get(url)

        assert response.headers["X-Frame-Options"] == "SAMEORIGIN"
        assert "frame-ancestors 'self'" in response.headers["Content-Security-Policy"]
        assert "Previewed" in response.content.decode()


def test_the_front_page_alone_can_be_made_at_the_root(root):
    allowed = root.specific_class.allowed_subpage_models()

    assert [model for model in allowed if model.is_creatable] == [HomePage]
