"""What the sitemap says besides addresses, against the schemas, and how it is sent."""

import gc
import json
import tracemalloc
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.http import http_date
from lxml import etree
from wagtail.models import Locale, Site

from articles.models.article_page import ArticlePage
from core.models.videos import Video
from seo import readers
from seo.pictures import SOCIAL
from seo.sitemaps import entries, parts, views
from tests.helpers.factories import (
    ArticleIndexPageFactory,
    ArticlePageFactory,
    ContentPageFactory,
    PeopleIndexPageFactory,
    PersonPageFactory,
    SiteImageFactory,
)
from tests.helpers.factories_testimonials import (
    SubjectFactory,
    TestimonialIndexPageFactory,
    TestimonialPageFactory,
)
from tests.helpers.visiting import open_transaction_kept

SCHEMAS = Path(__file__).parents[1] / "data" / "sitemaps" / "all.xsd"
NAMES = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "image": "http://www.google.com/schemas/sitemap-image/1.1",
    "video": "http://www.google.com/schemas/sitemap-video/1.1",
    "xhtml": "http://www.w3.org/1999/xhtml",
}
LARGE = "width-90|format-jpeg"


@pytest.fixture(scope="module")
def schema():
    return etree.XMLSchema(etree.parse(SCHEMAS))


@pytest.fixture
def index(home):
    return ArticleIndexPageFactory(parent=home, slug="articles")


@pytest.fixture
def read(client, schema):
    """``read(path)`` returns a valid sitemap as a tree."""

    def valid(path="/sitemap.xml"):
        response = client.get(path)
        assert response.status_code == 200
        tree = etree.fromstring(response.getvalue())
        schema.assertValid(tree)
        return tree

    return valid


def shown(image):
    """Make what a page would, and return its address."""
    image.get_rendition("max-16x16")
    image.get_rendition("width-40|format-webp")
    image.get_rendition("width-40|format-jpeg")
    image.get_rendition(SOCIAL)
    return f"http://localhost{image.get_rendition(LARGE).url}"


def film(**fields):
    made = Video(title="Walking", **fields)
    made.file.save("walk.mp4", ContentFile(b"film"), save=False)
    made.captions.save("walk.vtt", ContentFile(b"WEBVTT"), save=False)
    made.save()
    return made


def of_page(tree, page, path):
    return tree.xpath(f"s:url[s:loc='{page.full_url}']/{path}/text()", namespaces=NAMES)


class TestPictures:
    def test_of_fields_and_blocks_are_listed_as_their_page_shows_them(
        self, read, index
    ):
        lead, figure = SiteImageFactory(), SiteImageFactory()
        card, unseen = SiteImageFactory(), SiteImageFactory()
        addresses = [shown(lead), shown(figure)]
        shown(card)
        picture = {"image": figure, "alt_text": "", "decorative": True}
        other = {"image": unseen, "alt_text": "", "decorative": True}
        article = ArticlePageFactory(
            parent=index,
            lead_image=lead,
            og_image=card,
            body=[("figure", {"image": picture}), ("figure", {"image": other})],
        )

        assert of_page(read(), article, "image:image/image:loc") == addresses

    def test_of_people_go_with_their_consent_and_so_does_a_story(self, read, home):
        subject = SubjectFactory(consented__scope_photograph=True)
        figure = SiteImageFactory()
        picture = {"image": figure, "alt_text": "", "decorative": True}
        story = TestimonialPageFactory(
            parent=TestimonialIndexPageFactory(parent=home),
            subject=subject,
            body=[("figure", {"image": picture})],
        )
        figure.refresh_from_db()
        assert figure.shows_people
        shown(figure)
        page = ContentPageFactory(parent=home, lead_image=figure)
        path = "image:image/image:loc"
        before = read()

        subject.consents.update(withdrawn_at=timezone.now())

        after = read()
        for each in (story, page):
            assert f"/pictures/{figure.pk}/" in str(of_page(before, each, path))
            assert not of_page(after, each, path)
        assert of_page(before, story, "s:loc")
        assert not of_page(after, story, "s:loc")
        assert of_page(after, page, "s:loc")

    def test_of_a_profile_are_listed(self, read, home):
        portrait = SiteImageFactory()
        address = shown(portrait)
        people = PeopleIndexPageFactory(parent=home)
        ada = PersonPageFactory(parent=people, portrait=portrait)

        assert of_page(read(), ada, "image:image/image:loc") == [address]


