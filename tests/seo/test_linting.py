"""The linter of heads and graphs: what it finds, and what it leaves in peace."""

import copy
import json

import pytest
from bs4 import BeautifulSoup

from articles.models.article_page import ArticlePage
from core.models.videos import Video
from core.publishing import gate
from core.publishing.rules import structured_data as rule
from home.models import ContentPage
from seo.graph import schema
from seo.graph.checking import mistakes
from seo.graph.linting import lint
from seo.graph.rich_results import ROWS
from seo.graph.vocabulary import without_controls
from seo.graph.words import is_type
from seo.head import Head
from tests.helpers.factories import (
    ArticleIndexPageFactory,
    ArticlePageFactory,
    ContentPageFactory,
    SiteImageFactory,
    TopicFactory,
    TopicIndexPageFactory,
    TopicPageFactory,
)
from tests.helpers.factories_evidence import ReferenceFactory, citation
from tests.helpers.page_form import edit_url
from tests.helpers.schema_org import graph_of, nodes_by_fragment

pytestmark = pytest.mark.one_database

ROOT = "https://clinic.example"
# Publishes in spite of a warning, such as of a video without captions.
UNASKED = {
    "override_reason": "A test.",
    "answered_problems": ["video-without-captions:a"],
}
PAGE = f"{ROOT}/a/"
NODES = [
    {
        "@type": "MedicalClinic",
        "@id": f"{ROOT}/#organization",
        "name": "Clinic",
        "url": f"{ROOT}/",
    },
    {
        "@type": "MedicalWebPage",
        "@id": f"{PAGE}#webpage",
        "url": PAGE,
        "name": "A",
        "mainEntity": {"@id": f"{PAGE}#article"},
        "about": {
            "@type": "MedicalCondition",
            "@id": f"{ROOT}/ms/#topic",
            "name": "MS",
        },
    },
    {
        "@type": "Article",
        "@id": f"{PAGE}#article",
        "url": PAGE,
        "headline": "A",
        "author": [{"@id": f"{ROOT}/#organization"}],
        "datePublished": "2026-01-02T10:00:00+00:00",
        "dateModified": "2026-01-02T11:00:00+00:00",
    },
]
TAGS = f"""
    <title>A | Clinic</title><meta name="description" content="About it.">
    <link rel="canonical" href="{PAGE}"><meta property="og:type" content="article">
    <meta property="og:title" content="A"><meta property="og:site_name" content="C">
    <meta property="og:url" content="{PAGE}">"""


def page(nodes=NODES, tags=TAGS):
    text = nodes if isinstance(nodes, str) else json.dumps(described(nodes))
    script = f'<script type="application/ld+json">{text}</script>'
    svg = "<svg><title>A drawing</title></svg>"
    return f"<html><head>{tags}{script}</head><body>{svg}</body></html>"


def described(nodes):
    return {"@context": "https://schema.org", "@graph": nodes}


def changed(place, **changes):
    nodes = copy.deepcopy(NODES)
    nodes[place] |= changes
    return nodes


def test_a_page_that_is_right_is_left_in_peace():
    assert lint(page(), ROOT) == []


