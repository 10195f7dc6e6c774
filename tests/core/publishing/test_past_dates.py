"""When a page's time is over: taken down, its dates cleared, its editors unhindered."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import DraftStateMixin, Page, PageLogEntry
from wagtail.signals import page_published, page_unpublished

from articles.models.article_page import ArticlePage
from home.models import ContentPage
from tests.helpers.at_once import at_once
from tests.helpers.factories import (
    ArticleIndexPageFactory,
    ArticlePageFactory,
    ContentPageFactory,
)
from tests.helpers.page_form import GOOD, edit_url, posted, raw

PUBLISH = {"action-publish": "1"}
JSON = {"accept": "application/json"}


@pytest.fixture
def now():
    return timezone.now().replace(second=7, microsecond=0)


@pytest.fixture
def last_hour(now):
    return now - timedelta(hours=1)


@pytest.fixture
def article(home, last_hour):
    """A published article whose time has been over for an hour, though no timer ran."""
    index = ArticleIndexPageFactory(parent=home)
    page = ArticlePageFactory(parent=index, slug="posted", body=raw(GOOD))
    page.go_live_at = last_hour - timedelta(days=1)
    page.expire_at = last_hour
    page.save_revision().publish()
    return ArticlePage.objects.get(pk=page.pk)


@pytest.fixture
def editor(log_in):
    return log_in(None)


def stored(page):
    return type(page).objects.get(pk=page.pk)


def draft(page):
    return stored(page).get_latest_revision_as_object()


def typed(day):
    return timezone.localtime(day).strftime("%Y-%m-%d %H:%M") if day else ""


def earlier_url(page, revision):
    return reverse("wagtailadmin_pages:revisions_revert", args=[page.pk, revision.pk])


def shown_dates(page):
    """What the form of a page holds when it is opened, or was before."""
    return {"go_live_at": typed(page.go_live_at), "expire_at": typed(page.expire_at)}


class TestTakenDown:
    def test_its_dates_are_cleared_in_page_and_draft(self, article):
        call_command("publish_scheduled")

        assert stored(article).expired
        for page in (stored(article), draft(article)):
            assert not page.live
            assert (page.go_live_at, page.expire_at) == (None, None)

    def test_its_history_keeps_them(self, editor, article):
        call_command("publish_scheduled")

        url = reverse("wagtailadmin_pages:history", args=[article.pk])
        html = editor.get(url).content.decode()
        assert "Its time was over on" in html
        entry = PageLogEntry.objects.get(page=article.pk, action="core.schedule.over")
        assert entry.data["expire_at"] == article.expire_at.isoformat()
        assert entry.data["go_live_at"] == article.go_live_at.isoformat()

    def test_its_history_keeps_that_of_the_draft_too(self, article):
        of_page = article.expire_at
        article.expire_at += timedelta(minutes=5)
        article.save_revision()

        call_command("publish_scheduled")

        entries = PageLogEntry.objects.filter(action="core.schedule.over")
        ends = set(entries.values_list("data__expire_at", flat=True))
        assert ends == {day.isoformat() for day in (of_page, article.expire_at)}

    def test_by_hand_dates_to_come_stay(self, article, now):
        later = now + timedelta(days=3)
        ArticlePage.objects.filter(pk=article.pk).update(expire_at=later)
        article = stored(article)
        article.save_revision()

        article.unpublish()

        assert draft(article).expire_at == stored(article).expire_at == later
        assert draft(article).go_live_at is None

    def test_a_date_to_come_of_the_draft_stays(self, article, now):
        later = now + timedelta(days=3)
        article.expire_at = later
        article.save_revision()

        call_command("publish_scheduled")

        assert stored(article).expire_at is None
        assert draft(article).expire_at == later

    def test_a_page_that_was_never_saved_in_the_editor_is_too(self, home, last_hour):
        page = ContentPageFactory(parent=home, expire_at=last_hour)

        call_command("publish_scheduled")

        assert stored(page).expire_at is None
        assert not stored(page).live

    def test_and_its_alias_too(self, article, last_hour):
        alias = article.create_alias(update_slug="alias")
        ArticlePage.objects.filter(pk=alias.pk).update(expire_at=last_hour)

        call_command("publish_scheduled")

        assert not stored(alias).live
        assert stored(alias).expire_at is None

    def test_without_dates_the_history_says_nothing(self, home):
        page = ContentPageFactory(parent=home)

        page.unpublish()

        assert not PageLogEntry.objects.filter(action="core.schedule.over").exists()


class TestTheNextSave:
    @pytest.mark.parametrize("is_down", [True, False], ids=["down", "not yet down"])
    @pytest.mark.parametrize("of_form", ["before", "after"])
    def test_is_valid(self, editor, article, is_down, of_form):
        dates = shown_dates(article)
        if is_down:
            call_command("publish_scheduled")
        if of_form == "after":
            dates = shown_dates(draft(article))

        answer = editor.post(edit_url(article), posted("2", **dates))

        assert answer.status_code == 302
        assert draft(article).expire_at is None
        assert draft(article).title == "Posted"

    @pytest.mark.parametrize("minutes", [0, 5], ids=["page's", "draft's"])
    def test_is_valid_with_the_end_of_page_or_draft(self, editor, article, minutes):
        end = article.expire_at
        article.expire_at += timedelta(minutes=5)
        article.save_revision()
        call_command("publish_scheduled")

        dates = {"expire_at": typed(end + timedelta(minutes=minutes))}
        answer = editor.post(edit_url(article), posted("2", **dates))

        assert answer.status_code == 302
        assert draft(article).expire_at is None

    def test_is_valid_with_the_first_of_two_ends(self, editor, article):
        dates = shown_dates(article)
        for later in (0, 30):
            article.expire_at += timedelta(minutes=later)
            article.save_revision().publish()
            call_command("publish_scheduled")

        answer = editor.post(edit_url(article), posted("2", **dates))

        assert answer.status_code == 302
        assert draft(article).expire_at is None

    def test_is_valid_where_an_earlier_version_is_restored(self, editor, article):
        earlier = article.latest_revision
        article.go_live_at = article.expire_at = None
        article.save_revision().publish()
        shown = editor.get(earlier_url(article, earlier)).context["form"].initial

        dates = {name: typed(shown[name]) for name in ("go_live_at", "expire_at")}
        answer = editor.post(edit_url(article), posted("2", **dates))

        assert all(dates.values())
        assert answer.status_code == 302
        assert (draft(article).go_live_at, draft(article).expire_at) == (None, None)

    def test_keeps_when_a_page_went_live(self, editor, article, last_hour):
        article.expire_at = None
        article.save_revision().publish()

        editor.post(edit_url(article), posted("2", **shown_dates(article)))

        went_live = last_hour - timedelta(days=1)
        assert draft(article).go_live_at == went_live.replace(second=0)

    def test_by_itself_is_valid(self, editor, article):
        data = posted("2", **shown_dates(article))
        for _time in "before", "after":
            answer = editor.post(edit_url(article), data, headers=JSON)
            assert answer.json()["success"]
            call_command("publish_scheduled")

    def test_publishes_once_the_page_is_down(self, editor, article):
        call_command("publish_scheduled")

        data = posted("2", **shown_dates(draft(article)), **PUBLISH)
        assert editor.post(edit_url(article), data).status_code == 302

        assert stored(article).live
        assert editor.get(article.url).status_code == 200

    @pytest.mark.parametrize("is_down", [True, False], ids=["down", "not yet down"])
    def test_does_not_bring_back_in_silence_what_was_over_meanwhile(
        self, editor, article, is_down
    ):
        data = posted("2", **shown_dates(article), **PUBLISH)
        if is_down:
            call_command("publish_scheduled")

        answer = editor.post(edit_url(article), data)

        assert "time is over since then" in answer.content.decode()
        assert editor.get(article.url).status_code == 404

    def test_still_refuses_an_end_that_is_typed_in_the_past(self, editor, article, now):
        call_command("publish_scheduled")
        dates = {"expire_at": typed(now - timedelta(days=2))}

        answer = editor.post(edit_url(article), posted("2", **dates))

        assert "must be in the future" in answer.content.decode()


class TestTimer:
    def test_catches_up_with_what_went_live_and_ended_while_it_stood(self, home, now):
        page = ContentPageFactory(parent=home, live=False)
        page.go_live_at = now - timedelta(hours=2)
        page.expire_at = now - timedelta(hours=1)
        page.save_revision(approved_go_live_at=page.go_live_at)

        call_command("publish_scheduled")

        assert not stored(page).live
        assert draft(page).expire_at is None
        actions = PageLogEntry.objects.filter(page=page.pk).values_list("action")
        assert {"wagtail.publish.scheduled", "wagtail.unpublish.scheduled"} <= {
            action for (action,) in actions
        }

    def test_keeps_the_version_that_is_scheduled_for_later(self, article, now):
        tomorrow = now + timedelta(days=1)
        article.go_live_at, article.expire_at = tomorrow, None
        revision = article.save_revision(approved_go_live_at=tomorrow)

        call_command("publish_scheduled")

        assert not stored(article).live
        revision.refresh_from_db()
        assert revision.approved_go_live_at == tomorrow
        assert draft(article).go_live_at == tomorrow

    def test_a_page_that_fails_holds_nobody_back(self, home, last_hour):
        pages = [ContentPageFactory(parent=home) for _number in range(3)]
        Page.objects.filter(pk__in=[page.pk for page in pages]).update(
            expire_at=last_hour
        )

        def fail(sender, instance, **kwargs):
            if instance.pk == pages[0].pk:
                raise RuntimeError

        page_unpublished.connect(fail)
        try:
            with pytest.raises(CommandError, match=rf"page {pages[0].pk} \(Runtime"):
                call_command("publish_scheduled")
        finally:
            page_unpublished.disconnect(fail)

        assert [stored(page).live for page in pages] == [True, False, False]

        call_command("publish_scheduled")
        assert not stored(pages[0]).live

    def test_keeps_what_is_scheduled_of_a_page_that_ends_while_it_runs(
        self, home, last_hour, now
    ):
        due, other = (ContentPageFactory(parent=home) for _number in range(2))
        tomorrow = now + timedelta(days=1)
        scheduled = other.save_revision(approved_go_live_at=tomorrow)
        due.save_revision(approved_go_live_at=last_hour)

        def end_the_other(sender, instance, **kwargs):
            ContentPage.objects.filter(pk=other.pk).update(expire_at=timezone.now())

        page_published.connect(end_the_other)
        try:
            call_command("publish_scheduled")
        finally:
            page_published.disconnect(end_the_other)
        call_command("publish_scheduled")

        assert not stored(other).live
        scheduled.refresh_from_db()
        assert scheduled.approved_go_live_at == tomorrow

    def test_knows_all_that_can_be_scheduled(self):
        others = [
            each for each in apps.get_models() if issubclass(each, DraftStateMixin)
        ]

        assert [each for each in others if not issubclass(each, Page)] == []

    def test_leaves_a_page_whose_end_was_moved_while_it_ran(self, home, last_hour, now):
        first, second = (ContentPageFactory(parent=home) for _number in range(2))
        for page, end in ((first, last_hour), (second, now - timedelta(minutes=2))):
            ContentPage.objects.filter(pk=page.pk).update(expire_at=end)

        def prolong(sender, instance, **kwargs):
            later = now + timedelta(days=1)
            ContentPage.objects.filter(pk=second.pk).update(expire_at=later)

        page_unpublished.connect(prolong)
        try:
            call_command("publish_scheduled")
        finally:
            page_unpublished.disconnect(prolong)

        assert not stored(first).live
        assert stored(second).live


@pytest.mark.django_db(transaction=True)
def test_two_timers_at_once_do_each_thing_once(home, now, last_hour):
    over = ContentPageFactory(parent=home, expire_at=last_hour)
    due = ContentPageFactory(parent=home, live=False)
    due.save_revision(approved_go_live_at=last_hour)

    def run():
        call_command("publish_scheduled")

    at_once(run, run)

    assert not stored(over).live
    assert stored(due).live
    actions = PageLogEntry.objects.values_list("action", flat=True)
    for action in ("publish", "unpublish"):
        assert list(actions).count(f"wagtail.{action}.scheduled") == 1