class TestFilms:
    def test_are_listed_with_all_that_search_engines_ask_for(self, read, index):
        poster = SiteImageFactory()
        address = shown(poster)
        walking = film(
            poster=poster,
            summary="How <b>walking</b> is practised & why.\x0b",
            duration_seconds=95,
        )
        article = ArticlePageFactory(parent=index, lead_video=walking)
        tree = read()

        def said(name):
            return of_page(tree, article, f"video:video/video:{name}")

        assert said("thumbnail_loc") == [address]
        assert said("title") == ["Walking"]
        assert said("description") == ["How <b>walking</b> is practised & why."]
        assert said("content_loc") == [f"http://localhost{walking.file.url}"]
        assert said("duration") == ["95"]
        assert said("publication_date") == [
            walking.uploaded_at.isoformat(timespec="seconds")
        ]

    def test_say_what_they_can_within_the_schema(self, read, index):
        poster = SiteImageFactory()
        shown(poster)
        walking = film(poster=poster, transcript="<p>Step by step. </p>" * 500)
        Video.objects.update(title="W" * 150, duration_seconds=30_000)
        article = ArticlePageFactory(parent=index, body=[("video", {"video": walking})])

        tree = read()

        assert of_page(tree, article, "video:video/video:title") == ["W" * 100]
        assert not of_page(tree, article, "video:video/video:duration")

    def test_without_a_poster_are_left_out(self, read, index):
        article = ArticlePageFactory(parent=index, lead_video=film())

        assert not of_page(read(), article, "video:video/video:title")


def test_many_pictures_and_films_cost_as_many_queries_as_one(client, index):
    def article():
        images = SiteImageFactory.create_batch(2)
        for image in images:
            image.get_rendition(LARGE)
        picture = {"image": images[0], "alt_text": "", "decorative": True}
        ArticlePageFactory(
            parent=index,
            lead_video=film(poster=images[1]),
            body=[("figure", {"image": picture})],
        )

    article()
    client.get("/sitemap.xml")
    with CaptureQueriesContext(connection) as of_one:
        client.get("/sitemap.xml")
    for _ in range(3):
        article()
    with CaptureQueriesContext(connection) as of_four:
        answer = client.get("/sitemap.xml").content

    assert answer.count(b"<image:image>") == 4
    assert answer.count(b"<video:video>") == 4
    assert len(of_four) == len(of_one)


def test_entries_are_asked_about_in_groups_and_none_is_lost(
    read, index, monkeypatch, client
):
    monkeypatch.setattr(entries, "ENTRIES_AT_ONCE", 2)
    monkeypatch.setattr(entries, "MEDIA_AT_ONCE", 1)
    image = SiteImageFactory()
    shown(image)
    articles = ArticlePageFactory.create_batch(5, parent=index, lead_image=image)

    tree = read()

    assert all(
        len(of_page(tree, article, "image:image/image:loc")) == 1
        for article in articles
    )


class TestTranslations:
    @pytest.fixture
    def german(self, home):
        return Locale.objects.create(language_code="de")

    def test_name_one_another(self, read, home, german):
        page = ContentPageFactory(parent=home, slug="cost")
        front = home.copy_for_translation(german)
        front.save_revision().publish()
        Site.objects.create(hostname="klinik.example", root_page=front)
        translated = page.copy_for_translation(german)
        translated.save_revision().publish()
        hidden = ContentPageFactory(parent=home, slug="hidden", robots_index="no")
        hidden.copy_for_translation(german).save_revision().publish()

        tree = read()

        links = {
            link.get("hreflang"): link.get("href")
            for link in tree.iterfind(f".//s:url[s:loc='{page.full_url}']/*", NAMES)
            if link.get("hreflang")
        }
        translated.refresh_from_db()
        assert links == {
            page.locale.language_code: page.full_url,
            translated.locale.language_code: translated.full_url,
        }

    def test_are_not_named_without_any(self, read, home, german):
        ContentPageFactory(parent=home)

        assert not read().xpath("//xhtml:link", namespaces=NAMES)


