"""Sitemap and robots.txt: which pages search engines hear of, and since when."""

from datetime import UTC, date, datetime, timedelta, timezone
from xml.etree import ElementTree as ET

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction, get_page_models

from articles.models.article_page import ArticlePage
from core.models.base_page import BasePage
from seo import readers
from seo.sitemaps import parts
from tests.helpers.factories import (
    PUBLISHED,
    ArticleIndexPageFactory,
    ArticlePageFactory,
    ContentPageFactory,
    PeopleIndexPageFactory,
    PersonPageFactory,
    TopicIndexPageFactory,
    TopicPageFactory,
)
from tests.helpers.factories_applications import ApplicationFormPageFactory
from tests.helpers.factories_testimonials import (
    TestimonialIndexPageFactory,
    TestimonialPageFactory,
)

NAMESPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def entries(client, url="/sitemap.xml"):
    """Return {address: date of the last change or None}."""
    response = client.get(url)
    assert response.status_code == 200
    return {
        entry.findtext(f"{NAMESPACE}loc"): entry.findtext(f"{NAMESPACE}lastmod")
        for entry in ET.fromstring(response.content)  # noqa: S314  our own answer
    }


@pytest.fixture
def index(home):
    return ArticleIndexPageFactory(parent=home, slug="articles")


def test_many_stories_cost_the_sitemap_as_many_queries_as_one(client, home):
    stories = TestimonialIndexPageFactory(parent=home)
    TestimonialPageFactory(parent=stories)
    client.get("/sitemap.xml")  # what is kept in memory from now on
    with CaptureQueriesContext(connection) as of_one:
        client.get("/sitemap.xml")
    TestimonialPageFactory.create_batch(4, parent=stories)

    with CaptureQueriesContext(connection) as of_five:
        found = entries(client)

    assert len(found) == 7
    assert len(of_five) == len(of_one)


class TestSitemap:
    def test_lists_what_anybody_may_find(self, client, home):
        ContentPageFactory(parent=home, slug="cost")

        assert set(entries(client)) == {"http://localhost/cost/", "http://localhost/"}

    def test_leaves_out_drafts_private_and_hidden_pages(self, client, home):
        ContentPageFactory(parent=home, live=False)
        ContentPageFactory(parent=home, robots_index="no")
        private = ContentPageFactory(parent=home)
        ContentPageFactory(parent=private)
        PageViewRestriction.objects.create(
            page=private, restriction_type=PageViewRestriction.PASSWORD, password="x"
        )

        assert list(entries(client)) == ["http://localhost/"]

    def test_leaves_out_hidden_pages_of_every_type(self, client, home):
        topics = TopicIndexPageFactory(parent=home)
        people = PeopleIndexPageFactory(parent=home)
        stories = TestimonialIndexPageFactory(parent=home)
        articles = ArticleIndexPageFactory(parent=home)
        pages = [home, topics, people, stories, articles]
        pages += [
            ContentPageFactory(parent=home),
            ApplicationFormPageFactory(parent=home),
            TopicPageFactory(parent=topics),
            PersonPageFactory(parent=people),
            TestimonialPageFactory(parent=stories),
            ArticlePageFactory(parent=articles),
        ]
        types = {model for model in get_page_models() if issubclass(model, BasePage)}
        assert set(map(type, pages)) == types
        assert len(entries(client)) == len(pages)

        for model in types:
            model.objects.update(robots_index="no")

        assert entries(client) == {}

    def test_leaves_out_what_is_canonical_elsewhere(self, client, home):
        ContentPageFactory(parent=home, canonical_url="https://elsewhere.example/")
        ContentPageFactory(
            parent=home, slug="own", canonical_url="http://localhost/own/"
        )

        assert "http://localhost/own/" in entries(client)
        assert len(entries(client)) == 2

    def test_dates_a_page_by_its_last_significant_change(self, client, index):
        article = ArticlePageFactory(parent=index, slug="sleep")
        address = "http://localhost/articles/sleep/"
        assert entries(client)[address] == "2026-01-01T12:00:00+00:00"

        article.standfirst = "Spelt rightly."
        article.save_revision().publish()
        assert entries(client)[address] == "2026-01-01T12:00:00+00:00"

        article.refresh_from_db()
        article.significant_change = True
        article.save_revision().publish()
        article.refresh_from_db()
        assert article.updated_at
        changed = article.updated_at.isoformat(timespec="seconds")
        assert entries(client)[address] == changed

    def test_asks_no_more_for_fifty_pages_than_for_one(
        self, client, index, django_assert_num_queries
    ):
        ArticlePageFactory(parent=index)
        client.get("/sitemap.xml")
        with CountQueries() as few:
            client.get("/sitemap.xml")

        ArticlePageFactory.create_batch(49, parent=index)
        with django_assert_num_queries(few.count):
            assert len(entries(client)) == 52

    def test_becomes_an_index_of_parts_when_it_is_long(
        self, client, index, monkeypatch
    ):
        monkeypatch.setattr(parts, "ENTRIES_PER_FILE", 3)
        ArticlePageFactory.create_batch(4, parent=index)

        found = [url.removeprefix("http://localhost") for url in entries(client)]

        assert sorted(found) == [
            "/sitemap-articleindexpage.xml",
            "/sitemap-articlepage.xml",
            "/sitemap-articlepage.xml?p=2",
            "/sitemap-homepage.xml",
        ]
        listed = [address for part in found for address in entries(client, part)]
        assert len(listed) == len(set(listed)) == 6

    def test_reads_of_a_long_site_only_the_part_that_was_asked_for(
        self, client, index, monkeypatch
    ):
        monkeypatch.setattr(parts, "ENTRIES_PER_FILE", 3)
        ArticlePageFactory.create_batch(7, parent=index)
        client.get("/sitemap.xml")

        with CaptureQueriesContext(connection) as asked:
            assert len(entries(client, "/sitemap-articlepage.xml?p=2")) == 3

        reading = [each["sql"] for each in asked if "robots_index" in each["sql"]]
        assert all("articles_articlepage" in sql for sql in reading)
        assert any("LIMIT 3 OFFSET 3" in sql for sql in reading)

    def test_dates_each_part_by_the_latest_of_its_pages(
        self, client, index, monkeypatch
    ):
        monkeypatch.setattr(parts, "ENTRIES_PER_FILE", 2)
        # One changed, one first published elsewhere; one of each, and one without date.
        articles = ArticlePageFactory.create_batch(5, parent=index)
        changed = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)
        of = [ArticlePage.objects.filter(pk=article.pk) for article in articles]
        of[0].update(updated_at=changed, first_published_on=date(2027, 1, 1))
        of[2].update(first_published_on=date(2012, 1, 1))
        of[4].update(first_published_at=None)

        found = {url.rpartition("/")[2]: at for url, at in entries(client).items()}

        assert found["sitemap-articlepage.xml"] == "2026-03-04T05:06:07+00:00"
        assert found["sitemap-articlepage.xml?p=2"] == "2026-01-01T12:00:00+00:00"
        assert found["sitemap-articlepage.xml?p=3"] is None

    def test_dates_a_part_as_its_entries_say_whatever_the_type(self, home):
        for model in get_page_models():
            if issubclass(model, BasePage):
                page = model(first_published_at=PUBLISHED)
                named = {name: getattr(page, name) for name in model.dated_by}
                first = next(each for each in named.values() if each)
                assert page.modified_at == first, model
                page.updated_at = PUBLISHED + timedelta(days=1)
                assert page.modified_at == getattr(page, model.dated_by[0]), model

    @pytest.mark.parametrize(
        "url",
        [
            "/sitemap-nothing.xml",
            "/sitemap-contentpage.xml",
            "/sitemap.xml?p=99",
            "/sitemap.xml?p=x",
        ],
    )
    def test_answers_404_for_parts_that_are_not_there(self, client, index, url):
        assert client.get(url).status_code == 404


