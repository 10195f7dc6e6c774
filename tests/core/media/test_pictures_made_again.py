"""A picture that takes another's place is drawn by a task at all sizes, everywhere."""

from datetime import date, timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from articles.models import ArticleIndexPage
from core.media import tasks
from core.media.private_files import say
from core.models.images import SiteRendition
from core.models.videos import Video
from tests.helpers.factories import (
    ArticleIndexPageFactory,
    ArticlePageFactory,
    PeopleIndexPageFactory,
    PersonPageFactory,
    SiteImageFactory,
    TopicIndexPageFactory,
    TopicPageFactory,
)
from tests.helpers.factories_testimonials import (
    SubjectFactory,
    TestimonialIndexPageFactory,
    TestimonialPageFactory,
)
from tests.helpers.hostile_pictures import png
from tests.helpers.worker import queue, run_queued  # noqa: F401  (queue: a fixture)

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("queue", "quick_pictures"),
]


@pytest.fixture
def index(home):
    return ArticleIndexPageFactory(parent=home)


@pytest.fixture
def image(home):
    return picture()


@pytest.fixture
def article(index, image):
    return ArticlePageFactory(parent=index, lead_image=image)


@pytest.fixture
def author(home):
    people = PeopleIndexPageFactory(parent=home)
    return PersonPageFactory(parent=people, portrait=picture())


def picture():
    return SiteImageFactory(file__width=90, file__height=60)


def publish(page):
    page.save_revision().publish()


def run_all(at):
    """Run what is queued for now, and for a little later."""
    at(timezone.now() + timedelta(seconds=11))
    run_queued()


def drawn(image):
    return set(image.renditions.values_list("filter_spec", "focal_point_key"))


def files():
    return set(SiteRendition.objects.values_list("file", flat=True))


def waiting():
    waits = DBTaskResult.objects.filter(status="READY")
    return waits.filter(task_path__startswith="core.media.tasks.make_")


def make_nothing(client, *urls):
    """Assert that visits find every rendition there is."""
    before = files()
    for url in urls:
        answer = client.get(url)
        assert answer.status_code == 200
        assert "<picture>" in answer.content.decode()
        assert answer.headers["Cache-Control"] == "no-cache", url
    assert files() == before
    assert not waiting().exists()


class TestInTheLibrary:
    @pytest.fixture
    def edit(self, log_in, image, commits):
        """``edit(title="New")`` saves the picture's form."""
        client = log_in(None)

        def edit(**changed):
            fields = ("title", "description", "shows")
            posted = {name: getattr(image, name) for name in fields} | changed
            url = reverse("wagtailimages:edit", args=[image.pk])
            answer = client.post(url, posted)
            assert answer.status_code == 302, answer.context["form"].errors
            image.refresh_from_db()

        return edit

    @pytest.fixture
    def shown(self, client, article, index):
        """The pages that show the picture; a visitor has seen them."""
        urls = (article.url, index.url)
        for url in urls:
            client.get(url)
        run_queued()
        DBTaskResult.objects.all().delete()
        return urls

    def test_a_file_that_is_replaced(self, client, edit, image, shown):
        before = drawn(image)

        edit(file=SimpleUploadedFile("new.png", png(), "image/png"))
        assert drawn(image) == set()
        run_queued()

        assert {spec for spec, _ in before} <= {spec for spec, _ in drawn(image)}
        client.logout()
        make_nothing(client, *shown)

    def test_a_focal_point_that_is_moved(self, client, edit, image, shown):
        edit(
            focal_point_x=90,
            focal_point_y=80,
            focal_point_width=60,
            focal_point_height=60,
        )
        run_queued()

        client.logout()
        make_nothing(client, *shown)

    def test_one_that_is_moved_to_the_other_store(self, image, shown):
        before = drawn(image)

        say(image, "people")
        run_queued()

        assert drawn(image) == before

    def test_a_picture_for_the_dark_theme(self, client, edit, shown):
        edit(for_dark=picture().pk)
        run_queued()

        client.logout()
        make_nothing(client, *shown)

    def test_queues_nothing_where_it_is_drawn_as_before(self, edit, image, shown):
        edit(title="Another title")

        assert not waiting().exists()

    def test_queues_nothing_for_a_change_that_is_rolled_back(self, image, shown):
        with transaction.atomic():
            image.focal_point_x = image.focal_point_y = 50
            image.save()
            say(image, "people")
            assert waiting().count() == 2
            transaction.set_rollback(True)

        assert not waiting().exists()


