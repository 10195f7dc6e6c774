"""The graph that every page carries: one, escaped, stable, in schema.org's words."""

import pytest
from bs4 import BeautifulSoup

from articles.models.article_page import ArticlePage
from articles.models.contributions import Contribution
from people.models import Credential, Membership, SameAs
from tests.helpers.factories import (
    ArticleIndexPageFactory,
    ArticlePageFactory,
    ContentPageFactory,
    PeopleIndexPageFactory,
    PersonPageFactory,
    SiteImageFactory,
    TopicFactory,
    TopicIndexPageFactory,
    TopicPageFactory,
)
from tests.helpers.schema_org import mistakes, nodes_by_fragment

pytestmark = pytest.mark.one_database


def graph(client, url):
    return nodes_by_fragment(client.get(url))


@pytest.fixture
def ada(home):
    people = PeopleIndexPageFactory(parent=home, slug="people")
    return PersonPageFactory(
        parent=people, title="Ada", slug="ada", portrait=SiteImageFactory()
    )


@pytest.fixture
def index(home):
    return ArticleIndexPageFactory(parent=home, slug="articles")


@pytest.fixture
def article(index, ada):
    return ArticlePageFactory(
        parent=index,
        title="Sleep",
        slug="sleep",
        contributors=[ada],
        topic=TopicFactory(name="Insomnia"),
        lead_image=SiteImageFactory(
            description="A bed.", credit="Eve", licence="https://licence.example/"
        ),
    )


def test_a_plain_page_says_where_it_belongs(client, home):
    nodes = graph(
        client, ContentPageFactory(parent=home, title="Cost", slug="cost").url
    )

    assert list(nodes) == ["organization", "website", "breadcrumb", "webpage"]
    page = nodes["webpage"]
    assert page["@type"] == "WebPage"
    assert page["@id"] == "http://localhost/cost/#webpage"
    assert page["isPartOf"] == {"@id": "http://localhost/#website"}
    assert page["inLanguage"] == "en-GB"
    assert nodes["website"]["publisher"] == {"@id": "http://localhost/#organization"}


def test_the_front_page_has_no_trail(client, home):
    nodes = graph(client, "/")

    assert "breadcrumb" not in nodes
    assert nodes["webpage"]["url"] == "http://localhost/"


def test_the_trail_is_the_visible_one(client, article):
    html = BeautifulSoup(client.get(article.url).content, "html.parser")
    visible = html.find("nav", attrs={"aria-label": "Breadcrumb"}) or html.select_one(
        ".breadcrumbs"
    )

    trail = graph(client, article.url)["breadcrumb"]["itemListElement"]

    assert [step["name"] for step in trail] == ["The clinic", "Blog", "Sleep"]
    assert trail[1]["item"] == "http://localhost/articles/"
    assert [step["position"] for step in trail] == [1, 2, 3]
    # The page itself is in the markup alone: its title stands beneath the trail.
    steps = [(link.text, link["href"]) for link in visible.select("li > a")]
    assert steps == [("The clinic", "/"), ("Blog", "/articles/")]
    assert len(visible.select("li")) == 2


