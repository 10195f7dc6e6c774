"""The front page begins with what the site promises, and asks once."""

import pytest
from bs4 import BeautifulSoup

from core.models.site_settings import NavigationSettings
from tests.helpers.factories import ContentPageFactory

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def shown(client, home):
    def show():
        return BeautifulSoup(client.get(home.url).content, "html.parser")

    return show


@pytest.fixture
def form(home):
    page = ContentPageFactory(parent=home, title="Apply")
    site = home.get_site()
    NavigationSettings.objects.create(site=site, call_to_action_page=page)
    return page


def buttons(html):
    return [
        link["href"] for link in html.select("body > header a.button, main a.button")
    ]


def test_its_headline_stands_at_the_top(home, shown):
    assert shown().h1.text == home.title

    home.headline = "We count what happens"
    home.save()

    assert shown().h1.text == "We count what happens"


def test_it_has_one_button_where_the_page_has_its_own(home, form, shown):
    assert buttons(shown()) == [form.url]

    home.call_to_action_page = form
    home.save()

    html = shown()
    assert buttons(html) == [form.url]
    assert html.select("main a.button")


def test_the_button_of_the_site_stays_where_its_own_leads_nowhere(home, form, shown):
    draft = ContentPageFactory(parent=home, live=False)
    home.call_to_action_page = draft
    home.save()

    html = shown()
    assert buttons(html) == [form.url]
    assert not html.select("main a.button")
