"""What one page says of itself: head, graph, card, feed, sitemap, simulator."""

import json
from io import BytesIO

import lxml.html
import pytest
from lxml import etree
from PIL import Image

from articles.models.article_page import ArticlePage
from seo.graph.linting import lint
from seo.simulator.asking import seen_at
from seo.simulator.sentences import sentences
from tests.helpers.factories import (
    ArticleIndexPageFactory,
    ArticlePageFactory,
    ContentPageFactory,
    UserFactory,
)

pytestmark = [pytest.mark.one_database, pytest.mark.django_db]

SITE = "http://localhost"
SAFE = etree.XMLParser(resolve_entities=False)


@pytest.fixture
def index(home):
    return ArticleIndexPageFactory(parent=home, slug="articles")


@pytest.fixture
def article(index):
    return ArticlePageFactory(parent=index, slug="sleep", standfirst="Words.")


class Said:
    """What is said of a page in each place."""

    def __init__(self, client, page):
        self.client = client
        self.content = client.get(page.get_url()).content
        self.document = lxml.html.document_fromstring(self.content.decode())

    def all(self, path):
        return self.document.xpath(path)

    def meta(self, name):
        found = self.all(f"//meta[@property='{name}' or @name='{name}']/@content")
        assert len(found) <= 1, name
        return found[0] if found else None

    @property
    def canonical(self):
        return self.all("//link[@rel='canonical']/@href")

    @property
    def scripts(self):
        return self.all("//script")

    def nodes(self):
        [graph] = self.all("//script[@type='application/ld+json']/text()")
        return json.loads(graph)["@graph"]

    def listed(self):
        tree = etree.fromstring(self.client.get("/sitemap.xml").getvalue(), SAFE)
        return [loc.text for loc in tree.iter("{*}loc")]

    def in_feed(self):
        tree = etree.fromstring(self.client.get("/feeds/articles.atom").content, SAFE)
        return [each.findtext("{*}title") for each in tree.iter("{*}entry")]


def simulated(path):
    return " ".join(sentences(seen_at(f"{SITE}{path}"), UserFactory(is_superuser=True)))


@pytest.mark.parametrize(
    "title",
    [
        "</script><script>alert(1)</script>",
        "--> <!-- \"Sleep\" & 'rest' &amp; \\u003c ]]>",
        "Sleeping 🦽 well 👩🏽‍⚕️",
        "שלום: ‏ماذا نعرف عن النوم؟",
    ],
)
def test_a_title_is_the_same_words_in_every_place(client, article, title):
    without = len(Said(client, article).scripts)
    article.title = title
    article.save_revision().publish()

    said = Said(client, article)

    assert len(said.scripts) == without
    assert not [each for each in said.scripts if each.text == "alert(1)"]
    [printed] = said.all("//title/text()")
    assert printed.startswith(title)
    assert said.meta("og:title") == title
    assert said.all("//h1")[0].text_content().strip() == title
    [headline] = [n["headline"] for n in said.nodes() if "headline" in n]
    assert headline == title
    assert said.in_feed() == [title]
    assert f"{SITE}/articles/sleep/" in said.listed()
    assert lint(said.content.decode(), SITE) == []
    picture = client.get(said.meta("og:image").removeprefix(SITE))
    with Image.open(BytesIO(picture.getvalue())) as drawn:
        assert (drawn.format, drawn.size) == ("JPEG", (1200, 630))


def test_a_hidden_branch_moved_out_and_back_is_alike_in_every_place(
    client, home, index, article
):
    hidden = ContentPageFactory(parent=home, slug="hidden", robots_index="no")
    page = ContentPageFactory(parent=hidden, slug="trial")

    def hidden_at(path):
        said = Said(client, type(page).objects.get(pk=page.pk))
        answers = {
            said.meta("robots") == "noindex",
            f"{SITE}{path}" not in said.listed(),
            "“no” is chosen on" in simulated(path),
        }
        assert len(answers) == 1, answers
        # Cards and graph are for people who share it, and stay.
        assert said.meta("og:url") == f"{SITE}{path}"
        return answers.pop()

    assert hidden_at("/hidden/trial/")
    page.move(home, pos="last-child")
    assert not hidden_at("/trial/")
    page = type(page).objects.get(pk=page.pk)
    page.move(type(hidden).objects.get(pk=hidden.pk), pos="last-child")
    assert hidden_at("/hidden/trial/")
    assert "for good to http://localhost/hidden/trial/" in simulated("/trial/")


def test_a_chain_of_canonical_pages_is_alike_in_every_place(client, index):
    third = ArticlePageFactory(parent=index, slug="third")
    second = ArticlePageFactory(parent=index, slug="second", canonical_page=third)
    first = ArticlePageFactory(parent=index, slug="first", canonical_page=second)

    for page, named in ((first, second), (second, third), (third, third)):
        said = Said(client, page)
        assert said.canonical == [named.full_url]
        assert said.meta("og:url") == named.full_url
    listed = Said(client, third).listed()
    ours = {url for url in listed if url.startswith(f"{SITE}/articles/")}
    assert ours == {f"{SITE}/articles/", third.full_url}
    assert f"Search engines show {second.full_url} in place" in simulated(first.url)
    [contradiction] = seen_at(first.full_url).answer.contradictions
    assert "names another itself" in contradiction
    # All three are read by those who subscribe.
    assert len(Said(client, third).in_feed()) == ArticlePage.objects.count()
