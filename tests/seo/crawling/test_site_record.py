"""Wagtail's record of the site and BASE_URL agree, or staff are told."""

import pytest
from bs4 import BeautifulSoup
from django.core.checks import Tags, run_checks
from django.db import OperationalError, connection
from django.urls import reverse
from wagtail.models import Site

from home.roles import EDITORS
from seo.crawling.site_record import problems, say_what_disagrees
from tests.helpers.factories import ContentPageFactory, HomePageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def base_url(settings):
    settings.WAGTAILADMIN_BASE_URL = "https://clinic.example"


def record(**fields):
    """Store without signals, as a restored database has it."""
    Site.objects.update(**fields)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"hostname": "localhost"}, "called “localhost”, and BASE_URL says"),
        ({"hostname": "other.example", "port": 443}, "called “other.example”"),
        ({"hostname": "clinic.example"}, "port is 80, and BASE_URL"),
        ({"hostname": "clinic.example", "port": 8000}, "port is 8000"),
        ({"hostname": "clinic.example", "is_default_site": False}, "No site is the"),
    ],
)
def test_each_disagreement_is_said(home, fields, sentence):
    record(**fields)

    assert sentence in " ".join(problems())


def test_nothing_is_said_where_they_agree(home):
    record(hostname="clinic.example", port=443)

    assert list(problems()) == []

    record(hostname="Clinic.Example")
    assert list(problems()) == []


def test_two_defaults_and_none_at_all_are_said(root, home):
    other = HomePageFactory(parent=root, slug="other")
    Site.objects.create(hostname="clinic.example", port=443, root_page=other)
    record(is_default_site=True)
    assert "2 sites are the default one" in " ".join(problems())

    Site.objects.all().delete()
    assert "There is no site" in " ".join(problems())


def test_nothing_leads_to_http_where_only_tls_was_forgotten(client, home, settings):
    settings.ALLOWED_HOSTS = ["clinic.example"]
    record(hostname="clinic.example", port=80)
    page = ContentPageFactory(parent=home, slug="cost")
    visit = {"secure": True, "headers": {"host": "clinic.example"}}

    html = client.get("/cost/", **visit).content
    head = BeautifulSoup(html, "html.parser").head

    address = "https://clinic.example/cost/"
    assert head.find("link", rel="canonical")["href"] == address
    assert head.find("meta", property="og:url")["content"] == address
    assert page.full_url == address
    sitemap = client.get("/sitemap.xml", **visit).content.decode()
    assert f"<loc>{address}</loc>" in sitemap
    assert "<loc>http:" not in sitemap
    robots = client.get("/robots.txt", **visit).content.decode()
    assert "Sitemap: https://clinic.example/sitemap.xml" in robots


def test_checks_of_database_and_deployment_say_so(home):
    record(hostname="localhost")
    of_database = run_checks(tags=[Tags.database], databases=["default"])
    of_deployment = run_checks(include_deployment_checks=True)

    both = run_checks(include_deployment_checks=True, databases=["default"])

    said = [
        [m.id for m in found if m.id.startswith("seo.")]
        for found in (of_database, of_deployment, both)
    ]
    assert said == [["seo.W001"], ["seo.I001"], ["seo.W001"]]


def test_an_upgrade_is_not_refused_for_a_database_that_is_to_be_made(monkeypatch):
    def refuse(*args):
        raise OperationalError

    monkeypatch.setattr(connection.introspection, "table_names", refuse)

    found = run_checks(include_deployment_checks=True)

    assert not [m for m in found if m.id.startswith("seo.")]


def test_the_start_says_so(home, caplog):
    record(hostname="localhost")

    say_what_disagrees()

    assert "called “localhost”" in caplog.text


def test_the_admin_says_so_to_those_who_may_change_it(log_in, home):
    record(hostname="localhost")
    dashboard = reverse("wagtailadmin_home")
    form = reverse("wagtailsites:edit", args=[Site.objects.get().pk])
    client = log_in(None)

    for url in (dashboard, form):
        assert "called “localhost”" in client.get(url).content.decode()
    assert "called “" not in log_in(EDITORS).get(dashboard).content.decode()
