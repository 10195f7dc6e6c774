"""A store that fails costs a page its pictures, never itself, and not for long."""

from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from unittest.mock import patch

import pytest
from django.core.files.storage import FileSystemStorage
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from core.media.tasks import make_missing
from core.models.images import SiteRendition
from tests.delivery.conftest import folder  # noqa: F401  (fixture)
from tests.helpers.factories import (
    ArticleIndexPageFactory,
    ArticlePageFactory,
    SiteImageFactory,
)
from tests.helpers.page_store import Visitor
from tests.helpers.worker import queue, run_queued  # noqa: F401  (queue: a fixture)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("queue", "folder")]


class ServiceGone(Exception):
    """What a bucket raises is no `OSError`."""


@pytest.fixture
def image(home):
    return SiteImageFactory(file__width=900, file__height=600)


@pytest.fixture(autouse=True)
def article(home, image):
    index = ArticleIndexPageFactory(parent=home, slug="blog")
    article = ArticlePageFactory(parent=index, slug="rest", lead_image=image)
    DBTaskResult.objects.all().delete()
    return article


@pytest.fixture(params=[OSError(28, "No space left on device"), ServiceGone("Timeout")])
def error(request):
    return request.param


@pytest.fixture
def fails(error):
    """A context in which stores cannot be written ("_save") or read ("_open")."""

    @contextmanager
    def fails(method):
        with patch.object(FileSystemStorage, method, side_effect=error):
            yield

    return fails


def picture(page):
    return page.text.partition("<picture>")[2].partition("</picture>")[0]


@pytest.mark.parametrize("method", ["_save", "_open"], ids=["written", "read"])
def test_a_store_costs_the_picture_while_it_cannot_be(fails, method):
    visitor = Visitor()
    with fails(method):
        answers = [visitor.get("/blog/rest/") for _visit in range(2)]

    assert [answer.status for answer in answers] == [200, 200]
    assert all("not-found" in picture(answer) for answer in answers)
    assert all(each.headers["Cache-Control"] == "no-store" for each in answers)
    assert visitor.made == 2
    assert not DBTaskResult.objects.filter(status="READY").exists()

    assert ".jpg" in picture(visitor.get("/blog/rest/"))
    run_queued()
    assert ".avif" in picture(visitor.get("/blog/rest/"))


def test_a_page_made_while_the_disk_is_away_is_not_kept(image):
    visitor = Visitor()
    path, away = Path(image.file.path), Path(f"{image.file.path}.away")
    path.rename(away)

    assert "not-found" in picture(visitor.get("/blog/rest/"))

    away.rename(path)
    assert "not-found" not in picture(visitor.get("/blog/rest/"))


@pytest.mark.parametrize("method", ["_save", "_open"], ids=["written", "read"])
def test_the_task_is_tried_again(image, fails, method):
    make_missing.enqueue(image.pk, ["width-480|format-avif"])

    with fails(method):
        run_queued()

    waiting = DBTaskResult.objects.get(task_path=make_missing.module_path)
    assert waiting.status == "READY"
    assert waiting.run_after > timezone.now()
    assert not SiteRendition.objects.exists()


def test_a_page_has_its_pictures_soon_after_a_long_fault_is_over(at):
    visitor = Visitor()
    visitor.get("/blog/rest/")
    DBTaskResult.objects.update(run_after=timezone.now() + timedelta(hours=18))

    for _visit in range(2):
        visitor.get("/blog/rest/")
    at(timezone.now() + timedelta(minutes=1, seconds=1))
    run_queued()

    assert ".avif" in picture(visitor.get("/blog/rest/"))