@pytest.mark.parametrize(
    "title", ["</script><script>alert(1)</script>", "\x0b\x02é", "🦽", "שלום ‏!"]
)
def test_is_valid_whatever_is_typed(read, index, title):
    poster = SiteImageFactory()
    shown(poster)
    walking = film(poster=poster)
    Video.objects.update(title=title)
    ArticlePageFactory(parent=index, title="T", lead_video=walking)

    tree = read()

    (said,) = tree.xpath("//video:title/text()", namespaces=NAMES)
    assert said == title.replace("\x0b\x02", "")


def test_the_index_is_valid_and_so_is_each_part(read, index, monkeypatch):
    monkeypatch.setattr(parts, "ENTRIES_PER_FILE", 2)
    ArticlePageFactory.create_batch(3, parent=index)

    addresses = read().xpath("s:sitemap/s:loc/text()", namespaces=NAMES)

    assert len(addresses) == 4
    for address in addresses:
        assert len(read(address.removeprefix("http://localhost"))) in {1, 2}


class TestWhoHasReadItAlready:
    @pytest.mark.parametrize("path", ["/sitemap.xml", "/sitemap-articlepage.xml"])
    def test_is_told_that_nothing_is_new(self, client, index, path):
        article = ArticlePageFactory(parent=index)
        ArticlePageFactory(parent=index)
        first = client.get(path)
        known = {"if-none-match": first.headers["ETag"]}

        again = client.get(path, headers=known)
        article.unpublish()
        changed = client.get(path, headers=known)

        assert again.status_code == 304
        assert again.content == b""
        assert changed.status_code == 200

    def test_is_told_by_the_date_since_when_nothing_has_changed(
        self, client, index, monkeypatch
    ):
        since = timezone.now().replace(microsecond=0) - timedelta(hours=1)
        monkeypatch.setattr(readers, "_clocks", [lambda: since])

        first = client.get("/sitemap.xml")
        known = {"if-modified-since": first.headers["Last-Modified"]}
        with CaptureQueriesContext(connection) as asked:
            again = client.get("/sitemap.xml", headers=known)
        monkeypatch.setattr(readers, "_clocks", [lambda: since + timedelta(minutes=1)])
        changed = client.get("/sitemap.xml", headers=known)

        assert first.headers["Last-Modified"] == http_date(since.timestamp())
        assert again.status_code == 304
        assert not any("articlepage" in each["sql"] for each in asked)
        assert changed.status_code == 200

    def test_a_head_says_how_long_it_is(self, client, index):
        whole = client.get("/sitemap.xml")

        head = client.head("/sitemap.xml")

        assert head.headers["Content-Length"] == str(len(whole.content))
        assert head.headers["ETag"] == whole.headers["ETag"]
        assert head.content == b""


def test_a_long_part_is_sent_from_a_file_and_written_in_little_memory(
    client, index, monkeypatch
):
    monkeypatch.setattr(entries, "PAGES_AT_ONCE", 1)
    ArticlePageFactory.create_batch(10, parent=index)
    text = f"<p>{'word ' * 200}</p>"
    paragraphs = [
        {"type": "paragraph", "id": str(n), "value": text} for n in range(600)
    ]
    ArticlePage.objects.update(body=json.dumps(paragraphs))
    client.get("/sitemap.xml")
    monkeypatch.setattr(views, "_IN_MEMORY", 1_000)

    urls = ArticlePage.get_sitemap_urls
    # What was read last is in a circle, which Python breaks some time later.
    monkeypatch.setattr(
        ArticlePage,
        "get_sitemap_urls",
        lambda page, request: [gc.collect(), urls(page, request)][1],
    )
    gc.freeze()
    tracemalloc.start()
    try:
        response = client.get("/sitemap-articlepage.xml")
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
        gc.unfreeze()

    assert response.streaming
    content = response.getvalue()
    with open_transaction_kept():
        response.close()
    assert response.headers["Content-Length"] == str(len(content))
    assert content.count(b"<loc>") == 10
    # All texts together are six megabytes.
    assert most < 4_000_000


def test_a_date_from_another_clock_is_not_taken_for_the_sites_own(client, index):
    later = {"if-modified-since": http_date(timezone.now().timestamp() + 60)}

    assert client.get("/sitemap.xml", headers=later).status_code == 200
