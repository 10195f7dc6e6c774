"""A page whose end passes while it waits for approval never comes back in silence."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageLogEntry, Revision

from articles.models.article_page import ArticlePage
from tests.helpers.factories import ArticleIndexPageFactory, ArticlePageFactory
from tests.helpers.page_form import GOOD, edit_url, posted, raw

OVER = "time is over since then"
ENDED = "This version has an end that has passed"
APPROVE = {"action-workflow-action": "1", "workflow-action-name": "approve"}
REJECT = APPROVE | {"workflow-action-name": "reject"}
BUTTONS = {
    "submit": {"action-submit": "1"},
    "restart": {"action-restart-workflow": "1"},
    "approve": APPROVE,
}


@pytest.fixture
def end():
    return timezone.now().replace(second=7, microsecond=0) - timedelta(minutes=10)


@pytest.fixture
def index(home):
    return ArticleIndexPageFactory(parent=home)


@pytest.fixture
def offer(index, end):
    """A published page whose end has passed since."""
    page = ArticlePageFactory(parent=index, slug="posted", body=raw(GOOD))
    page.expire_at = end
    page.save_revision().publish()
    return stored(page)


@pytest.fixture
def waiting(offer, workflow, log_in):
    """The same with a mended spelling, which waits for approval."""
    offer.standfirst = "Spelling mended."
    offer.save_revision()
    workflow.start(stored(offer), log_in("Editors").user)
    return stored(offer)


def stored(page):
    return ArticlePage.objects.get(pk=page.pk)


def draft(page):
    return stored(page).get_latest_revision_as_object()


def form(page, **more):
    shown = timezone.localtime(draft(page).expire_at).strftime("%Y-%m-%d %H:%M")
    return posted("2", "Just right", **{"expire_at": shown, **more})


def approve(client, page):
    args = [page.pk, "approve", page.current_workflow_task_state.pk]
    url = reverse("wagtailadmin_pages:workflow_action", args=args)
    return client.post(url, {"comment": "Good."}, follow=True)


def is_answered(client, page):
    call_command("publish_scheduled")
    client.logout()
    return client.get(page.url).status_code == 200


@pytest.fixture(params=["down", "not yet down"])
def when(request):
    """Run the timer in one of two cases; either is seen now and then."""
    return lambda: call_command("publish_scheduled") if request.param == "down" else ()


class TestApproved:
    def test_outside_the_editor_the_moderator_is_told(self, waiting, log_in, when):
        when()
        moderator = log_in("Moderators")

        answer = approve(moderator, waiting)

        assert ENDED in answer.content.decode()
        assert answer.redirect_chain[-1][0] == edit_url(waiting)
        assert stored(waiting).workflow_in_progress
        assert draft(waiting).standfirst == "Spelling mended."
        assert not is_answered(moderator, waiting)

    def test_in_the_editor_the_moderator_is_told(self, waiting, log_in, when):
        when()
        moderator = log_in("Moderators")

        data = form(waiting, standfirst="Just typed.", **APPROVE)
        html = moderator.post(edit_url(waiting), data).content.decode()

        assert OVER in html
        assert "Just typed." in html
        assert stored(waiting).workflow_in_progress
        assert not is_answered(moderator, waiting)

    def test_without_an_end_it_is_published(self, waiting, log_in, when):
        when()
        moderator = log_in("Moderators")

        data = form(waiting, expire_at="", **APPROVE)
        assert moderator.post(edit_url(waiting), data).status_code == 302

        assert stored(waiting).live
        assert is_answered(moderator, waiting)

    def test_after_a_later_end_was_saved_it_is_published(self, waiting, log_in, when):
        when()
        moderator, later = log_in("Moderators"), timezone.now() + timedelta(days=3)
        end = timezone.localtime(later).strftime("%Y-%m-%d %H:%M")
        moderator.post(edit_url(waiting), form(waiting, expire_at=end))

        approve(moderator, waiting)

        assert stored(waiting).expire_at > timezone.now()
        assert is_answered(moderator, waiting)

    def test_after_a_save_that_left_the_end_as_it_was(self, waiting, log_in, when):
        when()
        moderator, end = log_in("Moderators"), draft(waiting).expire_at
        answer = moderator.post(edit_url(waiting), form(waiting, standfirst="More."))
        assert answer.status_code == 302
        assert (draft(waiting).standfirst, draft(waiting).expire_at) == ("More.", end)

        assert ENDED in approve(moderator, waiting).content.decode()

        assert not is_answered(moderator, waiting)

    def test_its_copies_elsewhere_stay_down(self, waiting, log_in):
        alias = waiting.create_alias(update_slug="alias")
        ArticlePage.objects.filter(pk=alias.pk).update(expire_at=waiting.expire_at)
        call_command("publish_scheduled")

        moderator = log_in("Moderators")
        approve(moderator, waiting)

        assert not is_answered(moderator, alias)


class TestRejected:
    def test_is_no_matter_of_its_end(self, waiting, log_in):
        answer = log_in("Moderators").post(edit_url(waiting), form(waiting, **REJECT))

        assert answer.status_code == 302
        assert not stored(waiting).workflow_in_progress

    def test_and_submitted_again_its_editor_is_told(self, waiting, log_in):
        waiting.current_workflow_task_state.reject(user=log_in("Moderators").user)
        call_command("publish_scheduled")

        again = form(waiting, **BUTTONS["submit"])
        html = log_in("Editors").post(edit_url(waiting), again).content.decode()

        assert OVER in html
        assert draft(waiting).expire_at


class TestSubmitted:
    @pytest.mark.parametrize("button", BUTTONS)
    def test_its_editor_is_told(self, offer, workflow, log_in, button):
        if button != "submit":
            workflow.start(offer, log_in("Moderators").user)
        user = log_in("Editors" if button == "submit" else "Moderators")

        data = form(offer, standfirst="Just typed.", **BUTTONS[button])
        html = user.post(edit_url(offer), data).content.decode()

        assert OVER in html
        assert "Just typed." in html

    def test_in_a_form_from_before_it_was_taken_down(self, offer, workflow, log_in):
        data = form(offer, **BUTTONS["submit"])
        call_command("publish_scheduled")

        assert OVER in log_in("Editors").post(edit_url(offer), data).content.decode()

    def test_where_no_step_is_active_its_editor_is_told(self, offer, workflow, log_in):
        workflow.workflow_tasks.all().delete()
        call_command("publish_scheduled")
        Revision.objects.filter(pk=stored(offer).latest_revision_id).update(
            content=offer.serializable_data()
        )

        with pytest.raises(Exception, match=ENDED):
            workflow.start(stored(offer), log_in("Moderators").user)


class TestTakenDown:
    def test_the_page_is_cleared_and_what_waits_is_not(self, waiting, end):
        call_command("publish_scheduled")

        assert stored(waiting).expire_at is None
        assert draft(waiting).expire_at == end
        entry = PageLogEntry.objects.get(page=waiting.pk, action="core.schedule.over")
        assert entry.data == {"expire_at": end.isoformat()}
