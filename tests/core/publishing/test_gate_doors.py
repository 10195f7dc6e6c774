"""The publish gate at the less used doors: the admin's API, copies, aliases, moves."""

import json
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Revision

from articles.models.article_page import ArticlePage
from core.publishing.gate import PublishBlocked
from tests.helpers.factories import ArticleIndexPageFactory, ArticlePageFactory
from tests.helpers.page_form import BAD, GOOD, SENTENCE, raw


@pytest.fixture
def index(home):
    return ArticleIndexPageFactory(parent=home)


@pytest.fixture
def live(index):
    """A live page whose latest draft has a problem."""
    page = ArticlePageFactory(parent=index, title="Live", body=GOOD)
    page.body = BAD
    page.save_revision()
    return ArticlePage.objects.get(pk=page.pk)


@pytest.fixture
def bad(index):
    """A live page with a problem that has come since it was published."""
    page = ArticlePageFactory(parent=index, title="Bad", slug="bad", body=GOOD)
    ArticlePage.objects.filter(pk=page.pk).update(body=json.dumps(raw(BAD)))
    return ArticlePage.objects.get(pk=page.pk)


def call(client, page, action, **data):
    url = reverse("wagtailadmin_api:pages:action", args=[page.pk, action])
    return client.post(url, data, content_type="application/json")


class TestApi:
    def test_publishing(self, log_in, live):
        response = call(log_in(None), live, "publish")

        assert response.status_code == 400
        assert SENTENCE in response.content.decode()
        assert "Just right" in str(ArticlePage.objects.get(pk=live.pk).body)

    def test_scheduling(self, log_in, live):
        draft = live.get_latest_revision_as_object()
        draft.go_live_at = timezone.now() + timedelta(days=1)
        draft.save_revision()

        response = call(log_in(None), live, "publish")

        assert response.status_code == 400
        assert not Revision.objects.filter(approved_go_live_at__isnull=False).exists()

    def test_copying_what_is_live(self, log_in, bad):
        response = call(
            log_in(None), bad, "copy", slug="copy", keep_live=True, recursive=False
        )

        assert response.status_code == 400
        assert not ArticlePage.objects.filter(slug="copy", live=True).exists()

    def test_unpublishing(self, log_in, bad):
        response = call(log_in(None), bad, "unpublish")

        assert response.status_code == 200
        assert not ArticlePage.objects.get(pk=bad.pk).live


class TestTree:
    def test_an_alias_of_a_page_with_a_problem(self, bad, index):
        with pytest.raises(PublishBlocked):
            bad.create_alias(parent=index, update_slug="alias")

        assert not ArticlePage.objects.filter(slug="alias").exists()

    def test_an_alias_follows_its_source(self, live, index):
        alias = live.create_alias(parent=index, update_slug="alias")
        live.body = [("heading", {"text": "New", "level": "2", "anchor": ""})]
        live.save_revision().publish()

        assert ArticlePage.objects.get(pk=alias.pk).body[0].value["text"] == "New"

    def test_moving_a_page_with_a_problem(self, home, bad):
        other = ArticleIndexPageFactory(parent=home, slug="other")

        bad.move(other, pos="last-child")

        assert ArticlePage.objects.get(pk=bad.pk).get_parent().pk == other.pk

    def test_publishing_an_old_version_again(self, live):
        bad = live.get_latest_revision()
        good = live.get_latest_revision_as_object()
        good.body = GOOD
        good.save_revision().publish()

        with pytest.raises(PublishBlocked):
            bad.publish()
