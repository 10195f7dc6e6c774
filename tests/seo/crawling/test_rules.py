"""Rules for crawlers: chosen for a page, or handed on by one above it."""

from datetime import date, datetime

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from home.models import ContentPage
from seo.crawling import inheriting
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
