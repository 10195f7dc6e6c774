"""The feeds of articles, for feed readers."""

from datetime import UTC, date, datetime, timedelta
from html import unescape
from xml.etree import ElementTree as ET

import feedparser
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.http import http_date
from wagtail.models import Site

from articles import feeds
from articles.feeds import ARTICLES_PER_FEED
from articles.models.article_page import ArticlePage
from core.models.topics import Topic
from people.models import PersonPage
from tests.helpers.factories import (
    ArticleIndexPageFactory,
    ArticlePageFactory,
    PeopleIndexPageFactory,
    PersonPageFactory,
    TopicFactory,
)

ATOM = "{http://www.w3.org/2005/Atom}"
CREATOR = "{http://purl.org/dc/elements/1.1/}creator"
FEEDS = ["/feeds/articles.rss", "/feeds/articles.atom"]


@pytest.fixture
def index(home):
    return ArticleIndexPageFactory(parent=home, slug="articles")


@pytest.fixture
def article(home, index):
    people = PeopleIndexPageFactory(parent=home)
    authors = [
        PersonPageFactory(parent=people, title="Ada"),
        PersonPageFactory(parent=people, title="Ben"),
    ]
    return ArticlePageFactory(
        parent=index,
        title="Sleep </title> & rest",
        slug="sleep",
        standfirst="How <b>long</b> & when.",
        topic=TopicFactory(name="Insomnia"),
        contributors=authors,
    )


def read(client, url):
    response = client.get(url)
    assert response.status_code == 200
    return ET.fromstring(response.content)  # noqa: S314  our own answer


def test_rss_tells_what_when_and_by_whom(client, article):
    channel = read(client, "/feeds/articles.rss").find("channel")

    assert channel.findtext("title") == "The clinic: articles"
    assert channel.findtext("link") == "http://localhost/articles/"
    assert (
        channel.find(f"{ATOM}link").get("href") == "http://localhost/feeds/articles.rss"
    )
    item = channel.find("item")
    assert item.findtext("title") == "Sleep &lt;/title&gt; &amp; rest"
    assert item.findtext("description") == "How &lt;b&gt;long&lt;/b&gt; &amp; when."
    assert item.findtext("link") == "http://localhost/articles/sleep/"
    assert item.findtext("pubDate") == "Thu, 01 Jan 2026 12:00:00 +0000"
    assert [name.text for name in item.iter(CREATOR)] == ["Ada", "Ben"]
    assert item.findtext("category") == "Insomnia"
    assert item.find("guid").get("isPermaLink") == "false"


def test_atom_names_each_author_with_their_profile(client, article):
    ben = PersonPage.objects.get(title="Ben")
    ben.unpublish()

    entry = read(client, "/feeds/articles.atom").find(f"{ATOM}entry")

    ada = PersonPage.objects.get(title="Ada")
    authors = entry.findall(f"{ATOM}author")
    assert [author.findtext(f"{ATOM}name") for author in authors] == ["Ada", "Ben"]
    assert [author.findtext(f"{ATOM}uri") for author in authors] == [ada.full_url, None]


def test_atom_tells_the_same(client, article):
    feed = read(client, "/feeds/articles.atom")

    assert feed.findtext(f"{ATOM}title") == "The clinic: articles"
    entry = feed.find(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}title") == "Sleep </title> & rest"
    assert (
        entry.find(f"{ATOM}summary").text == "How &lt;b&gt;long&lt;/b&gt; &amp; when."
    )
    assert entry.find(f"{ATOM}link").get("href") == "http://localhost/articles/sleep/"
    assert entry.findtext(f"{ATOM}published") == "2026-01-01T12:00:00+00:00"
    assert entry.findtext(f"{ATOM}updated") == "2026-01-01T12:00:00+00:00"
    assert entry.findtext(f"{ATOM}id") == f"urn:uuid:{article.translation_key}"