class CountQueries:
    """How many questions the block asks the database, as ``count``."""

    def __enter__(self):
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        self.captured = CaptureQueriesContext(connection)
        self.captured.__enter__()
        return self

    def __exit__(self, *error):
        self.captured.__exit__(*error)
        self.count = len(self.captured)


class TestRobots:
    def test_may_go_where_readers_go(self, client, home):
        response = client.get("/robots.txt")

        assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
        assert response.content.decode() == (
            "User-agent: *\nDisallow:\n\nSitemap: http://localhost/sitemap.xml\n"
        )
        assert "X-Robots-Tag" not in client.get("/").headers

    def test_are_turned_away_from_copies_of_the_site(self, client, home, settings):
        settings.SEARCH_ENGINES_ALLOWED = False

        response = client.get("/robots.txt")

        assert response.content.decode() == "User-agent: *\nDisallow:\n"
        assert client.get("/").headers["X-Robots-Tag"] == "noindex, nofollow"
        assert client.get("/nothing/").headers["X-Robots-Tag"] == "noindex, nofollow"

    def test_hear_of_no_sitemap_without_a_site(self, client, db):
        from wagtail.models import Site

        Site.objects.all().delete()

        assert "Sitemap" not in client.get("/robots.txt").content.decode()
        assert entries(client) == {}


def test_an_article_of_another_site_is_not_listed(client, root, home, index):
    from wagtail.models import Site

    from tests.helpers.factories import HomePageFactory

    other = HomePageFactory(parent=root, slug="other")
    Site.objects.create(hostname="other.example", root_page=other)
    elsewhere = ArticleIndexPageFactory(parent=other, slug="articles")
    ArticlePageFactory(parent=elsewhere, slug="elsewhere")

    assert not any("elsewhere" in address for address in entries(client))
    assert ArticlePage.objects.live().count() == 1


def test_the_date_of_the_whole_is_that_of_greenwich(client, home, monkeypatch):
    local = datetime(2026, 3, 1, 12, tzinfo=timezone(timedelta(hours=2)))
    monkeypatch.setattr(readers, "_clocks", [lambda: local])

    answer = client.get("/sitemap.xml")

    assert answer.headers["Last-Modified"] == "Sun, 01 Mar 2026 10:00:00 GMT"
