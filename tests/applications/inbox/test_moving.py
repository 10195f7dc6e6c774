"""Moving an application from state to state, and taking the last move back."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from applications.inbox.moving import move, undo
from applications.inbox.refusals import (
    Gone,
    NoSuchState,
    NothingToUndo,
    Outdated,
    Withdrawn,
)
from applications.inbox.states import state_of, usual
from applications.models import Answer, Application, ApplicationLogEntry
from applications.models.states import ApplicationState
from applications.status import acts
from applications.tasks import tell_of_news
from tests.helpers.access_links import links_in
from tests.helpers.at_once import at_once
from tests.helpers.factories_applications import IDS, ApplicationFormPageFactory
from tests.helpers.worker import (
    queue,  # noqa: F401  (a fixture)
    run_queued,
)

MOVED = "applications.status"


@pytest.fixture
def interview(form_page):
    """The second of two states of one kind."""
    rows = [
        ApplicationState.objects.create(
            form=form_page, status="reading", name=name, sort_order=order
        )
        for order, name in enumerate(("First interview", "Second interview"))
    ]
    return rows[1]


def pressed(user, application, state, version=1):
    """Press a state's button as ``user``; return the page that follows."""
    browser = Client(headers={"host": "localhost"})
    browser.force_login(user)
    url = reverse("application:status", args=[application.pk])
    posted = {"state": state, "version": str(version)}
    return browser.post(url, posted, follow=True)


class TestMoving:
    def test_keeps_state_day_and_version_and_logs_both_ends(
        self, application, officers, interview
    ):
        before = timezone.now()

        move(application, interview, by=officers[0], seen_version=1)

        stored = Application.objects.get()
        assert (stored.status, stored.state, stored.version) == (
            "reading",
            interview,
            2,
        )
        assert stored.state_since >= before
        entry = ApplicationLogEntry.objects.get(action=MOVED)
        assert entry.user == officers[0]
        assert entry.data == {
            "from": {"status": "received", "name": "Received"},
            "to": {"status": "reading", "name": "Second interview"},
        }

    def test_between_two_states_of_one_kind(self, application, officers, interview):
        first = ApplicationState.objects.get(name="First interview")
        move(application, first, by=officers[0], seen_version=1)

        move(application, interview, by=officers[0], seen_version=2)

        assert state_of(Application.objects.get()) == interview

    def test_into_the_state_it_is_in_changes_nothing(self, application, officers):
        same = usual(application.definition.page, "received")

        move(application, same, by=officers[0], seen_version=1)

        assert Application.objects.get().version == 1
        assert not ApplicationLogEntry.objects.exists()

    def test_of_what_has_changed_since_it_was_seen_is_refused(
        self, application, officers
    ):
        form = application.definition.page
        move(application, usual(form, "accepted"), by=officers[0], seen_version=1)

        with pytest.raises(Outdated):
            move(application, usual(form, "declined"), by=officers[1], seen_version=1)

        assert Application.objects.get().status == "accepted"

    def test_of_what_the_applicant_withdrew_or_deleted_is_refused(
        self, application, officers
    ):
        accepted = usual(application.definition.page, "accepted")
        acts.withdraw(application)
        assert Application.objects.get().version == 2
        with pytest.raises(Withdrawn):
            move(application, accepted, by=officers[0], seen_version=2)

        acts.delete(application)
        with pytest.raises(Gone):
            move(application, accepted, by=officers[0], seen_version=2)

    def test_into_a_state_of_another_form_or_the_applicants_own_is_refused(
        self, application, officers, home, interview
    ):
        other = ApplicationFormPageFactory(parent=home, slug="other")
        interview.delete()
        removed = ApplicationState(pk=interview.pk or 99, form=interview.form)
        removed.status = "reading"

        for state in (
            usual(other, "accepted"),
            usual(application.definition.page, "withdrawn"),
            removed,
        ):
            with pytest.raises(NoSuchState):
                move(application, state, by=officers[0], seen_version=1)

    @pytest.mark.parametrize("state", ["999999", "withdrawn", ""])
    def test_by_the_button_of_a_state_that_is_gone_says_so(
        self, application, officers, client, state
    ):
        client.force_login(officers[0])
        url = reverse("application:status", args=[application.pk])

        page = client.post(url, {"state": state, "version": "1"}, follow=True)

        assert page.status_code == 200
        assert "this state is gone" in page.content.decode()

    def test_of_two_officers_at_once_the_second_is_told_who_did_what(
        self, application, officers
    ):
        pressed(officers[0], application, "accepted")

        html = pressed(officers[1], application, "declined").content.decode()

        assert "Ada Curlew changed it on" in html
        assert "Moved from “Received” to “Accepted”" in html
        assert Application.objects.get().status == "accepted"

    def test_by_two_presses_of_one_button_is_one_move(self, application, officers):
        pages = [pressed(officers[0], application, "accepted") for _ in range(2)]

        for page in pages:
            assert "was not changed" not in page.content.decode()
        assert ApplicationLogEntry.objects.filter(action=MOVED).count() == 1

    @pytest.mark.django_db(transaction=True)
    def test_by_two_at_the_same_moment_happens_once(self, application, officers):
        form = application.definition.page

        def try_to(user, status):
            try:
                move(application, usual(form, status), by=user, seen_version=1)
            except Outdated:
                return "refused"
            return status

        done = at_once(
            lambda: try_to(officers[0], "accepted"),
            lambda: try_to(officers[1], "declined"),
        )

        assert sorted(done)[-1] == "refused"
        assert Application.objects.get().status in done
        assert ApplicationLogEntry.objects.filter(action=MOVED).count() == 1


