"""The admin bears the organisation's name and logo."""

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Site

from core.models.organisation import Organisation
from home.roles import EDITORS
from tests.helpers.factories import SiteImageFactory


@pytest.fixture
def organisation(home):
    site = Site.objects.get()
    site.site_name = "Clinic <Weg & Steg>"
    site.save()
    return Organisation.for_site(site)


def read(client, name):
    return BeautifulSoup(client.get(reverse(name)).content, "html.parser")


def sidebar(soup):
    return soup.select_one("[data-wagtail-sidebar-branding-logo]")


def test_the_sign_in_names_it(client, organisation):
    soup = read(client, "account_login")

    assert soup.h1.text == "Sign in to Clinic <Weg & Steg>"
    assert soup.title.text.endswith("- Clinic <Weg & Steg>")
    assert "Wagtail" not in soup.select_one("#main").text


def test_every_page_of_the_admin_names_it(log_in, organisation):
    soup = read(log_in(EDITORS), "wagtailadmin_home")

    assert soup.title.text.endswith("- Clinic <Weg & Steg>")
    assert sidebar(soup).text.strip() == "Clinic <Weg & Steg>"


def test_the_logo_stands_for_the_name(client, log_in, organisation):
    organisation.logo = SiteImageFactory()
    organisation.save()
    address = organisation.logo.file.url

    outside = read(client, "account_login").select_one(".login-logo img")
    inside = sidebar(read(log_in(EDITORS), "wagtailadmin_home")).img

    assert outside["src"] == inside["src"] == address
    assert outside["alt"] == inside["alt"] == "Clinic <Weg & Steg>"


def test_the_sites_name_stands_in_for_one_that_is_not_typed(client, home):
    assert read(client, "account_login").h1.text == "Sign in to The clinic"


def test_it_is_asked_for_once_in_a_request(log_in, organisation):
    client = log_in(EDITORS)
    read(client, "wagtailadmin_home")

    with CaptureQueriesContext(connection) as captured:
        read(client, "wagtailadmin_home")

    asked = [q for q in captured if "wagtailseo_seosettings" in q["sql"]]
    assert len(asked) == 1
