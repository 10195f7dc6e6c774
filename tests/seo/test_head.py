"""The head of every page: what it says, and that it says nothing empty."""

import re

import pytest
from bs4 import BeautifulSoup
from django.template import Context, Template
from django.test import RequestFactory
from wagtail.models import Page, Site, get_page_models
from wagtailseo.models import SeoSettings

from core.models.organisation import Organisation
from home.models import ContentPage
from seo.models import MetadataMixin
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

pytestmark = pytest.mark.one_database

DANGEROUS = '</script><b onclick="x">&'


def read(client, url):
    return BeautifulSoup(client.get(url).content, "html.parser").head


def meta(head, name):
    tag = head.find("meta", {"name": name}) or head.find("meta", {"property": name})
    return tag and tag["content"]


def canonical(head):
    link = head.find("link", rel="canonical")
    return link and link["href"]


@pytest.fixture
def cost(home):
    return ContentPageFactory(parent=home, title="Cost", slug="cost")


@pytest.fixture
def index(home):
    return ArticleIndexPageFactory(parent=home, slug="articles")


@pytest.fixture
def organisation(home):
    """The settings of the site's organisation."""
    return SeoSettings.for_site(Site.objects.get())


@pytest.fixture
def everything(home):
    """One page of each type that can be made with little."""
    topic = TopicFactory()
    people = PeopleIndexPageFactory(parent=home, slug="people")
    person = PersonPageFactory(parent=people, portrait=SiteImageFactory())
    articles = ArticleIndexPageFactory(parent=home, slug="articles")
    return [
        home,
        ContentPageFactory(parent=home),
        topics := TopicIndexPageFactory(parent=home, slug="topics"),
        TopicPageFactory(parent=topics, topic=topic),
        people,
        person,
        articles,
        ArticlePageFactory(parent=articles, contributors=[person], topic=topic),
        ArticlePageFactory(parent=articles, lead_image=SiteImageFactory()),
    ]


class TestTitle:
    def test_names_the_organisation_after_the_page(self, client, cost):
        assert read(client, cost.url).title.text == "Cost | The clinic"

    def test_of_the_front_page_is_its_own(self, client, home):
        ContentPage.objects.all().delete()
        home.title = "Treatment for the rest of us"
        home.save()

        assert read(client, "/").title.text == "Treatment for the rest of us"

    def test_typed_for_search_results_wins(self, client, cost):
        cost.seo_title = "What it costs"
        cost.save()

        assert read(client, cost.url).title.text == "What it costs | The clinic"

    def test_does_not_name_the_organisation_twice(self, client, cost):
        cost.seo_title = "What The Clinic costs"
        cost.save()

        assert read(client, cost.url).title.text == "What The Clinic costs"

    def test_tells_pages_of_a_list_apart(self, client, index):
        ArticlePageFactory.create_batch(13, parent=index)

        head = read(client, f"{index.url}?page=2")

        assert head.title.text == "Blog, page 2 | The clinic"

    def test_is_escaped_everywhere(self, client, cost):
        cost.title = cost.search_description = DANGEROUS
        cost.save()

        html = client.get(cost.url).content.decode()

        head = BeautifulSoup(html, "html.parser").head
        assert "<b onclick" not in html
        assert head.title.text == f"{DANGEROUS} | The clinic"
        assert meta(head, "og:title") == meta(head, "description") == DANGEROUS


class TestDescription:
    def test_is_the_typed_one(self, client, cost):
        cost.search_description = "Every price, and what is in it."
        cost.save()

        head = read(client, cost.url)

        assert meta(head, "description") == "Every price, and what is in it."
        assert meta(head, "og:description") == "Every price, and what is in it."

    def test_falls_back_to_the_standfirst_on_one_line(self, client, cost):
        cost.standfirst = "Every price.\n\nNo surprises."
        cost.save()

        head = read(client, cost.url)

        assert meta(head, "description") == "Every price. No surprises."

    def test_is_left_out_when_there_is_none(self, client, cost):
        head = read(client, cost.url)

        assert meta(head, "description") is None
        assert meta(head, "og:description") is None