class TestTakingBack:
    def test_restores_state_and_day_and_is_logged(
        self, application, officers, interview
    ):
        move(application, interview, by=officers[0], seen_version=1)
        since = Application.objects.get().state_since
        accepted = usual(application.definition.page, "accepted")
        move(application, accepted, by=officers[0], seen_version=2)

        undo(application, by=officers[1], seen_version=3)

        stored = Application.objects.get()
        assert (stored.state, stored.state_since) == (interview, since)
        assert stored.version == 4
        entry = ApplicationLogEntry.objects.filter(action=MOVED).latest("number")
        assert entry.message == ("Took back “Accepted”: it is “Second interview” again")

    def test_goes_back_once_and_not_from_what_was_not_seen(self, application, officers):
        accepted = usual(application.definition.page, "accepted")
        move(application, accepted, by=officers[0], seen_version=1)
        with pytest.raises(Outdated):
            undo(application, by=officers[0], seen_version=1)
        undo(application, by=officers[0], seen_version=2)

        with pytest.raises(NothingToUndo):
            undo(application, by=officers[0], seen_version=3)

    def test_is_one_click_in_the_message_and_on_the_page(self, application, officers):
        page = pressed(officers[0], application, "accepted")
        html = page.content.decode()
        address = reverse("application:undo", args=[application.pk])
        assert html.count('form="undo-move"') == 1
        assert f'<form id="undo-move" action="{address}"' in html
        browser = Client(headers={"host": "localhost"})
        browser.force_login(officers[0])

        after = browser.post(address, {"version": "2"}, follow=True).content.decode()

        assert "is again in the state “Received”." in after
        assert 'id="undo-move"' not in after


class TestNews:
    def test_reaches_the_applicant_by_a_link_without_contents(
        self, application, officers, commits
    ):
        accepted = usual(application.definition.page, "accepted")
        with commits():
            move(application, accepted, by=officers[0], seen_version=1)

        (message,) = mail.outbox
        assert message.to == ["ada@example.org"]
        assert links_in(message)
        for secret in ("Accepted", "accepted", "Quillfeather", "Apply for"):
            assert secret not in str(message.message())

    @pytest.mark.usefixtures("queue")
    def test_waits_for_a_pause_and_is_that_of_the_last_state(
        self, application, officers
    ):
        run_queued()
        mail.outbox.clear()
        form = application.definition.page
        move(application, usual(form, "accepted"), by=officers[0], seen_version=1)
        undo(application, by=officers[0], seen_version=2)
        move(application, usual(form, "declined"), by=officers[0], seen_version=3)
        run_queued()
        assert not mail.outbox

        soon = timezone.now() - timedelta(minutes=1)
        waiting = DBTaskResult.objects.filter(task_path=tell_of_news.module_path)
        assert waiting.count() == 2
        assert all(each.run_after > timezone.now() for each in waiting)
        waiting.update(run_after=soon)
        run_queued()

        assert len(mail.outbox) == 1

    def test_of_one_move_is_sent_once(self, application, officers, commits):
        accepted = usual(application.definition.page, "accepted")
        with commits():
            moved = move(application, accepted, by=officers[0], seen_version=1)
        with commits():
            tell_of_news.call(str(moved.pk), moved.state_since.isoformat())

        assert len(mail.outbox) == 1

    def test_that_was_told_and_taken_back_is_told_again(
        self, application, officers, commits
    ):
        accepted = usual(application.definition.page, "accepted")
        with commits():
            move(application, accepted, by=officers[0], seen_version=1)
        with commits():
            undo(application, by=officers[0], seen_version=2)

        assert len(mail.outbox) == 2

    @pytest.mark.parametrize("reason", ["spam", "no address", "withdrawn"])
    def test_is_not_sent(self, application, officers, commits, reason):
        accepted = usual(application.definition.page, "accepted")
        moved = move(application, accepted, by=officers[0], seen_version=1)
        if reason == "spam":
            Application.objects.update(suspicion="fast")
        elif reason == "withdrawn":
            acts.withdraw(application)
        else:
            Answer.objects.filter(question=IDS["email"]).delete()

        with commits():
            tell_of_news.call(str(moved.pk), moved.state_since.isoformat())

        assert not mail.outbox


def test_a_release_before_reads_and_writes_states_it_knows(application, officers):
    with connection.cursor() as cursor:
        cursor.execute("SELECT status FROM applications_application")
        assert cursor.fetchall() == [("new",)]
        cursor.execute("UPDATE applications_application SET status = 'archived'")

    assert Application.objects.filter(status="closed").exists()
    stored = Application.objects.get()
    assert stored.status == "closed"
    stored.save()
    assert list(Application.objects.values_list("status", flat=True)) == ["closed"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT status FROM applications_application")
        assert cursor.fetchall() == [("archived",)]
