"""Suggestions stand beside the page, in the content checks, and in nobody's way."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from bs4 import BeautifulSoup
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, Revision

from articles.models.article_page import ArticlePage
from core.models.base_page import BasePage
from core.publishing import gate
from core.publishing.content_checks import GateCheckerItem
from demonstration.seeding.load import load
from seo.graph.linting import lint
from tests.helpers.factories import (
    ArticleIndexPageFactory,
    ArticlePageFactory,
    SiteImageFactory,
)
from tests.helpers.page_form import BAD, add_url, edit_url, posted

VAGUE = ("paragraph", '<p>Told <a href="https://x.example/trial">here</a>.</p>')
SENTENCE = "does not say where it leads"


@pytest.fixture
def index(home):
    return ArticleIndexPageFactory(parent=home)


@pytest.fixture
def draft(index):
    page = ArticlePageFactory(parent=index, live=False, body=[VAGUE], title="w" * 101)
    page.save_revision()
    return page


@pytest.fixture
def admin(log_in):
    return log_in(None)


def shouted(**extra):
    """What the editor posts for a page with a suggestion and nothing against it."""
    return posted(level="2", text="ALL IN CAPITALS", **extra)


class TestDoors:
    """Each of these asks the gate; none hears of a suggestion."""

    def test_publishing_a_revision(self, draft):
        draft.get_latest_revision().publish()

        assert ArticlePage.objects.get(pk=draft.pk).live

    def test_saving_a_live_page(self, draft):
        draft.live = True
        draft.save()

        assert gate.suggestions(draft)

    def test_the_form(self, admin, draft):
        response = admin.post(edit_url(draft), shouted(**{"action-publish": "1"}))

        assert response.status_code == 302
        assert ArticlePage.objects.get(pk=draft.pk).live

    def test_creating_and_publishing_at_once(self, admin, index):
        response = admin.post(add_url(index), shouted(**{"action-publish": "1"}))

        assert response.status_code == 302
        assert ArticlePage.objects.get(title="Posted").live

    def test_scheduling(self, admin, draft):
        tomorrow = timezone.localtime() + timedelta(days=1)
        when = {"go_live_at": tomorrow.strftime("%Y-%m-%d %H:%M")}

        admin.post(edit_url(draft), shouted(**when, **{"action-publish": "1"}))

        assert Revision.objects.filter(approved_go_live_at__isnull=False).exists()

    def test_the_scheduler(self, draft):
        past = timezone.now() - timedelta(minutes=1)
        Revision.objects.update(approved_go_live_at=past)

        call_command("publish_scheduled")

        assert ArticlePage.objects.get(pk=draft.pk).live

    def test_bulk_publishing(self, admin, draft):
        url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])

        admin.post(f"{url}?id={draft.pk}&next=/admin/")

        assert ArticlePage.objects.get(pk=draft.pk).live

    def test_the_api(self, admin, draft):
        url = reverse("wagtailadmin_api:pages:action", args=[draft.pk, "publish"])

        assert admin.post(url, {}, content_type="application/json").status_code == 200
        assert ArticlePage.objects.get(pk=draft.pk).live

    def test_no_reason_is_asked_for_or_kept(self, admin, draft):
        admin.post(
            edit_url(draft),
            shouted(override_reason="Because.", **{"action-publish": "1"}),
        )

        assert ArticlePage.objects.get(pk=draft.pk).answered_problems == []


class TestList:
    def read(self, html):
        return BeautifulSoup(html, "html.parser").find(id="publishing-problems")

    def test_counts_and_tells_apart_what_blocks_and_what_does_not(self, admin, draft):
        draft.body = [*BAD, VAGUE]
        draft.save_revision()

        box = self.read(admin.get(edit_url(draft)).content)

        counts = box.find(id="publishing-problems-count").get_text(" ", strip=True)
        against, suggested = box.find_all("ul")
        assert counts.startswith("1 problem to solve before publishing")
        assert counts.endswith(f"{len(suggested.find_all('li'))} suggestions")
        assert "skips a level" in against.get_text()
        assert SENTENCE in suggested.get_text()
        for named in (against, suggested):
            assert box.find(id=named["aria-labelledby"]).get_text()
        assert against.use["href"] != suggested.use["href"]

    def test_leads_from_each_sentence_to_its_place(self, admin, draft):
        draft.body = [*BAD, VAGUE]
        draft.save_revision()
        latest = draft.get_latest_revision_as_object()

        box = self.read(admin.get(edit_url(draft)).content)

        links = {link.get_text(): link for link in box.find_all("a")}
        (vague,) = (links[text] for text in links if SENTENCE in text)
        (long,) = (links[text] for text in links if "101 characters" in text)
        assert vague["href"] == f"#:w:contentpath=body.{latest.body[1].id}"
        assert vague["data-w-focus-target-value"] == (
            f'[data-contentpath="body"] [data-contentpath="{latest.body[1].id}"]'
        )
        assert long["href"] == "#:w:contentpath=title"

    def test_stands_in_reading_order(self, draft):
        draft.after_body, draft.body = [VAGUE], [("paragraph", ""), VAGUE]

        fields = [problem.field for problem in gate.suggestions(draft)]

        assert fields == [
            "title",
            "seo_title",
            "search_description",
            "contributions",
            "body",
            "after_body",
        ]

    def test_says_so_where_nothing_is_to_be_said(self, admin, index):
        page = ArticlePageFactory(parent=index, standfirst="n" * 80)
        page.contributions.create(name="Ada")
        page.save_revision()

        box = self.read(admin.get(edit_url(page)).content)

        assert "Ready to publish" in box.get_text()
        assert not box.find_all("li")

    def test_is_renewed_by_autosave(self, admin, draft):
        response = admin.post(
            edit_url(draft), shouted(), headers={"accept": "application/json"}
        )

        html = BeautifulSoup(response.json()["html"], "html.parser")
        targets = {
            template["data-w-teleport-target-value"]: template.get_text()
            for template in html.find_all("template")
            if template.get("data-w-teleport-target-value", "").startswith("#publish")
        }
        assert "in capitals" in targets["#publishing-problems-list"]
        assert "suggestion" in targets["#publishing-problems-count"]

    def test_costs_the_same_for_one_block_and_for_forty(self, index):
        def body(times):
            image = SiteImageFactory()
            image.contextual_alt_text, image.decorative = "IMG_1.jpg", False
            figure = ("figure", {"image": image, "caption": "", "credit": ""})
            heading = ("heading", {"text": "Same", "level": "2", "anchor": ""})
            return [VAGUE, figure, heading] * times

        def queries(times):
            page = ArticlePageFactory(parent=index, body=body(times))
            page = ArticlePage.objects.get(pk=page.pk)
            with CaptureQueriesContext(connection) as captured:
                assert len(gate.suggestions(page)) >= 2 * times
            return len(captured)

        index.get_site()  # fills Wagtail's cache of the sites' roots
        assert queries(1) == queries(40)


class TestChecks:
    def preview(self, admin, page, **extra):
        url = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
        admin.post(url, shouted(**extra))
        response = admin.get(f"{url}?in_preview_panel=true&mode=")
        return BeautifulSoup(response.content, "html.parser")

    def marks(self, soup):
        return [
            mark["data-problem"] for mark in soup.find_all(attrs={"data-problem": True})
        ]

    def test_find_a_mark_for_each_problem_in_a_preview(self, admin, draft):
        soup = self.preview(admin, draft)

        assert self.marks(soup) == [
            "description-out-of-length",
            "article-without-author",
            "unclear-heading",
        ]
        assert all(mark.has_attr("hidden") for mark in soup.select("[data-problem]"))
        assert "core/gate-check" in str(soup)

    def test_know_every_rule_by_a_name_of_its_own(self, admin):
        item = GateCheckerItem(in_editor=True)
        request = SimpleNamespace(user=admin.user)
        known = {rule["id"] for rule in item.get_axe_custom_rules(None)}
        messages = item.get_axe_messages(request)
        titles = [rule.title for rule in gate.rules()]

        for code in item.get_axe_run_only(None):
            assert code in known | set(messages)
        assert {rule.code for rule in gate.rules()} - known == {
            "empty-link",
            "skipped-heading-level",
        }
        assert len(set(titles)) == len(titles)
        assert all(
            messages[rule.code]["error_name"]
            for rule in gate.rules()
            if rule.code in known
        )

    def test_stand_beside_the_form_as_well(self, admin, draft):
        html = admin.get(edit_url(draft)).content.decode()

        assert "Link that does not say where it leads" in html

    def test_leave_no_trace_for_visitors(self, client, admin, draft):
        draft.get_latest_revision().publish()
        url = ArticlePage.objects.get(pk=draft.pk).url
        as_staff = BeautifulSoup(admin.get(url).content, "html.parser")
        client.logout()
        response = client.get(url)
        as_visitor = BeautifulSoup(response.content, "html.parser")

        assert self.marks(as_staff) == self.marks(as_visitor) == []
        assert "gate-check" in str(as_staff)
        assert "gate-check" not in str(as_visitor)
        assert "unsafe" not in response.headers["Content-Security-Policy"]


@pytest.mark.one_database
def test_the_demonstration_gives_no_rise_to_suggestions(client, root, quick_pictures):
    """Neither its drafts do, nor what readers get, which search engines read."""
    load(lambda line: None)
    pages = [
        page for page in Page.objects.live().specific() if isinstance(page, BasePage)
    ]

    assert len(pages) > 20
    assert not [
        (page.title, problem.sentence)
        for page in pages
        for problem in gate.suggestions(page)
    ]
    for page in pages:
        html = client.get(page.url).content.decode()
        assert "application/ld+json" in html
        assert lint(html, page.get_site().root_url) == [], page.title