@pytest.mark.parametrize(
    ("nodes", "sentence"),
    [
        (changed(1, colour="red"), "no property “colour”"),
        (changed(1, recipeYield="2"), "no property “recipeYield”"),
        (changed(1, reviews=[]), "has “review” instead"),
        (changed(1, **{"@type": "MedicalPage"}), "no type “MedicalPage”"),
        (changed(1, **{"@type": ""}), "does not say what it is"),
        (changed(1, name=""), "“name” is empty"),
        (changed(1, about=[None]), "“about” is empty"),
        (changed(1, about={"@id": f"{PAGE}#nothing"}), "described nowhere"),
        (changed(1, about={"@id": "#nothing"}), "no absolute address"),
        (changed(1, url="/a/"), "which “/a/” is not"),
        (changed(1, url="https://other.example/"), "not on this site"),
        (changed(1, url=f"{ROOT}.evil.example/"), "not on this site"),
        (changed(1, publisher={"@type": "Recipe", "name": "S"}), "Recipe is not"),
        (changed(2, datePublished="1 May 2026"), "“datePublished” takes"),
        (changed(2, datePublished="2026-13-01"), "“datePublished” takes"),
        (changed(2, datePublished="2026-02-31T10:00:00Z"), "“datePublished” takes"),
        (changed(2, dateModified="2025-01-01"), "changed before it was published"),
        (changed(2, author=[]), "“author” is missing"),
        (changed(2, headline=None), "“headline” is missing"),
        (changed(2, wordCount="many"), "“wordCount” takes"),
        (changed(2, **{"@id": f"{PAGE}#webpage"}), "described 2 times"),
        ([*NODES, {"@type": "WebPage"}], "has no “@id”"),
        ([*NODES, "text"], "no list of nodes"),
        (
            changed(0, aggregateRating={"@type": "AggregateRating", "ratingValue": 5}),
            "“AggregateRating” is there",
        ),
        ([*NODES, {"@type": "FAQPage", "@id": f"{PAGE}#faq"}], "“FAQPage” is there"),
        (
            [*NODES, {"@type": "VideoObject", "@id": f"{PAGE}#v", "name": "V"}],
            "“thumbnailUrl” is missing",
        ),
        ([*NODES, {"@type": "ProfilePage", "@id": f"{PAGE}#p"}], "“mainEntity” is mis"),
        ('{"@graph": [NaN]}', "no JSON"),
        ('{"@graph": [}', "no JSON"),
        ("[" * 5000, "no JSON"),
        ("[]", "no list of nodes"),
        ("null", "no list of nodes"),
    ],
)
def test_a_graph_that_is_wrong_is_found(nodes, sentence):
    found = lint(page(nodes), ROOT)

    assert any(sentence in each for each in found), found


def test_one_bad_node_hides_no_other():
    nodes = [7, {"@type": 5}, *changed(2, headline="", author=[]), {"@id": []}]

    found = " ".join(lint(page(nodes), ROOT))

    assert "“headline” is empty" in found
    assert "“author” is missing" in found


@pytest.mark.parametrize(
    ("tags", "sentence"),
    [
        (TAGS.replace("<title>A | Clinic</title>", ""), "0 titles"),
        (TAGS + "<title>Two</title>", "2 titles"),
        (TAGS.replace("A | Clinic", " "), "title is empty"),
        (TAGS + '<meta name="description" content="x">', "“description” is there 2"),
        (TAGS.replace("About it.", ""), "“description” is empty"),
        (TAGS + f'<link rel="canonical" href="{PAGE}">', "2 canonical"),
        (TAGS.replace('rel="canonical"', 'rel="next"'), "0 canonical"),
        (TAGS.replace(f'href="{PAGE}"', 'href="/a/"'), "no absolute address"),
        (TAGS.replace("og:title", "og:x"), "“og:title” is missing"),
        (TAGS.replace(f'content="{PAGE}"', f'content="{ROOT}/"'), "another address"),
        (TAGS + '<meta property="og:image" content="/i.png">', "no absolute address"),
        (TAGS.replace("About it.", "About\x0bit."), "control character"),
    ],
)
def test_tags_that_are_wrong_are_found(tags, sentence):
    found = lint(page(tags=tags), ROOT)

    assert any(sentence in each for each in found), found


def test_a_page_that_is_hidden_needs_no_canonical_address():
    tags = '<title>A</title><meta name="robots" content="noindex">'

    assert lint(f"<head>{tags}</head>", ROOT) == []


def test_every_row_of_the_table_names_its_day_its_source_and_words_that_exist():
    for row in ROWS:
        assert row.source.startswith("https://developers.google.com/")
        assert row.checked.year >= 2026
        assert all(map(is_type, row.types))


