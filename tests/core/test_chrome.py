"""What stands around every page."""

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation
from wagtail.models import Site
from wagtailseo.models import SeoSettings

from core.models.organisation import Organisation
from core.models.site_settings import FooterSettings, NavigationSettings
from delivery import once as module
from delivery.once import scope
from testimonials.models.consent import Consent
from tests.helpers.factories import ContentPageFactory, SiteImageFactory
from tests.helpers.factories_testimonials import (
    TestimonialIndexPageFactory,
    TestimonialPageFactory,
)


@pytest.fixture
def site(home):
    return Site.objects.get()


def link(page=None, label="", url=""):
    return {"label": label, "page": page, "url": url}


def chrome(client, page):
    return client.get(page.url).context["chrome"]


def test_the_menu_has_levels_and_marks_where_the_reader_is(client, home, site):
    about = ContentPageFactory(parent=home, title="About", slug="about")
    team = ContentPageFactory(parent=about, title="Team", slug="team")
    NavigationSettings.objects.create(
        site=site,
        menu=[("item", {**link(about), "children": [link(team, "Our team")]})],
    )

    (item,) = chrome(client, team).navigation

    assert (item["label"], item["url"], item["current"]) == ("About", "/about/", True)
    assert [child["label"] for child in item["children"]] == ["Our team"]


def test_the_logo_comes_small_and_costs_no_query(client, home, site):
    def visit():
        client.get(home.url)  # makes the rendition
        cache.clear()
        Site.get_site_root_paths()
        with CaptureQueriesContext(connection) as captured:
            html = client.get(home.url).content
        logo = BeautifulSoup(html, "html.parser").select_one(".masthead__brand img")
        return logo, len(captured)

    settings = SeoSettings.for_site(site)
    record = Organisation.for_site(site)
    settings.og_image_default = SiteImageFactory()
    settings.save()
    ours, without = visit()
    record.logo = SiteImageFactory(file__width=1000, file__height=500)
    record.save()
    logo, queries = visit()

    assert ours["src"].endswith("/logo.svg")
    assert logo["src"] != record.logo.file.url
    assert logo["src"].endswith(".webp")
    assert (logo["width"], logo["height"]) == ("144", "72")
    assert queries == without


def test_a_link_to_an_unpublished_page_is_left_out(client, home, site):
    draft = ContentPageFactory(parent=home, live=False)
    NavigationSettings.objects.create(
        site=site,
        menu=[("item", {**link(draft), "children": []})],
        call_to_action_page=draft,
    )
    FooterSettings.objects.create(
        site=site, columns=[("column", {"heading": "More", "links": [link(draft)]})]
    )

    found = chrome(client, home)

    assert found.navigation == []
    assert found.call_to_action is None
    assert found.footer["columns"][0]["links"] == []


def test_reading_a_page_writes_no_settings(client, home):
    client.get(home.url)

    assert not NavigationSettings.objects.exists()


def test_a_menu_of_twelve_costs_as_many_queries_as_one_of_two(
    client, home, site, django_assert_num_queries
):
    pages = ContentPageFactory.create_batch(12, parent=home)
    settings = NavigationSettings.objects.create(site=site)

    def queries(count):
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        settings.menu = [
            ("item", {**link(page), "children": [link(page)]}) for page in pages[:count]
        ]
        settings.save()
        client.get(home.url)
        with CaptureQueriesContext(connection) as captured:
            client.get(home.url)
        return len(captured)

    assert queries(12) == queries(2)


def test_an_address_or_a_page_must_be_given_but_not_both(home):
    from django.core.exceptions import ValidationError

    from core.models.site_settings import LinkBlock

    block = LinkBlock()
    for value in (
        link(),
        link(home, url="https://example.com"),
        link(url="https://example.com"),
    ):
        with pytest.raises(ValidationError):
            block.clean(block.normalize(value))


def test_a_story_without_consent_is_left_out_of_the_menu(client, home, site):
    index = TestimonialIndexPageFactory(parent=home)
    hidden = TestimonialPageFactory(parent=index)
    Consent.objects.update(withdrawn_at=timezone.now())
    NavigationSettings.objects.create(
        site=site,
        menu=[
            ("item", {**link(index), "children": [link(hidden, "Her story")]}),
            ("item", {**link(hidden, "Her story"), "children": []}),
        ],
    )

    (item,) = chrome(client, home).navigation

    assert item["children"] == []


class TestPrintedOnce:
    """Header and footer are printed once for the pages at which they say the same."""

    @pytest.fixture(autouse=True)
    def nothing_shared(self, monkeypatch):
        monkeypatch.setattr(module, "_shared", ("gen-0", {}))

    @pytest.fixture
    def menu(self, home, site):
        about = ContentPageFactory(parent=home, title="About", slug="about")
        ContentPageFactory(parent=about, title="Team", slug="team")
        ContentPageFactory(parent=home, title="Prices", slug="prices")
        NavigationSettings.objects.create(
            site=site, menu=[("item", {**link(about), "children": []})]
        )

    def ask(self, client, url):
        with scope("gen-9"):
            return BeautifulSoup(client.get(url).content, "html.parser")

    def mark(self, html):
        return html.select_one('.menu__link[href="/about/"]').get("aria-current")

    def test_the_menu_marks_each_reader_s_own_place(self, client, menu):
        marks = [
            self.mark(self.ask(client, url))
            for url in ("/prices/", "/about/", "/about/team/", "/prices/", "/about/")
        ]

        assert marks == [None, "page", "true", None, "page"]

    def test_the_address_beneath_is_the_page_s_own(self, client, menu):
        printed = [
            self.ask(client, url).select_one(".footer .print-only").text
            for url in ("/about/", "/prices/")
        ]

        assert [text.partition("localhost")[2] for text in printed] == [
            "/about/",
            "/prices/",
        ]

    def test_each_language_has_its_own(self, client, menu):
        def telephone(code):
            with translation.override(code):
                return self.ask(client, "/search/").select_one(".menu__button").text

        assert [telephone("en-gb"), telephone("de")] == ["Menu", "Menü"]

    def test_where_the_page_asks_to_stay_no_button_leads_away(self, client, menu, site):
        settings = NavigationSettings.objects.get(site=site)
        settings.call_to_action_page = site.root_page
        settings.save()

        with_button = self.ask(client, "/prices/").select(".masthead a.button")
        without = self.ask(client, "/consent/with/unknown/").select(
            ".masthead a.button"
        )

        assert len(with_button) == 1
        assert without == []