class TestArticle:
    def test_names_its_authors_each_with_their_profile(self, client, article):
        node = graph(client, article.url)["article"]

        assert node["author"] == [
            {
                "@type": "Person",
                "@id": "http://localhost/people/ada/#person",
                "name": "Ada",
                "url": "http://localhost/people/ada/",
                "jobTitle": "Physiotherapist",
            }
        ]
        assert node["publisher"] == {"@id": "http://localhost/#organization"}

    def test_is_what_its_page_is_about_with_picture_and_topic(self, client, article):
        nodes = graph(client, article.url)

        page = nodes["webpage"]
        assert page["@type"] == "MedicalWebPage"
        assert page["mainEntity"] == {"@id": "http://localhost/articles/sleep/#article"}
        assert page["about"]["name"] == "Insomnia"
        picture = {"@id": "http://localhost/articles/sleep/#primaryimage"}
        assert page["primaryImageOfPage"] == nodes["article"]["image"] == picture
        assert nodes["primaryimage"]["creditText"] == "Eve"
        assert nodes["primaryimage"]["license"] == "https://licence.example/"

    def test_claims_no_review_by_a_clinical_contributor(self, client, article, ada):
        reviewer = PersonPageFactory(parent=ada.get_parent(), title="Ben")
        Contribution.objects.create(
            article=article, person=reviewer, role="clinical", date="2026-02-03"
        )

        nodes = graph(client, article.url)

        assert {"reviewedBy", "lastReviewed"}.isdisjoint(nodes["webpage"])
        contributors = nodes["article"]["contributor"]
        assert [person["name"] for person in contributors] == ["Ben"]

    def test_is_the_organisation_s_where_nobody_is_named(self, client, index):
        nodes = graph(client, ArticlePageFactory(parent=index).url)

        organisation = {"@id": "http://localhost/#organization"}
        assert nodes["article"]["author"] == [organisation]
        assert nodes["article"]["publisher"] == organisation
        assert nodes["webpage"]["mainEntity"] == {"@id": nodes["article"]["@id"]}

    def test_keeps_its_dates_when_a_slip_is_corrected(self, client, article):
        before = graph(client, article.url)["article"]
        article.standfirst = "Spelt rightly."
        article.save_revision().publish()

        after = graph(client, article.url)["article"]

        assert after["description"] == "Spelt rightly."
        assert (
            after["dateModified"] == before["dateModified"] == before["datePublished"]
        )

    def test_keeps_its_ids_when_it_is_reworded(self, client, article):
        before = graph(client, article.url)
        ArticlePage.objects.filter(pk=article.pk).update(
            title="Rest", standfirst="New."
        )

        after = graph(client, article.url)

        assert [node["@id"] for node in after.values()] == [
            node["@id"] for node in before.values()
        ]


def test_a_profile_describes_the_person(client, ada):
    Credential.objects.create(person=ada, name="MD", awarded_by="A university")
    Membership.objects.create(person=ada, organisation="A society")
    SameAs.objects.create(person=ada, url="https://orcid.example/0000")

    nodes = graph(client, ada.url)

    assert nodes["webpage"]["@type"] == "ProfilePage"
    assert nodes["webpage"]["mainEntity"] == {"@id": nodes["person"]["@id"]}
    person = nodes["person"]
    assert person["name"] == "Ada"
    assert person["hasCredential"][0]["name"] == "MD"
    assert person["memberOf"][0]["name"] == "A society"
    assert person["sameAs"] == ["https://orcid.example/0000"]
    assert person["worksFor"] == {"@id": "http://localhost/#organization"}
    assert person["image"] == {"@id": "http://localhost/people/ada/#primaryimage"}


def test_a_page_of_a_list_is_a_page_of_its_own(client, index):
    ArticlePageFactory.create_batch(13, parent=index)

    node = graph(client, f"{index.url}?page=2")["webpage"]

    assert node["@type"] == "CollectionPage"
    assert node["@id"] == "http://localhost/articles/?page=2#webpage"
    assert node["url"] == "http://localhost/articles/?page=2"


def test_what_editors_type_cannot_end_the_script(client, home):
    page = ContentPageFactory(parent=home, title="</script><b>&", slug="x")

    html = client.get(page.url).content.decode()

    assert r'"name": "\u003C/script\u003E\u003Cb\u003E\u0026' in html
    assert graph(client, page.url)["webpage"]["name"] == "</script><b>&"


def test_readers_get_the_page_whose_data_cannot_be_right(
    client, article, caplog, monkeypatch
):
    monkeypatch.setattr(
        ArticlePage, "modified_at", article.published_at.replace(year=2020)
    )

    response = client.get(article.url)

    assert response.status_code == 200
    assert "cannot be right" in caplog.text


def test_every_page_type_uses_words_of_schema_org(client, home, article, ada, index):
    topics = TopicIndexPageFactory(parent=home, slug="topics")
    pages = [
        home,
        ContentPageFactory(parent=home),
        topics,
        TopicPageFactory(parent=topics, topic=article.topic),
        ada.get_parent(),
        ada,
        index,
        article,
    ]

    for page in pages:
        nodes = graph(client, page.url)
        assert list(mistakes(list(nodes.values()))) == [], page