class TestPages:
    @pytest.fixture
    def index(self, home):
        return ArticleIndexPageFactory(parent=home, slug="articles")

    @pytest.mark.parametrize(
        "title",
        [
            "</script><script>alert(1)</script>",
            "“She said 'no' & \"yes\"” <!-- \\u003c",
            "\N{GRINNING FACE}\N{ZERO WIDTH JOINER} \N{LINE SEPARATOR}",
            "\N{HEBREW LETTER ALEF}\N{HEBREW LETTER BET} 5 (a)",
            "Before\x0b\x1f\x7f\x85after",
        ],
    )
    def test_a_title_is_the_same_in_head_and_graph(self, client, index, title):
        article = ArticlePageFactory(parent=index, slug="a", standfirst="w" * 100)
        ArticlePage.objects.filter(pk=article.pk).update(title=title, standfirst=title)

        response = client.get(article.url)

        html = response.content.decode()
        head = BeautifulSoup(html.partition("</head>")[0], "html.parser")
        printed = without_controls(title)
        assert head.title.text == f"{printed} | The clinic"
        assert head.find("meta", property="og:title")["content"] == printed
        nodes = nodes_by_fragment(response)
        assert nodes["article"]["headline"] == nodes["webpage"]["name"] == printed
        assert len(head.find_all("script", string=lambda s: "alert" in (s or ""))) <= 1
        assert lint(html, "http://localhost") == []

    def test_a_video_in_a_block_of_any_page_is_described(self, client, home):
        poster = SiteImageFactory()
        video = Video.objects.create(
            title="Walk", file="videos/walk.mp4", poster=poster
        )
        page = ContentPageFactory(
            parent=home,
            slug="p",
            body=json.dumps(
                [
                    {
                        "type": "video",
                        "id": "a",
                        "value": {"video": video.pk, "caption": ""},
                    }
                ]
            ),
            **UNASKED,
        )

        nodes = nodes_by_fragment(client.get(page.url))

        name = f"http://localhost/p/#video-{video.pk}"
        assert nodes["webpage"]["video"] == [{"@id": name}]
        said = nodes[f"video-{video.pk}"]
        assert said["thumbnailUrl"].startswith("http://localhost/")
        assert said["contentUrl"] == f"http://localhost{video.file.url}"
        assert list(mistakes(said)) == []

        video.poster = None
        video.save()
        page = ContentPage.objects.get()
        codes = [problem.code for problem in gate.suggestions(page)]
        assert "video-without-poster" in codes
        assert "video" not in nodes_by_fragment(client.get(page.url))["webpage"]

    def test_a_picture_with_credit_is_described_as_it_is_printed(self, client, home):
        licence = "https://licence.example/"
        image = SiteImageFactory(
            credit="Eve",
            creator="The Clinic",
            creator_kind="Organization",
            licence=licence,
            description="A bed.",
        )
        plain = SiteImageFactory()
        figures = [
            ("figure", {"image": image, "caption": "", "credit": "Drawing: Eve"}),
            ("figure", {"image": plain, "caption": "", "credit": ""}),
        ]
        for each in (image, plain):
            each.contextual_alt_text, each.decorative = "A bed.", False
        page = ContentPageFactory(parent=home, slug="p", body=figures)
        client.get(page.url)  # makes the renditions

        nodes = nodes_by_fragment(client.get(page.url))

        said = nodes[f"picture-{image.pk}"]
        assert said["creditText"] == "Drawing: Eve"
        assert said["license"] == licence
        assert said["creator"] == {"@id": "http://localhost/#organization"}
        assert said["contentUrl"].startswith("http://localhost/")
        assert f"picture-{plain.pk}" not in nodes

    def test_a_topic_is_the_same_thing_on_every_page(self, client, home, index):
        topic = TopicFactory(name="Insomnia")
        hub = TopicPageFactory(
            parent=TopicIndexPageFactory(parent=home), topic=topic, slug="insomnia"
        )
        topic.hub = hub
        topic.save()
        article = ArticlePageFactory(parent=index, topic=topic)

        nodes = nodes_by_fragment(client.get(article.url))

        about = nodes["webpage"]["about"]
        assert about["@id"] == f"{hub.full_url}#topic"
        assert about["url"] == hub.full_url
        assert nodes["article"]["about"] == [{"@id": about["@id"]}]
        said = nodes_by_fragment(client.get(hub.url))["webpage"]["about"]
        assert said["@id"] == about["@id"]

    def test_a_cited_work_is_named_by_its_doi(self, client, index):
        old = "10.1002/(SICI)1097-0258(19980815)17:15<1661::AID>3.0.CO;2-2"
        known = ReferenceFactory(title="Known", doi=old)
        other = ReferenceFactory(title="Other", doi="")
        text = f"<p>So {citation(known)} and {citation(other)}.</p>"
        article = ArticlePageFactory(parent=index, slug="a", body=[("paragraph", text)])

        response = client.get(article.url)

        works = nodes_by_fragment(response)["article"]["citation"]
        names = {work["name"]: work["@id"] for work in works}
        assert names["Known"].startswith("https://doi.org/10.1002/(sici)1097-0258")
        assert "<" not in names["Known"]
        assert names["Other"] == f"http://localhost/articles/a/#work-{other.pk}"
        assert lint(response.content.decode(), "http://localhost") == []


