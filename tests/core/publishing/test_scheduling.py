"""What waits for its day: the page, its aliases, and what follows a publication."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db.models.signals import post_save
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageLogEntry, Revision

from articles.models.article_page import ArticlePage
from home.models import ContentPage
from tests.helpers.factories import (
    ArticleIndexPageFactory,
    ArticlePageFactory,
    ContentPageFactory,
    TopicIndexPageFactory,
    TopicPageFactory,
)
from tests.helpers.page_form import BAD, GOOD, SENTENCE, add_url, edit_url, posted


def schedule(page):
    """Approve the page as it is for tomorrow."""
    page.go_live_at = timezone.now() + timedelta(days=1)
    page.save_revision().publish()


def let_the_day_come():
    a_moment_ago = timezone.now() - timedelta(minutes=1)
    due = Revision.objects.filter(approved_go_live_at__isnull=False)
    for revision in due:
        revision.content["go_live_at"] = a_moment_ago.isoformat()
        Revision.objects.filter(pk=revision.pk).update(
            content=revision.content, approved_go_live_at=a_moment_ago
        )
    call_command("publish_scheduled")


class TestAliases:
    @pytest.fixture
    def draft(self, home):
        return ContentPageFactory(parent=home, live=False, slug="draft", body=GOOD)

    def test_an_alias_waits_with_the_page_it_follows(self, draft):
        alias = draft.create_alias(update_slug="alias")
        second = alias.create_alias(update_slug="second")

        schedule(draft)

        assert not Page.objects.get(pk=alias.pk).live
        assert not Page.objects.get(pk=second.pk).live

    def test_it_goes_live_with_that_page_and_so_does_its_own_alias(self, draft):
        alias = draft.create_alias(update_slug="alias")
        second = alias.create_alias(update_slug="second")
        schedule(draft)

        let_the_day_come()

        for page in (draft, alias, second):
            page = ContentPage.objects.get(pk=page.pk)
            assert page.live
            assert "Just right" in str(page.body)

    def test_a_live_alias_keeps_what_readers_see(self, home):
        live = ContentPageFactory(parent=home, slug="live", body=GOOD)
        live.save_revision().publish()
        live = ContentPage.objects.get(pk=live.pk)
        alias = live.create_alias(update_slug="alias")
        live.title = "Of tomorrow"

        schedule(live)

        assert Page.objects.get(pk=alias.pk).title != "Of tomorrow"


class TestBeforeTheDay:
    def test_a_page_that_is_created_for_later_is_live_at_no_moment(self, log_in, home):
        index = ArticleIndexPageFactory(parent=home)
        tomorrow = timezone.localtime() + timedelta(days=1)
        later = {"go_live_at": tomorrow.strftime("%Y-%m-%d %H:%M")}
        seen = []

        def look(instance, **kwargs):
            seen.append(instance.live)

        post_save.connect(look, sender=ArticlePage)
        try:
            response = log_in(None).post(
                add_url(index), posted(level="2", **later, **{"action-publish": "1"})
            )
        finally:
            post_save.disconnect(look, sender=ArticlePage)

        assert response.status_code == 302
        assert ArticlePage.objects.get().approved_schedule
        assert seen
        assert not any(seen)

    def test_a_topic_is_not_led_to_a_page_that_waits(self, home):
        above = TopicIndexPageFactory(parent=home)
        page = TopicPageFactory(parent=above, live=False)

        schedule(page)

        page.topic.refresh_from_db()
        assert page.topic.hub is None

        let_the_day_come()

        page.topic.refresh_from_db()
        assert page.topic.hub_id == page.pk

    def test_the_history_tells_of_a_reason_when_the_page_goes_live(self, home):
        page = ContentPageFactory(parent=home, live=False)
        page.override_reason = "The law demands it."
        page.answered_problems = ["long-title:title"]
        told = PageLogEntry.objects.filter(action="core.publish.override")

        schedule(page)

        assert not told.exists()

        let_the_day_come()

        assert told.count() == 1


class TestWhenItIsDue:
    @pytest.fixture
    def index(self, home):
        return ArticleIndexPageFactory(parent=home)

    @pytest.fixture
    def draft(self, index):
        return ArticlePageFactory(parent=index, live=False, title="Draft", body=BAD)

    def test_a_page_refused_when_due_holds_nobody_back(self, index, draft, capsys):
        good = ArticlePageFactory(parent=index, live=False, title="Good", body=GOOD)
        past = timezone.now() - timedelta(minutes=1)
        for page in (draft, good):
            revision = page.save_revision()
            # It was right when scheduled: the problem has come since.
            Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=past)

        call_command("publish_scheduled")

        assert ArticlePage.objects.get(pk=good.pk).live
        assert not ArticlePage.objects.get(pk=draft.pk).live
        assert not Revision.objects.filter(approved_go_live_at__isnull=False).exists()
        told = capsys.readouterr().err
        assert "skipped-heading-level body." in told
        assert SENTENCE not in told
        assert PageLogEntry.objects.filter(
            page=draft.pk, action="core.publish.refused"
        ).exists()

    def test_a_page_that_is_incomplete_or_whose_address_is_taken_does_not_either(
        self, index, capsys
    ):
        past = timezone.now() - timedelta(minutes=1)
        bare = ArticlePageFactory(parent=index, live=False, title="Bare", standfirst="")
        late = ArticlePageFactory(parent=index, title="Late", slug="late")
        late.slug = "taken"
        good = ArticlePageFactory(parent=index, live=False, title="Good", body=GOOD)
        for page in (bare, late, good):
            revision = page.save_revision(clean=False)
            Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=past)
        ArticlePageFactory(parent=index, slug="taken")

        call_command("publish_scheduled")

        assert ArticlePage.objects.get(pk=good.pk).live
        assert not ArticlePage.objects.get(pk=bare.pk).live
        assert ArticlePage.objects.get(pk=late.pk).slug == "late"
        assert not Revision.objects.filter(approved_go_live_at__isnull=False).exists()
        told = capsys.readouterr().err
        assert "(incomplete standfirst)" in told
        assert "(invalid-field slug)" in told

    def test_whoever_opens_a_page_that_was_refused_learns_why(self, log_in, home):
        page = ContentPageFactory(parent=home, body=GOOD)
        page.body = BAD
        revision = page.save_revision()
        a_moment_ago = timezone.now() - timedelta(minutes=1)
        # It was right when it was scheduled: the problem has come since.
        page.revisions.update(approved_go_live_at=a_moment_ago)
        admin = log_in(None)

        call_command("publish_scheduled")

        history = admin.get(reverse("wagtailadmin_pages:history", args=[page.pk]))
        html = history.content.decode()
        assert "Not published when due. Skipped heading level" in html
        assert SENTENCE not in html
        assert SENTENCE in admin.get(edit_url(page)).content.decode()
        entry = PageLogEntry.objects.get(page=page.pk, action="core.publish.refused")
        assert entry.revision == revision
        (problem,) = entry.data["problems"]
        assert problem.keys() == {"code", "place"}

    def test_the_next_run_has_nothing_left_to_report(self, home, capsys):
        page = ContentPageFactory(parent=home, body=GOOD)
        page.body = BAD
        page.save_revision()
        page.revisions.update(approved_go_live_at=timezone.now() - timedelta(days=1))
        call_command("publish_scheduled")
        capsys.readouterr()

        call_command("publish_scheduled")

        assert capsys.readouterr() == ("", "")
        assert PageLogEntry.objects.filter(action="core.publish.refused").count() == 1

    def test_a_dry_run_publishes_and_reports_nothing(self, home, capsys):
        page = ContentPageFactory(parent=home, live=False, body=GOOD)
        page.save_revision(approved_go_live_at=timezone.now() - timedelta(days=1))

        call_command("publish_scheduled", dryrun=True)

        assert not Page.objects.get(pk=page.pk).live
        assert page.revisions.filter(approved_go_live_at__isnull=False).exists()
        assert "Revisions to be published" in capsys.readouterr().out

    def test_of_two_versions_that_are_due_the_later_one_stays(self, home):
        page = ContentPageFactory(parent=home, live=False)
        now = timezone.now()
        for title, hours in {"Later": 1, "Earlier": 2}.items():
            page.title = title
            page.save_revision(approved_go_live_at=now - timedelta(hours=hours))

        call_command("publish_scheduled")

        assert ContentPage.objects.get(pk=page.pk).title == "Later"

    def test_the_history_says_that_it_went_live_by_schedule(self, home):
        page = ContentPageFactory(parent=home, live=False)
        page.save_revision(approved_go_live_at=timezone.now() - timedelta(hours=1))

        call_command("publish_scheduled")

        actions = PageLogEntry.objects.filter(page=page.pk)
        assert actions.filter(action="wagtail.publish.scheduled").exists()