class TestCanonicalAddress:
    def test_is_the_page_s_own_whatever_the_query(self, client, cost):
        head = read(client, f"{cost.url}?utm_source=x&page=2")

        assert canonical(head) == meta(head, "og:url") == "http://localhost/cost/"

    def test_does_not_follow_the_host_of_the_request(self, client, cost):
        head = BeautifulSoup(
            client.get(cost.url, headers={"host": "testserver"}).content, "html.parser"
        )

        assert canonical(head) == "http://localhost/cost/"

    def test_is_the_one_an_editor_typed(self, client, cost):
        cost.canonical_url = "https://elsewhere.example/cost/"
        cost.save()

        assert canonical(read(client, cost.url)) == "https://elsewhere.example/cost/"

    @pytest.mark.parametrize(
        ("query", "address"),
        [
            ("?page=1", "http://localhost/articles/"),
            ("?page=2", "http://localhost/articles/?page=2"),
            ("?page=2&utm_source=x", "http://localhost/articles/?page=2"),
            ("?topic=sleep", "http://localhost/articles/"),
            ("?topic=sleep&page=2", "http://localhost/articles/"),
        ],
    )
    def test_of_a_list_follows_its_pages_and_not_its_filters(
        self, client, index, query, address
    ):
        topic = TopicFactory(slug="sleep")
        ArticlePageFactory.create_batch(13, parent=index, topic=topic)

        assert canonical(read(client, index.url + query)) == address


class TestRobots:
    def test_are_told_nothing_about_an_ordinary_page(self, client, cost):
        assert meta(read(client, cost.url), "robots") is None

    def test_are_told_what_the_editor_chose(self, client, cost):
        cost.robots_index, cost.robots_max_snippet = "no", 0
        cost.save()

        assert meta(read(client, cost.url), "robots") == "noindex, nosnippet"

    def test_leave_out_what_is_not_found(self, client, home):
        head = read(client, "/nothing-here/")

        assert meta(head, "robots") == "noindex"
        assert canonical(head) is None
        assert head.title.text

    def test_leave_out_previews(self, client, cost, admin_user):
        client.force_login(admin_user)

        response = client.get(f"/admin/pages/{cost.pk}/view_draft/")

        head = BeautifulSoup(response.content, "html.parser").head
        assert meta(head, "robots") == "noindex"

    def test_leave_out_what_stands_beneath_a_page(self, cost):
        request = RequestFactory().get("/cost/thanks/", headers={"host": "localhost"})

        html = render(request, page=cost)

        assert meta(html, "robots") == "noindex"
        assert canonical(html) is None
        assert html.find("script") is None

    def test_heed_a_view_s_own_rules(self, cost):
        request = RequestFactory().get("/cost/", headers={"host": "localhost"})

        assert meta(render(request, page=cost, robots="noindex"), "robots") == "noindex"


def render(request, **context):
    from core.chrome import site_chrome

    template = Template("{% load seo_tags %}{% seo_head %}")
    values = {"request": request, **site_chrome(request), **context}
    return BeautifulSoup(template.render(Context(values)), "html.parser")


class TestWithoutPage:
    def test_uses_the_title_of_the_context(self, rf, home):
        request = rf.get("/", headers={"host": "localhost"})

        html = render(request, title=DANGEROUS)

        assert html.title.text == f"{DANGEROUS} | The clinic"
        assert meta(html, "robots") == "noindex"

    def test_asks_nothing_of_request_settings_or_database(self):
        template = Template("{% load seo_tags %}{% seo_head title='Sorry' %}")

        html = BeautifulSoup(template.render(Context()), "html.parser")

        assert html.title.text == "Sorry | Clinic"
        assert meta(html, "robots") == "noindex"


class TestCards:
    def test_show_the_page_s_picture_with_its_size_and_text(self, client, index):
        image = SiteImageFactory(description="A brain, seen from the side.")
        article = ArticlePageFactory(parent=index, lead_image=image)

        head = read(client, article.url)

        assert meta(head, "og:type") == "article"
        assert meta(head, "og:image").startswith("http://localhost/media/images/")
        assert int(meta(head, "og:image:width")) > 0
        assert int(meta(head, "og:image:height")) > 0
        assert meta(head, "og:image:alt") == "A brain, seen from the side."
        assert meta(head, "twitter:card") == "summary_large_image"
        assert meta(head, "article:published_time") == "2026-01-01T12:00:00+00:00"

    def test_show_the_chosen_preview_image_rather_than_the_page_s(self, client, index):
        chosen = SiteImageFactory(description="Chosen.")
        article = ArticlePageFactory(
            parent=index, lead_image=SiteImageFactory(), og_image=chosen
        )

        assert meta(read(client, article.url), "og:image:alt") == "Chosen."

    def test_show_the_site_s_picture_where_the_page_has_none(
        self, client, cost, organisation
    ):
        organisation.og_image_default = SiteImageFactory(description="The house.")
        organisation.save()

        assert meta(read(client, cost.url), "og:image:alt") == "The house."

    def test_do_without_a_picture_whose_file_is_gone(self, client, cost):
        cost.og_image = SiteImageFactory()
        cost.save()
        cost.og_image.file.delete(save=False)

        head = read(client, cost.url)

        assert meta(head, "og:image") is None
        assert meta(head, "twitter:card") == "summary"

    def test_name_the_organisation_s_account(self, client, cost, organisation):
        organisation.twitter_site = "@clinic"
        organisation.save()

        assert meta(read(client, cost.url), "twitter:site") == "@clinic"

    def test_can_be_switched_off(self, client, cost, organisation):
        organisation.og_meta = organisation.twitter_meta = False
        organisation.save()

        head = read(client, cost.url)

        assert meta(head, "og:title") is None
        assert meta(head, "twitter:card") is None