class TestRule:
    @pytest.fixture
    def draft(self, home):
        index = ArticleIndexPageFactory(parent=home, slug="articles")
        article = ArticlePageFactory(parent=index, standfirst="w" * 100)
        article.contributions.create(name="Ada")
        return article

    def test_says_beside_the_form_what_would_be_wrong(self, log_in, draft, monkeypatch):
        monkeypatch.setattr(ArticlePage, "schema_properties", lambda page: {"x": 1})

        html = log_in(None).get(edit_url(draft)).content.decode()

        assert "What search engines are told is wrong." in html

    def test_finds_nothing_wrong_with_a_page_that_is_right(self, draft):
        assert rule.lint_draft(draft) == []

    def test_renders_once_and_not_at_all_where_somebody_publishes(
        self, draft, monkeypatch
    ):
        seen = []
        nothing = Head(title="", name="", site_name="")
        monkeypatch.setattr(rule, "head", lambda context: seen.append(1) or nothing)

        gate.publishing_problems(draft)
        assert seen == []
        gate.suggestions(draft)
        assert seen == [1]

    def test_leaves_what_is_typed_as_it_is(self, draft):
        draft.title = "Typed"
        draft.body = [("paragraph", "<p>Typed</p>")]
        before = draft.serializable_data()

        rule.lint_draft(draft)

        assert draft.serializable_data() == before
        assert "records" not in draft.__dict__

    def test_looks_at_a_page_with_letters_of_any_language_in_its_address(
        self, draft, monkeypatch
    ):
        draft.slug = "über-müdigkeit"
        draft.save()
        assert rule.lint_draft(draft) == []
        monkeypatch.setattr(ArticlePage, "schema_properties", lambda page: {"x": 1})

        assert "“x”" in " ".join(rule.lint_draft(draft))

    def test_looks_at_what_was_never_published(self, draft, monkeypatch):
        draft.first_published_at = None
        monkeypatch.setattr(schema, "named", lambda name: "")

        assert "Article: “headline” is missing" in " ".join(rule.lint_draft(draft))
        assert draft.first_published_at is None

    def test_says_what_pages_leave_out(self, draft, monkeypatch, caplog):
        def wrong(page):
            raise ValueError("no such thing")

        monkeypatch.setattr(ArticlePage, "structured_data", wrong)

        assert "A part of it was left out: no such thing." in rule.lint_draft(draft)
        assert caplog.text == ""

    def test_says_where_nothing_is_described_though_it_should(self, draft, monkeypatch):
        nothing = Head(title="A", name="A", site_name="C", robots="noindex")
        monkeypatch.setattr(rule, "head", lambda context: nothing)

        assert rule.lint_draft(draft) == ["The page would not be described at all."]

    def test_of_a_page_on_no_site_is_silent(self, draft, home):
        home.get_site().delete()

        assert rule.lint_draft(draft) == []


def test_an_error_in_one_part_is_logged_and_harms_no_other(
    client, home, caplog, monkeypatch
):
    def wrong(page):
        raise ValueError("no such thing")

    monkeypatch.setattr(type(home), "schema_properties", wrong)

    nodes = graph_of(client.get("/"))

    assert "cannot be right" in caplog.text
    assert {"WebSite", "MedicalClinic"} <= {node["@type"] for node in nodes}
