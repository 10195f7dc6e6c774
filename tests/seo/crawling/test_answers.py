"""What crawlers see of pages, and why: in the editor, the report and its export."""

import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import PageViewRestriction, Site

from home.roles import ADMISSIONS, SEO_SPECIALISTS
from seo.crawling.asking import answer, answers
from seo.crawling.sentences import sentences
from seo.models import RobotsTxt
from tests.helpers.factories import ContentPageFactory

pytestmark = pytest.mark.django_db


def said(page):
    return " ".join(sentences(answer(page)))


@pytest.fixture
def trials(home):
    return ContentPageFactory(parent=home, title="Trials", slug="trials")


@pytest.fixture
def cost(trials):
    return ContentPageFactory(parent=trials, title="Cost", slug="cost")


def test_an_ordinary_page_is_shown_and_listed(cost):
    assert said(cost) == "Search engines may show the page, and the sitemap lists it."


def test_the_page_and_rule_that_decide_are_named(trials, cost):
    type(trials).objects.filter(pk=trials.pk).update(
        robots_index="no", robots_follow="no"
    )

    assert "leave the page out: “no” is chosen on “Trials”." in said(cost)
    assert "They do not follow its links on “Trials”." in said(cost)
    assert "“no” is chosen on this page" in said(trials)
    assert answer(cost).decided_on == trials.page_ptr
    assert answer(cost).in_sitemap is False


def test_each_reason_has_its_sentence(home, trials, cost, settings):
    draft = ContentPageFactory(parent=trials, live=False)
    assert "is not published" in said(draft)

    alias = cost.create_alias(update_slug="again", parent=home)
    assert "it is an alias of “Cost”" in said(alias)

    RobotsTxt.objects.create(site=Site.objects.get(), closed_paths="/trials/")
    assert "robots.txt says Disallow: /trials/" in said(cost)

    PageViewRestriction.objects.create(page=trials, restriction_type="password")
    assert "“Trials” asks for a password" in said(cost)

    settings.SEARCH_ENGINES_ALLOWED = False
    assert "by the setting SEARCH_ENGINES_ALLOWED" in said(cost)


class TestContradictions:
    def test_a_chain_of_canonical_pages(self, home, trials, cost):
        third = ContentPageFactory(parent=home, title="Third")
        trials.canonical_page = third
        trials.save()
        cost.canonical_page = trials
        cost.save()

        assert "“Trials” names another itself" in " ".join(answer(cost).contradictions)
        assert "1 page names this one" in " ".join(answer(trials).contradictions)
        assert answer(third).contradictions == []

    def test_a_canonical_page_that_is_hidden(self, trials, cost):
        trials.robots_index, trials.robots_branch = "no", False
        trials.save()
        cost.canonical_page = trials
        cost.save()

        [there] = answer(cost).contradictions
        [here] = answer(trials).contradictions
        assert "“Trials” is hidden from search engines" in there
        assert here.startswith("1 page names this one as its canonical address")

    def test_hidden_and_canonical_elsewhere(self, trials, cost):
        cost.robots_index, cost.canonical_page = "no", trials
        cost.save()

        assert "choose one of the two" in answer(cost).contradictions[0]

    def test_hidden_and_forbidden_in_robots_txt(self, cost):
        RobotsTxt.objects.create(site=Site.objects.get(), closed_paths="/trials/*")
        assert "The sitemap lists the page" in answer(cost).contradictions[0]

        cost.robots_index = "no"
        cost.save()
        assert "Take the line out of robots.txt" in answer(cost).contradictions[0]

    def test_a_canonical_page_that_is_no_longer_published(self, trials, cost):
        cost.canonical_page = trials
        cost.save()
        trials.unpublish()

        assert "is not published" in answer(cost).contradictions[0]


def test_many_pages_cost_as_many_queries_as_one(home, trials, cost):
    others = [ContentPageFactory(parent=trials, canonical_page=cost) for _ in range(9)]
    with CaptureQueriesContext(connection) as of_one:
        answers([others[0].pk])
    with CaptureQueriesContext(connection) as of_all:
        found = answers([page.pk for page in others])

    assert len(found) == 9
    assert len(of_all) == len(of_one)


class TestReport:
    @pytest.fixture
    def hidden(self, trials, cost):
        trials.robots_index = "no"
        trials.save()

    def test_lists_each_page_with_its_reason(self, log_in, hidden):
        html = log_in(SEO_SPECIALISTS).get(reverse("crawlers")).content.decode()

        assert "“no” is chosen on “Trials”." in html
        assert "What crawlers see" in html

    @pytest.mark.parametrize(
        ("seen", "titles"),
        [
            ("shown", {"The clinic"}),
            ("hidden", {"Trials", "Cost"}),
            ("elsewhere", {"Elsewhere"}),
            ("closed", {"Private"}),
            ("unreachable", {"Draft"}),
        ],
    )
    def test_is_narrowed(self, log_in, home, hidden, seen, titles):
        ContentPageFactory(parent=home, title="Draft", live=False)
        ContentPageFactory(parent=home, title="Elsewhere", canonical_page=home)
        private = ContentPageFactory(parent=home, title="Private")
        PageViewRestriction.objects.create(page=private, restriction_type="login")

        response = log_in(None).get(reverse("crawlers"), {"seen": seen})

        assert {page.title for page in response.context["object_list"]} == titles

    def test_is_exported(self, log_in, hidden):
        response = log_in(None).get(reverse("crawlers"), {"export": "csv"})

        text = b"".join(response.streaming_content).decode("utf-8-sig")
        rows = {row["title"]: row for row in csv.DictReader(io.StringIO(text))}
        assert rows["Cost"]["Decided on"] == "Trials"
        assert rows["Cost"]["Robots"] == "noindex"
        assert rows["The clinic"]["In the sitemap"] == "True"

    def test_is_for_those_who_change_pages(self, log_in, home):
        assert log_in(ADMISSIONS).get(reverse("crawlers")).status_code == 302


def test_deleting_says_who_named_the_page_as_canonical(log_in, trials, cost):
    other = ContentPageFactory(parent=trials.get_parent(), canonical_page=cost)
    url = reverse("wagtailadmin_pages:delete", args=[trials.pk])

    response = log_in(None).post(url, follow=True)

    assert "1 page named what was deleted" in response.content.decode()
    other.refresh_from_db()
    assert other.canonical_page is None