@pytest.mark.parametrize("url", FEEDS)
class TestEither:
    def test_holds_published_articles_only(self, client, index, url):
        ArticlePageFactory(parent=index, title="A draft", live=False)
        ArticlePageFactory(parent=index, title="An article")

        text = client.get(url).content.decode()

        assert "An article" in text
        assert "A draft" not in text

    def test_is_well_formed_whatever_was_pasted(self, client, article, url):
        pasted = "Sleep\x0b and\x02 rest"
        Topic.objects.update(name=pasted)
        PersonPage.objects.update(title=pasted)
        Site.objects.update(site_name=pasted)
        ArticlePage.objects.update(title=pasted, standfirst=pasted)

        text = ET.tostring(read(client, url), encoding="unicode")

        assert text.count("Sleep and rest") >= 5

    @pytest.mark.parametrize(
        "title", ["</script><script>alert(1)</script>", "🦽 & <b>", "שלום ‏!"]
    )
    def test_says_a_title_as_it_was_typed(self, client, article, url, title):
        ArticlePage.objects.update(title=title)

        said = [each.text for each in read(client, url).iter() if "title" in each.tag]

        assert title in {said[-1], unescape(said[-1])}

    def test_is_well_formed_without_articles_or_list(self, client, home, url):
        read(client, url)

    def test_costs_the_same_for_one_and_many(self, client, article, url):
        client.get(url)
        with CaptureQueriesContext(connection) as few:
            client.get(url)

        people = [c.person for c in article.contributions.all()]
        for _ in range(ARTICLES_PER_FEED + 2):
            ArticlePageFactory(
                parent=article.get_parent(), contributors=people, topic=TopicFactory()
            )
        with CaptureQueriesContext(connection) as many:
            text = client.get(url).content.decode()

        assert len(many) == len(few)
        assert text.count("urn:uuid:") == ARTICLES_PER_FEED

    def test_does_not_follow_the_host_of_the_request(self, client, article, url):
        text = client.get(url, headers={"host": "127.0.0.1"}).content.decode()

        assert "127.0.0.1" not in text


class TestWhoHasReadItAlready:
    @pytest.mark.parametrize("url", FEEDS)
    def test_is_told_that_nothing_is_new(self, client, article, url):
        first = client.get(url)
        known = {"if-none-match": first.headers["ETag"]}

        again = client.get(url, headers=known)

        assert again.status_code == 304
        assert again.content == b""

    def test_gets_an_article_that_was_moved_here(self, client, article, index):
        first = client.get("/feeds/articles.atom")
        moved = ArticlePageFactory(
            parent=index, live=False, first_published_on=date(2012, 1, 1)
        )
        moved.save_revision().publish()

        again = client.get(
            "/feeds/articles.atom",
            headers={
                "if-modified-since": http_date(timezone.now().timestamp()),
                "if-none-match": first.headers["ETag"],
            },
        )

        assert again.status_code == 200

    @pytest.mark.parametrize("url", FEEDS)
    def test_is_told_by_the_date_since_when_nothing_has_changed(
        self, client, article, url, monkeypatch
    ):
        since = timezone.now().replace(microsecond=0)
        monkeypatch.setattr(feeds, "period", lambda: since)

        first = client.get(url)
        known = {"if-modified-since": first.headers["Last-Modified"]}
        again = client.get(url, headers=known)
        monkeypatch.setattr(feeds, "period", lambda: since + timedelta(seconds=1))
        changed = client.get(url, headers=known)

        assert (again.status_code, again.content) == (304, b"")
        assert changed.status_code == 200

    @pytest.mark.parametrize("url", FEEDS)
    def test_is_told_that_an_article_is_gone(self, client, article, url):
        seen = {"if-modified-since": http_date(timezone.now().timestamp())}
        client.get(url)
        article.unpublish()

        again = client.get(url, headers=seen)

        assert again.status_code == 200
        assert article.url.encode() not in again.content


def test_the_organisation_answers_for_an_article_that_names_nobody(client, index):
    ArticlePageFactory(parent=index)

    atom = read(client, "/feeds/articles.atom")
    rss = read(client, "/feeds/articles.rss")

    assert [name.text for name in atom.iter(f"{ATOM}name")] == ["The clinic"]
    assert rss.findtext(f"channel/item/{CREATOR}") is None


@pytest.mark.parametrize("url", FEEDS)
def test_a_reader_that_nobody_here_wrote_finds_no_fault(client, article, url):
    odd = "</script><script>alert(1)</script> “Sleep” & 🦽 שלום"
    ArticlePage.objects.update(
        title=f"{odd}\x0b", first_published_at=datetime(2026, 2, 3, 4, 5, 6, tzinfo=UTC)
    )
    answer = client.get(url)
    headers = {name.lower(): value for name, value in answer.headers.items()}
    headers["content-location"] = f"http://localhost{url}"

    read_by_it = feedparser.parse(answer.content, response_headers=headers)

    assert not read_by_it.bozo
    assert read_by_it.version == ("rss20" if url.endswith("rss") else "atom10")
    (entry,) = read_by_it.entries
    assert [author.name for author in entry.authors] == ["Ada", "Ben"]
    assert entry.link == "http://localhost/articles/sleep/"
    assert entry.id == f"urn:uuid:{article.translation_key}"
    assert not entry.get("guidislink")
    assert entry.published_parsed[:6] == (2026, 2, 3, 4, 5, 6)
    # Words alone, none of which it took for an element.
    words = unescape(entry.title) if url.endswith("rss") else entry.title
    assert words == odd
    assert [tag.term for tag in entry.tags] == ["Insomnia"]
    again = client.get(
        url,
        headers={
            "if-none-match": read_by_it.headers["etag"],
            "if-modified-since": read_by_it.headers.get("last-modified", ""),
        },
    )
    assert (again.status_code, again.content) == (304, b"")
