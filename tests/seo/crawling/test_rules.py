"""Rules for crawlers: chosen for a page, or handed on by one above it."""

from datetime import date, datetime
from importlib import import_module

import pytest
from bs4 import BeautifulSoup
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page

from home.models import ContentPage
from seo.crawling import inheriting, stored
from seo.crawling.rules import FIELDS
from tests.helpers.factories import (
    ArticleIndexPageFactory,
    ArticlePageFactory,
    ContentPageFactory,
)

pytestmark = pytest.mark.django_db


def robots(client, page):
    head = BeautifulSoup(client.get(page.url).content, "html.parser").head
    tag = head.find("meta", {"name": "robots"})
    return tag["content"] if tag else ""


def is_listed(client, page):
    sitemap = client.get("/sitemap.xml").content.decode()
    return f"<loc>{page.full_url}</loc>" in sitemap


@pytest.fixture
def branch(home):
    """A section with a page of another type below it, and one below that."""
    return ArticleIndexPageFactory(parent=home, title="Trials", slug="trials")


@pytest.fixture
def article(branch):
    return ArticlePageFactory(parent=branch, slug="sleep")


def choose(page, **fields):
    """Choose without signals, as a bulk edit does."""
    type(page).objects.filter(pk=page.pk).update(**fields)
    page.refresh_from_db()


def test_a_branch_hands_its_choices_on(client, branch, article):
    choose(
        branch,
        robots_index="no",
        robots_follow="no",
        robots_max_snippet=80,
        robots_image_preview="large",
    )

    said = "noindex, nofollow, max-snippet:80, max-image-preview:large"
    assert robots(client, branch) == robots(client, article) == said
    assert not is_listed(client, branch)
    assert not is_listed(client, article)


def test_a_child_chooses_otherwise_rule_by_rule(client, branch, article):
    choose(branch, robots_index="no", robots_max_snippet=0)
    choose(article, robots_index="yes", robots_max_snippet=-1)

    assert robots(client, article) == ""
    assert is_listed(client, article)
    assert not is_listed(client, branch)


def test_the_nearest_choice_counts(client, home):
    top = ContentPageFactory(parent=home, slug="top", robots_index="no")
    middle = ContentPageFactory(parent=top, slug="middle", robots_index="yes")
    below = ContentPageFactory(parent=middle, slug="below")
    hidden = ContentPageFactory(parent=below, slug="hidden", robots_index="no")
    last = ContentPageFactory(parent=hidden, slug="last")

    listed = [is_listed(client, page) for page in (top, middle, below, hidden, last)]

    assert listed == [False, True, True, False, False]
    assert [robots(client, page) for page in (below, last)] == ["", "noindex"]


def test_a_page_may_keep_its_choice_to_itself(client, home, branch, article):
    choose(branch, robots_index="no", robots_branch=False)

    assert not is_listed(client, branch)
    assert is_listed(client, article)
    assert robots(client, article) == ""

    choose(home, robots_index="no")

    assert robots(client, article) == "noindex"
    assert not is_listed(client, article)


def test_a_branch_moved_in_and_out_is_right_at_once(client, home, branch, article):
    hidden = ContentPageFactory(parent=home, slug="hidden", robots_index="no")
    ContentPage.objects.get(pk=hidden.pk)

    branch.move(hidden, pos="last-child")
    article.refresh_from_db()
    assert robots(client, article) == "noindex"
    assert not is_listed(client, article)

    branch.refresh_from_db()
    branch.move(home, pos="last-child")
    article.refresh_from_db()
    assert robots(client, article) == ""
    assert is_listed(client, article)


def test_the_last_day_passes_between_two_requests(client, branch, article, at):
    choose(branch, robots_unavailable="after", robots_unavailable_after="2026-06-30")

    at(datetime(2026, 6, 30, 22, 59, tzinfo=timezone.get_default_timezone()))
    before = robots(client, article), is_listed(client, article)
    at(datetime(2026, 7, 1, 0, 1, tzinfo=timezone.get_default_timezone()))
    after = robots(client, article), is_listed(client, article)

    end = "unavailable_after: 2026-07-01T00:00:00"
    assert before[0].startswith(end)
    assert before[1] is True
    assert after[0].startswith(f"noindex, {end}")
    assert after[1] is False

    choose(article, robots_unavailable="never")
    assert robots(client, article) == ""
    assert is_listed(client, article)


def test_the_calendar_knows_of_the_last_day(branch, article):
    choose(branch, robots_unavailable="after", robots_unavailable_after="2026-06-30")
    choose(article, robots_unavailable="after", robots_unavailable_after="2026-05-31")
    zone = timezone.get_default_timezone()
    noon = datetime(2026, 5, 31, 12, tzinfo=zone)

    first = inheriting.next_end(noon)
    second = inheriting.next_end(first)

    assert timezone.localdate(first) == date(2026, 6, 1)
    assert timezone.localdate(second) == date(2026, 7, 1)
    assert inheriting.next_end(second) is None


