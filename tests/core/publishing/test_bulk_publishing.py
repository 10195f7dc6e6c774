"""Publishing several pages at once: each for itself, and nothing else with them."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Revision

from articles.models.article_page import ArticlePage
from home.roles import SEO_SPECIALISTS
from tests.helpers.factories import ArticleIndexPageFactory, ArticlePageFactory
from tests.helpers.page_form import BAD, GOOD


@pytest.fixture
def index(home):
    return ArticleIndexPageFactory(parent=home)


def url(*pages):
    view = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    ids = "&".join(f"id={page.pk}" for page in pages)
    return f"{view}?{ids}&next=/admin/"


def publish(client, *pages, **data):
    return client.post(url(*pages), data, follow=True)


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


def end(page):
    """Have the timer take a page down whose end has passed."""
    page.expire_at = timezone.now() - timedelta(minutes=1)
    page.save_revision().publish()
    call_command("publish_scheduled")


@pytest.mark.parametrize("number", [1, 2])
def test_pages_beneath_whose_time_is_over_are_left_out(log_in, index, number):
    draft = ArticlePageFactory(parent=index, live=False, body=GOOD)
    ended = [ArticlePageFactory(parent=index, body=GOOD) for _number in range(number)]
    for page in ended:
        end(page)
    client = log_in(None)

    assert "has one unpublished subpage" in client.get(url(index)).content.decode()
    answer = publish(client, index, include_descendants="on")

    assert ArticlePage.objects.get(pk=draft.pk).live
    assert not ArticlePage.objects.filter(pk__in=[p.pk for p in ended], live=True)
    words = ["A page beneath was left out", "2 pages beneath were left out"]
    assert words[number - 1] in answer.content.decode()
    assert "1 page and 1 child page" in answer.content.decode()


def test_a_page_that_is_chosen_itself_comes_back(log_in, index):
    page = ArticlePageFactory(parent=index, body=GOOD)
    end(page)

    answer = publish(log_in(None), index, page, include_descendants="on")

    assert ArticlePage.objects.get(pk=page.pk).live
    assert "left out" not in answer.content.decode()


def test_a_version_whose_end_has_passed_is_told_of(log_in, index):
    page = ArticlePageFactory(parent=index, live=False, body=GOOD)
    page.expire_at = timezone.now() - timedelta(minutes=1)
    page.save_revision()

    for chosen in (index, page):
        answer = publish(log_in(None), chosen, include_descendants="on")

        assert "has an end that has passed" in answer.content.decode()
        assert not ArticlePage.objects.get(pk=page.pk).live


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
