"""Nobody waits for pictures: the slow formats are made by a task, before or after."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from wagtail.images.models import SourceImageIOError
from willow.plugins.pillow import PillowImage

from articles.models.article_page import ArticlePage
from core.media.tasks import make_missing, make_renditions
from core.models.images import SiteRendition
from tests.delivery.conftest import folder  # noqa: F401  (fixture)
from tests.helpers.factories import (
    ArticleIndexPageFactory,
    ArticlePageFactory,
    SiteImageFactory,
)
from tests.helpers.page_store import Visitor
from tests.helpers.worker import queue, run_queued  # noqa: F401  (queue: a fixture)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("queue")]

SLOW = ("avif", "webp")


@pytest.fixture
def image(home):
    return SiteImageFactory(file__width=900, file__height=600)


@pytest.fixture
def index(home):
    return ArticleIndexPageFactory(parent=home, slug="blog")


@pytest.fixture
def article(index, image):
    article = ArticlePageFactory(parent=index, slug="rest", lead_image=image)
    DBTaskResult.objects.all().delete()
    return article


def formats():
    """Return the formats of the renditions that there are."""
    return {str(name).rpartition(".")[2] for name in _files()}


def _files():
    return SiteRendition.objects.values_list("file", flat=True)


def waiting(task):
    return DBTaskResult.objects.filter(status="READY", task_path=task.module_path)


class TestVisitor:
    def test_who_comes_first_gets_jpeg_and_the_next_one_what_is_to_be(
        self, client, article
    ):
        first = client.get(article.url)

        html = first.content.decode()
        assert "<picture>" in html
        assert ".jpg" in html
        assert ".avif" not in html
        assert formats() == {"jpg"}

        run_queued()
        second = client.get(article.url)

        assert ".avif" in second.content.decode()
        assert ".webp" in second.content.decode()
        assert first.headers["Cache-Control"] == "no-store"
        assert second.headers["Cache-Control"] == "no-cache"

    def test_each_picture_waits_once_however_many_come(self, client, article):
        for _visit in range(3):
            client.get(article.url)

        assert waiting(make_missing).count() == 1
        assert (
            waiting(make_missing).get().args_kwargs["args"][0] == article.lead_image_id
        )

    def test_nobody_is_told_of_the_fast_picture_in_place_of_the_slow(
        self, client, article, image
    ):
        """Wagtail keeps renditions in a cache, by their specification."""
        client.get(article.url)

        made = image.get_rendition("width-480|format-avif")

        assert made.file.name.endswith(".avif")

    @pytest.mark.usefixtures("folder")
    def test_gets_a_page_that_is_not_kept_until_its_pictures_are_made(self, article):
        visitor = Visitor()
        for _visit in range(2):
            visitor.get("/blog/rest/")
        assert visitor.made == 2

        run_queued()
        pages = [visitor.get("/blog/rest/").text for _visit in range(2)]

        assert visitor.made == 3
        assert ".avif" in pages[0]
        assert pages[0] == pages[1]

    def test_waits_where_no_worker_would_make_them(self, client, article, settings):
        settings.TASKS = {
            "default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}
        }

        answer = client.get(article.url)

        assert ".avif" in answer.content.decode()
        assert answer.headers["Cache-Control"] == "no-cache"


class TestBeforehand:
    def nothing_is_missing(self, client, url):
        before = set(_files())
        answer = client.get(url)
        assert ".avif" in answer.content.decode()
        assert set(_files()) == before
        assert answer.headers["Cache-Control"] == "no-cache"

    def test_a_draft_has_its_pictures_before_it_is_published(
        self, client, index, image, at
    ):
        article = ArticlePageFactory(parent=index, live=False, lead_image=image)
        article.save_revision()
        assert formats() == set()

        at(timezone.now() + timedelta(seconds=11))
        run_queued()

        assert set(SLOW) < formats()
        ArticlePage.objects.filter(pk=article.pk).update(live=True)
        article.refresh_from_db()
        self.nothing_is_missing(client, article.url)

    def test_a_draft_that_is_saved_again_and_again_waits_once(self, article):
        for _time in range(3):
            article.save_revision()

        assert waiting(make_renditions).count() == 1
        assert not (waiting(make_renditions) & DBTaskResult.objects.ready()).exists()

    def test_what_is_published_has_them_and_so_has_the_list_above_it(
        self, client, index, article
    ):
        article.save_revision().publish()

        run_queued()

        self.nothing_is_missing(client, article.url)
        self.nothing_is_missing(client, index.url)

    def test_a_page_that_was_deleted_meanwhile_is_no_failure(self, article, image):
        article.save_revision().publish()
        article.delete()
        image.delete()
        make_missing.enqueue(image.pk, ["width-480|format-avif"])

        run_queued()

        assert not DBTaskResult.objects.failed().exists()


class TestPictureThatCannotBeConverted:
    @pytest.fixture
    def broken(self, monkeypatch):
        """``broken("avif", …)``: these formats cannot hold the pictures."""

        def fail(*args, **kwargs):
            raise ValueError("Image size exceeds the limit")

        def broken(*names):
            for name in names:
                monkeypatch.setattr(PillowImage, f"save_as_{name}", fail)

        return broken

    def test_to_one_format_is_shown_in_another_for_good(self, client, article, broken):
        broken("avif")
        client.get(article.url)
        run_queued()

        answer = client.get(article.url)

        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "no-cache"
        assert formats() == {"jpg", "webp"}
        assert not waiting(make_missing).exists()

    def test_to_any_costs_no_page(self, client, article, broken, image):
        broken("avif", "webp", "jpeg")

        assert client.get(article.url).status_code == 200
        run_queued()
        assert client.get(article.url).status_code == 200
        with pytest.raises(SourceImageIOError):
            image.get_rendition("width-480|format-jpeg")