class TestOnOtherPages:
    def test_a_portrait_beneath_an_article(self, client, index, author, at):
        article = ArticlePageFactory(parent=index, contributors=[author])
        author.portrait = picture()

        publish(author)
        run_all(at)

        make_nothing(client, article.url, author.url, author.get_parent().url)

    def test_a_lead_picture_on_the_second_page_of_a_list(
        self, client, index, at, monkeypatch
    ):
        monkeypatch.setattr(ArticleIndexPage, "page_size", 1)
        day = date(2020, 1, 1)
        old = ArticlePageFactory(parent=index, first_published_on=day)
        ArticlePageFactory(parent=index)
        old.lead_image = picture()

        publish(old)
        run_all(at)

        make_nothing(client, f"{index.url}?page=2")

    @pytest.mark.parametrize("kind", ["article", "topic", "profile"])
    def test_on_a_draft_before_it_is_published(self, client, home, at, kind):
        indexes, pages, field = {
            "article": (ArticleIndexPageFactory, ArticlePageFactory, "lead_image"),
            "topic": (TopicIndexPageFactory, TopicPageFactory, "lead_image"),
            "profile": (PeopleIndexPageFactory, PersonPageFactory, "portrait"),
        }[kind]
        index = indexes(parent=home)
        page = pages(parent=index, live=False, **{field: picture()})
        page.save_revision()

        run_all(at)

        type(page).objects.filter(pk=page.pk).update(live=True)
        make_nothing(client, page.url, index.url)

    def test_the_still_picture_of_a_film(self, client, index, image, at):
        film = Video.objects.create(
            title="A film",
            poster=image,
            file=ContentFile(b"0000ftyp", "film.mp4"),
            captions=ContentFile(b"WEBVTT", "film.vtt"),
        )
        article = ArticlePageFactory(parent=index, body=[("video", {"video": film})])
        run_all(at)
        film.poster = picture()

        film.save()
        run_all(at)

        make_nothing(client, article.url)

    def test_a_portrait_in_a_story(self, client, home, at):
        subject = SubjectFactory(consented__scope_photograph=True)
        stories = TestimonialIndexPageFactory(parent=home)
        story = TestimonialPageFactory(parent=stories, subject=subject)
        run_all(at)
        subject.portrait = picture()

        subject.save()
        run_all(at)

        make_nothing(client, story.url, stories.url)


class TestBounds:
    @pytest.fixture
    def rendered(self, monkeypatch):
        rendered = []
        render = tasks.render

        def count(page):
            rendered.append(page.pk)
            return render(page)

        monkeypatch.setattr(tasks, "render", count)
        return rendered

    def test_one_of_many_pages_is_drawn_for_all(self, index, author, at, rendered):
        articles = [
            ArticlePageFactory(parent=index, contributors=[author]) for _ in range(20)
        ]
        author.portrait = picture()

        publish(author)
        run_all(at)

        assert len(set(rendered) & {each.pk for each in articles}) == 1

    def test_a_page_without_a_picture_is_drawn_on_no_other(
        self, index, author, at, rendered
    ):
        article = ArticlePageFactory(parent=index, contributors=[author])
        author.portrait = None

        publish(author)
        run_all(at)

        assert article.pk not in rendered

    def test_no_task_starts_a_generation(self, index, author, at):
        ArticlePageFactory(parent=index, contributors=[author])
        author.portrait = picture()
        publish(author)
        assert waiting().exists()
        before = connection.visible_changes

        run_all(at)

        assert drawn(author.portrait)
        assert connection.visible_changes == before