def test_inheriting_costs_a_reader_no_query(client, branch, article):
    client.get(article.url)
    with CaptureQueriesContext(connection) as without:
        client.get(article.url)
    choose(branch, robots_index="no")
    with CaptureQueriesContext(connection) as inherited:
        client.get(article.url)

    assert len(inherited) == len(without)


def test_hundreds_of_choices_cost_the_sitemap_no_query(home, branch, monkeypatch):
    """Choices at three depths, more than SQLite takes terms of one expression."""
    choose(branch, robots_index="no")
    hidden = ContentPageFactory(parent=branch)
    shown = ContentPageFactory(parent=home)
    elsewhere = [
        inheriting.Branch(10**6 + n, home.path + "zzzz" * (n % 3 + 1), choice, "", None)
        for n in range(1_200)
        for choice in [("no", "yes")[n % 2]]
    ]
    branches = (*inheriting.read_branches(), *elsewhere)
    monkeypatch.setattr(inheriting, "_branches", [lambda: branches])

    with CaptureQueriesContext(connection) as asked:
        listed = inheriting.open_to_search(ContentPage.objects.all())
        keys = set(listed.values_list("pk", flat=True))

    assert len(asked) == 1
    assert keys == {shown.pk}
    assert hidden.pk not in keys


def test_a_version_of_before_keeps_what_its_switches_said(client, article):
    version = article.serializable_data()
    for name in [name for name in version if name.startswith("robots_")]:
        del version[name]
    restored = type(article).from_serializable_data(
        {**version, "robots_noindex": True, "robots_nosnippet": True}
    )

    assert restored.robots == "noindex, nosnippet"
    assert restored.robots_branch is False


SWITCHES = ("robots_noindex", "robots_nofollow", "robots_nosnippet")


def switches(page):
    page.refresh_from_db()
    return tuple(getattr(page, name) for name in SWITCHES)


class TestTheReleaseBefore:
    """It reads and writes three switches, during an upgrade and after a rollback."""

    def test_reads_what_is_saved(self, article):
        article.robots_index, article.robots_max_snippet = "no", 0
        article.save(update_fields=["robots_index", "robots_max_snippet"])
        assert switches(article) == (True, False, True)

        article.robots_index, article.robots_follow = "", "no"
        article.save()
        assert switches(article) == (False, True, True)

    def test_reads_what_is_inherited_after_a_rollback(self, branch, article):
        choose(branch, robots_index="no", robots_follow="no")
        choose(article, robots_follow="yes", robots_noindex=False)

        call_command("robots_switches", "write", verbosity=0)

        assert switches(branch) == (True, True, False)
        assert switches(article) == (True, False, False)

        rules_before = rules_of_all()
        call_command("robots_switches", "read", verbosity=0)
        assert rules_of_all() == rules_before
        assert switches(article) == (False, False, False)

    def test_hides_a_page_while_the_database_is_migrated(self, client, branch, article):
        below = ArticlePageFactory(parent=branch, robots_image_preview="large")
        choose(article, robots_noindex=True, robots_nosnippet=True)
        choose(below, robots_nofollow=True)

        call_command("robots_switches", "read", verbosity=0)

        assert robots(client, article) == "noindex, nosnippet"
        article.refresh_from_db()
        assert article.robots_branch is False
        below.refresh_from_db()
        assert (below.robots_follow, below.robots_branch) == ("no", True)

    def test_hides_nothing_again_that_an_editor_has_opened(self, client, article):
        choose(article, robots_noindex=True)
        call_command("robots_switches", "read", verbosity=0)
        article.refresh_from_db()
        article.robots_index = ""
        article.save()

        call_command("robots_switches", "read", verbosity=0)

        assert robots(client, article) == ""

    def test_reads_the_switches_again_after_the_migration_is_undone(
        self, branch, article
    ):
        choose(branch, robots_noindex=True)
        pages = type(branch).objects
        stored.rules_from_switches(pages)
        choose(branch, robots_noindex=False, robots_nofollow=True)

        stored.switches_from_rules(pages)

        assert switches(branch) == (True, True, False)

    def test_finds_all_again_that_the_migration_took(self, branch, article):
        """The functions of one app's migration, with the models of today."""
        migration = import_module("articles.migrations.0012_rules_from_switches")
        choose(
            article,
            robots_noindex=True,
            robots_nosnippet=True,
            canonical_url=branch.full_url,
        )

        migration.choose(apps, None)
        article.refresh_from_db()
        assert (article.robots_index, article.robots_max_snippet) == ("no", 0)
        assert (article.canonical_page_id, article.canonical_url) == (branch.pk, "")
        assert branch.robots_index == ""

        choose(article, robots_noindex=False, robots_nosnippet=False)
        migration.switch(apps, None)
        assert switches(article) == (True, False, True)
        assert article.canonical_url == branch.full_url


def rules_of_all():
    found = inheriting.with_rules(Page.objects.order_by("path"))
    return list(found.values_list("pk", *FIELDS))
