"""What stands around every page."""

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Site
from wagtailseo.models import SeoSettings

from core.models.organisation import Organisation
from core.models.site_settings import FooterSettings, NavigationSettings
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
