"""The form says what a schedule does, and takes none that was not saved."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from articles.models.article_page import ArticlePage
from tests.helpers.factories import ArticleIndexPageFactory, ArticlePageFactory
from tests.helpers.page_form import GOOD, edit_url, posted, raw

JSON = {"accept": "application/json"}
TOMORROW = timezone.now().replace(second=0, microsecond=0) + timedelta(days=1)
YESTERDAY = TOMORROW - timedelta(days=2)


@pytest.fixture(autouse=True)
def london(settings):
    settings.TIME_ZONE = "Europe/London"


@pytest.fixture
def article(home):
    index = ArticleIndexPageFactory(parent=home)
    page = ArticlePageFactory(
        parent=index, live=False, slug="posted", body=raw(GOOD), first_published_at=None
    )
    page.save_revision()
    return page


@pytest.fixture
def moderator(log_in):
    return log_in(None)


def typed(day):
    return timezone.localtime(day).strftime("%Y-%m-%d %H:%M")


def latest(article):
    return ArticlePage.objects.get(pk=article.pk).get_latest_revision_as_object()


def form(moderator, article):
    return moderator.get(edit_url(article)).content.decode()


class TestAutosave:
    def test_takes_no_date(self, moderator, article):
        data = posted("2", go_live_at=typed(TOMORROW), expire_at="nonsense")

        assert moderator.post(edit_url(article), data, headers=JSON).json()["success"]
        assert latest(article).go_live_at is None

    def test_takes_no_date_away(self, moderator, article):
        moderator.post(edit_url(article), posted("2", go_live_at=typed(TOMORROW)))
        moderator.post(edit_url(article), posted("2"), headers=JSON)

        assert latest(article).go_live_at == TOMORROW


def test_a_copy_is_not_scheduled(moderator, article):
    article.go_live_at, article.expire_at = TOMORROW, TOMORROW + timedelta(days=1)
    article.save_revision().publish()
    data = {
        "new_title": "Copy",
        "new_slug": "copy",
        "new_parent_page": article.get_parent().pk,
    }
    moderator.post(reverse("wagtailadmin_pages:copy", args=[article.pk]), data)

    copy = latest(ArticlePage.objects.get(slug="copy"))
    assert (copy.go_live_at, copy.expire_at) == (None, None)


class TestWords:
    @pytest.mark.parametrize(
        ("day", "words"),
        [
            ("2031-03-30 01:30", "go forward that night, and 01:30 does not exist"),
            ("2031-10-26 01:30", "go back that night, and 01:30 comes twice"),
            (typed(YESTERDAY), "This date has passed. Leave the field empty"),
        ],
        ids=["no such hour", "two such hours", "passed"],
    )
    def test_of_a_date_that_cannot_be(self, moderator, article, day, words):
        data = posted("2", go_live_at=day)
        html = moderator.post(edit_url(article), data).content.decode()

        assert words in html
        assert latest(article).go_live_at is None

    def test_of_the_zone(self, moderator, article):
        assert "In the time of Europe/London, where it is" in form(moderator, article)

    def test_of_a_date_that_nobody_has_approved(self, moderator, article):
        moderator.post(edit_url(article), posted("2", go_live_at=typed(TOMORROW)))

        assert "Nothing happens on this date yet" in form(moderator, article)

    def test_of_a_date_that_was_approved(self, moderator, article):
        article.go_live_at = TOMORROW
        article.save_revision().publish()

        assert "the page goes live by itself then" in form(moderator, article)

    def test_of_a_stored_date_that_has_passed(self, moderator, article):
        article.go_live_at = YESTERDAY + timedelta(seconds=30)
        article.save_revision()

        assert "passed, and nobody had pressed" in form(moderator, article)
        data = posted("2", go_live_at=typed(YESTERDAY))
        assert moderator.post(edit_url(article), data).status_code == 302

    def test_of_the_date_on_which_a_page_went_live(self, moderator, article):
        article.go_live_at = YESTERDAY
        article.save_revision().publish()

        html = form(moderator, article)
        assert "This date has passed." in html
        assert "nobody had pressed" not in html
