"""Publishing several pages at once: each for itself, and nothing else with them."""

import pytest
from django.urls import reverse
from wagtail.models import Revision

from articles.models.article_page import ArticlePage
from home.roles import SEO_SPECIALISTS
from tests.helpers.factories import ArticleIndexPageFactory, ArticlePageFactory
from tests.helpers.page_form import BAD, GOOD


@pytest.fixture
def index(home):
    return ArticleIndexPageFactory(parent=home)


def publish(client, *pages, **data):
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    ids = "&".join(f"id={page.pk}" for page in pages)
    return client.post(f"{url}?{ids}&next=/admin/", data, follow=True)


def test_a_page_that_is_refused_gets_no_version(log_in, index):
    page = ArticlePageFactory(parent=index, live=False, body=BAD)

    publish(log_in(None), page)

    assert not Revision.objects.filter(object_id=page.pk).exists()


def test_drafts_beneath_are_published_and_not_changes_to_live_pages(log_in, index):
    draft = ArticlePageFactory(parent=index, live=False, body=GOOD)
    live = ArticlePageFactory(parent=index, title="Live", body=GOOD)
    live.title = "Not approved yet"
    live.save_revision()

    publish(log_in(None), index, include_descendants="on")

    assert ArticlePage.objects.get(pk=draft.pk).live
    assert ArticlePage.objects.get(pk=live.pk).title == "Live"


def test_without_the_right_to_content_only_metadata_goes_live(log_in, index):
    page = ArticlePageFactory(parent=index, title="Live", body=GOOD)
    other = ArticlePageFactory(parent=index, title="Other", body=GOOD)
    page.title = "Not approved yet"
    other.seo_title = "For search engines"
    for draft in (page, other):
        draft.save_revision()

    response = publish(log_in(SEO_SPECIALISTS), page, other)

    assert "nobody has approved yet" in response.content.decode()
    assert ArticlePage.objects.get(pk=page.pk).title == "Live"
    assert ArticlePage.objects.get(pk=other.pk).seo_title == "For search engines"
