"""A change that is scheduled leaves what readers see as it is until its day."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Revision

from articles.models.article_page import ArticlePage
from tests.helpers.factories import ArticleIndexPageFactory, ArticlePageFactory
from tests.helpers.page_form import GOOD, edit_url, posted, raw

TOMORROW = timezone.now() + timedelta(days=1)


@pytest.fixture
def article(home):
    """An article whose first version was published as it was."""
    page = ArticlePageFactory(
        parent=ArticleIndexPageFactory(parent=home),
        title="As it was",
        slug="posted",
        body=raw(GOOD),
        live=False,
        first_published_at=None,
    )
    page.save_revision().publish()
    return ArticlePage.objects.get(pk=page.pk)


def schedule(article):
    draft = article.get_latest_revision_as_object()
    draft.title, draft.go_live_at = "As it will be", TOMORROW
    revision = draft.save_revision()
    revision.publish()
    return revision


def seen(client, article):
    response = client.get(article.url)
    return response.status_code, b"As it was" in response.content


def test_by_the_form_of_a_page_that_was_published_once(client, log_in, article):
    log_in(None)
    data = {"go_live_at": timezone.localtime(TOMORROW).strftime("%Y-%m-%d %H:%M")}
    client.post(
        edit_url(article),
        posted("2", title="As it will be", **data, **{"action-publish": "1"}),
    )

    assert article.revisions.exclude(approved_go_live_at=None).exists()
    assert seen(client, article) == (200, True)


def test_of_a_page_whose_published_version_was_purged(client, article):
    article.save_revision()
    call_command("purge_revisions")
    article.refresh_from_db()
    assert article.live_revision_id is None

    schedule(article)

    assert seen(client, article) == (200, True)


def test_of_a_page_that_has_no_version(client, article):
    Revision.objects.all().delete()
    article.refresh_from_db()

    schedule(article)

    assert seen(client, article) == (200, True)


def test_the_published_version_is_kept_before_those_that_follow(article):
    article.save_revision()
    call_command("purge_revisions")

    scheduled = schedule(ArticlePage.objects.get(pk=article.pk))

    kept = ArticlePage.objects.get(pk=article.pk).live_revision
    assert kept.as_object().title == "As it was"
    assert scheduled.is_latest_revision()
    assert kept.created_at < scheduled.created_at


def test_of_a_page_that_is_a_draft_publishes_nothing(client, article):
    article.unpublish()
    article.refresh_from_db()

    schedule(article)

    assert client.get(article.url).status_code == 404


def test_of_a_version_from_before_the_page_was_first_published(client, article):
    first = article.live_revision
    first.content["go_live_at"] = TOMORROW.isoformat()
    first.save()

    Revision.objects.get(pk=first.pk).publish()

    assert seen(client, article) == (200, True)