def test_no_page_prints_an_empty_tag(client, everything):
    for page in everything:
        head = read(client, page.url)
        for tag in head.find_all(["meta", "link", "title", "script"]):
            values = [tag.get(name) for name in ("content", "href", "title", "charset")]
            assert all(value is None or value.strip() for value in values), tag
            assert tag.name not in {"title"} or tag.text.strip(), tag
        names = [
            tag.get("name") or tag.get("property")
            for tag in head.find_all("meta")
            if not tag.get("media")
        ]
        assert len(names) == len(set(names)), page


def test_every_head_points_at_the_feeds(client, cost):
    feeds = read(client, cost.url).find_all("link", rel="alternate")

    assert [feed["href"] for feed in feeds] == [
        "http://localhost/feeds/articles.rss",
        "http://localhost/feeds/articles.atom",
    ]


def test_the_head_asks_the_database_three_things_at_most(
    cost, organisation, django_assert_max_num_queries
):
    record = Organisation.for_site(organisation.site)
    record.logo = SiteImageFactory()
    record.premises = SiteImageFactory()
    record.save()
    cost.lead_image = SiteImageFactory()
    cost.save()
    cost = ContentPage.objects.select_related("lead_image").get(pk=cost.pk)
    request = RequestFactory().get("/cost/", headers={"host": "localhost"})
    render(request, page=cost)  # makes the renditions

    request = RequestFactory().get("/cost/", headers={"host": "localhost"})
    Site.find_for_request(request)
    cost = ContentPage.objects.select_related("lead_image").get(pk=cost.pk)
    cost.breadcrumbs  # noqa: B018  asked for the visible trail anyway
    cost.history  # noqa: B018  asked for the list on the page anyway
    # The organisation, its pictures, and the renditions of all of them.
    with django_assert_max_num_queries(3):
        html = render(request, page=cost)

    assert meta(html, "og:image")


@pytest.mark.parametrize(
    "model",
    [model for model in get_page_models() if model is not Page],
    ids=lambda model: model._meta.label,
)
def test_every_page_type_keeps_the_contract(model):
    assert issubclass(model, MetadataMixin)
    assert model.og_type in {"website", "article", "profile"}


class TestEditing:
    def test_shows_each_field_of_metadata_once(self, client, cost, admin_user):
        client.force_login(admin_user)

        html = client.get(f"/admin/pages/{cost.pk}/edit/").content.decode()

        form = BeautifulSoup(html, "html.parser")
        for name in ("slug", "title", "seo_title", "search_description", "og_image"):
            assert len(form.select(f'[name="{name}"]')) == 1, name

    def test_previews_search_result_and_card_of_what_is_not_saved(self, cost, home):
        cost.search_description = "Too short."
        cost.title = "A title that goes on and on until search results have to cut it"
        draft = ContentPage(title=DANGEROUS, slug="new")
        home.add_child(instance=draft)

        known = cost.make_preview_request(preview_mode="wagtail-seo").content.decode()
        dangerous = draft.make_preview_request(preview_mode="wagtail-seo")

        assert "on and on until search results have to cut it | The clinic" in known
        assert "cut off the title after “A title that goes on and on until" in known
        assert "The description is short (10 characters)" in known
        assert "<bdi>cost</bdi>" in known
        assert "<b onclick" not in dangerous.content.decode()


def test_control_characters_reach_neither_head_nor_preview(client, home):
    title = "Rest\x0b and\x02 </script><b>🦽 שלום"
    page = ContentPageFactory(parent=home, title="Rest", slug="rest")
    type(page).objects.update(title=title, search_description=f"{title}\x1f")

    html = client.get(page.url).content.decode()
    head, _, _ = html.partition("</head>")

    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f]", head.split("ld+json")[0])
    soup = BeautifulSoup(html, "html.parser")
    assert soup.title.text.startswith("Rest and </script><b>🦽 שלום")
