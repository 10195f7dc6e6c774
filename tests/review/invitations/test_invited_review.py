"""The page on which somebody without an account reviews one draft."""

import logging
import re
from contextlib import suppress
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from config.log_filters import TokensStruckOut
from django.contrib.auth.models import Group
from django.core import mail
from django.core.management import call_command
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageLogEntry, TaskState

from articles.models.article_page import ArticlePage
from core.models import OutgoingMail
from core.persons.person import EMAIL, Person, name
from core.publishing.gate import PublishBlocked
from review.models import ChecklistItem, CredentialCheck, Invitation, ReviewRecord
from review.models.invitations import LINK_LIFETIME, TRIES
from review.models.reviewers import checked_credential
from review.personal_data import Invitations
from tests.helpers.at_once import at_once
from tests.helpers.factories import UserFactory
from tests.helpers.factories_review import answers, approve, latest, review_workflow

from .conftest import ADDRESS

pytestmark = pytest.mark.django_db


def code_of(client, link):
    """Have a code mailed, and return it."""
    sent = len(mail.outbox)
    assert client.post(link, {"act": "code"}).status_code == 200
    (message,) = mail.outbox[sent:]
    assert message.to == [ADDRESS]
    return re.search(r"\b\d{6}\b", message.body)[0]


def decide(client, link, page, act="approve", code=None, **changed):
    code = code or code_of(client, link)
    data = {**answers(page), "act": act, "code": code, **changed}
    return client.post(link, data)


class TestTheLink:
    def test_shows_the_draft_as_its_readers_would_see_it(self, client, submitted, link):
        html = client.get(f"{link}page/").content.decode()

        assert "<h1" in html
        assert "Rest and work" in html
        assert client.get(submitted.url).status_code == 404

    def test_shows_the_version_that_was_sent_and_tells_of_a_change(
        self, client, submitted, link
    ):
        draft = latest(submitted)
        draft.standfirst = "Twice the dose."
        draft.save_revision(user=UserFactory())

        page = client.get(link).content.decode()
        assert "has been changed since we invited you" in page
        assert 'value="approve"' not in page
        assert "Twice the dose." not in client.get(f"{link}page/").content.decode()

    def test_uses_nothing_up_when_it_is_followed(self, client, link):
        before = Invitation.objects.values().get()

        for method in (client.get, client.head):
            for path in (link, f"{link}page/"):
                assert method(path).status_code == 200

        assert Invitation.objects.values().get() == before
        assert not mail.outbox

    @pytest.mark.parametrize("path", ["", "page/"])
    def test_is_kept_by_no_cache_and_no_search(self, client, link, path):
        response = client.get(f"{link}{path}")

        assert "no-store" in response["Cache-Control"]
        assert "private" in response["Cache-Control"]
        assert "noindex" in response["X-Robots-Tag"]

    def test_answers_the_same_whether_guessed_ended_expired_or_replaced(
        self, client, submitted, guest, inviter, link, at
    ):
        state = submitted.current_workflow_task_state
        guessed = client.get("/review/with/guessed/")
        Invitation.objects.issue(submitted, state, guest, ADDRESS, inviter)
        replaced = client.get(link)
        _it, token = Invitation.objects.issue(submitted, state, guest, ADDRESS, inviter)
        late = timezone.now() + LINK_LIFETIME + timedelta(minutes=1)
        at(late)
        expired = client.get(f"/review/with/{token}/")
        at(late - timedelta(days=2))
        Invitation.objects.get(revoked_at=None).end()
        ended = client.get(f"/review/with/{token}/page/")

        assert guessed.status_code == 410
        for other in (replaced, expired, ended):
            assert (other.status_code, other.content) == (410, guessed.content)

    def test_ends_when_an_account_decides_first(
        self, client, submitted, reviewer, link
    ):
        approve(submitted, reviewer)

        assert client.get(link).status_code == 410

    def test_stands_in_no_log(self):
        record = logging.makeLogRecord({"msg": "Bad: /review/with/secret/page/"})
        TokensStruckOut().filter(record)

        assert "secret" not in record.getMessage()

    def test_keeps_the_address_encrypted(self, link):
        with connection.cursor() as cursor:
            cursor.execute("SELECT * FROM review_invitation")
            stored = str(cursor.fetchall())

        assert "grace" not in stored
        assert "grace" not in str(Invitation.objects.get())


@pytest.mark.usefixtures("commits")
class TestApproving:
    def test_writes_the_record_and_moves_the_workflow_on(
        self, client, submitted, guest, inviter, link
    ):
        response = decide(client, link, submitted, changes="A dose was corrected.")

        assert (response.status_code, response["Location"]) == (303, "/review/thanks/")
        record = ReviewRecord.objects.get()
        assert (record.person, record.reviewer) == (guest, None)
        assert record.invited_by == inviter
        assert record.name == "Grace Hill"
        assert record.changes == "A dose was corrected."
        assert record.checklist == [each.text for each in ChecklistItem.objects.all()]
        page = ArticlePage.objects.get(pk=submitted.pk)
        assert page.current_workflow_task_state.task.name == "Approval by Moderators"
        assert client.get(link).status_code == 410
        assert client.get("/review/thanks/").status_code == 200

    def test_publishes_where_it_is_the_last_step(
        self, client, article, index, editor, guest, inviter
    ):
        review_workflow(index).start(article, editor)
        state = ArticlePage.objects.get(pk=article.pk).current_workflow_task_state
        _it, token = Invitation.objects.issue(article, state, guest, ADDRESS, inviter)

        decide(client, f"/review/with/{token}/", article)

        shown = client.get(ArticlePage.objects.get(pk=article.pk).url)
        assert "Grace Hill" in shown.content.decode()

    def test_needs_the_code(self, client, submitted, link):
        code = code_of(client, link)
        wrong = f"{(int(code) + 1) % 10**6:06}"

        for given in ("", "12", wrong, "\0", "9" * 50):
            response = client.post(
                link, {**answers(submitted), "act": "approve", "code": given}
            )
            assert response.status_code == 422
        assert not ReviewRecord.objects.exists()

    def test_takes_no_code_after_five_wrong_ones_or_ten_minutes(
        self, client, submitted, link, at
    ):
        now = timezone.now()
        code = code_of(client, link)
        wrong = f"{(int(code) + 1) % 10**6:06}"
        at(now + timedelta(minutes=11))
        assert decide(client, link, submitted, code=code).status_code == 422
        at(now)
        for _ in range(TRIES):
            decide(client, link, submitted, code=wrong)

        assert decide(client, link, submitted, code=code).status_code == 422
        assert not ReviewRecord.objects.exists()

    def test_keeps_no_code_that_can_be_read(self, client, link):
        code = code_of(client, link)

        assert code not in str(Invitation.objects.values().get())

    def test_keeps_what_was_typed_when_a_code_is_asked_for(
        self, client, submitted, link
    ):
        typed = {**answers(submitted, changes="Dose corrected."), "act": "code"}

        html = client.post(link, {**typed, "comment": "Nothing."}).content.decode()

        assert "Dose corrected." in html
        assert "Nothing." in html
        form = BeautifulSoup(html, "html.parser").select_one("main form")
        assert len(form.select("input[checked]")) == ChecklistItem.objects.count() + 1

    def test_asks_for_every_item_of_the_checklist(self, client, submitted, link):
        data = {k: v for k, v in answers(submitted).items() if "item_" not in k}

        response = client.post(
            link, {**data, "act": "approve", "code": code_of(client, link)}
        )

        assert response.status_code == 422
        assert "Tick this" in response.content.decode()
        assert not ReviewRecord.objects.exists()

    def test_is_refused_for_words_that_nobody_was_shown(self, client, submitted, link):
        code = code_of(client, link)
        draft = latest(submitted)
        draft.standfirst = "Twice the dose."
        draft.save_revision(user=UserFactory())

        response = decide(client, link, submitted, code=code)

        assert "has been changed since" in response.content.decode()
        assert not ReviewRecord.objects.exists()

    def test_is_refused_once_the_inviter_has_changed_the_page(
        self, client, submitted, inviter, link
    ):
        draft = latest(submitted)
        draft.standfirst = "Of the inviter."
        draft.save_revision(user=inviter)
        # The link is to this version, as if it had been sent before it was known.
        Invitation.objects.update(revision=latest(submitted).latest_revision)

        html = client.get(link).content.decode()
        decide(client, link, submitted)

        assert "made the last change to the page cannot invite" in html
        assert not ReviewRecord.objects.exists()

    def test_is_refused_once_the_credential_is_no_longer_checked(
        self, client, submitted, guest, link
    ):
        CredentialCheck.objects.all().delete()

        assert decide(client, link, submitted).status_code == 422
        assert "No clinical credential" in client.get(link).content.decode()

    def test_says_in_the_history_that_somebody_invited_did_it(
        self, client, submitted, link
    ):
        decide(client, link, submitted)

        entry = PageLogEntry.objects.get(action="review.invitation_answered")
        assert ReviewRecord.objects.get().pk
        assert "invited reviewer has approved" in entry.message
        assert "Grace" not in str(entry.data)

    def test_forgets_the_address(self, client, submitted, link):
        decide(client, link, submitted)

        assert str(Invitation.objects.get().email) == ""
        waiting = OutgoingMail.objects.all()
        assert not any(ADDRESS in str(each.message) for each in waiting)


@pytest.mark.usefixtures("commits")
class TestRequestingChanges:
    def test_sends_the_page_back_with_the_comment(self, client, submitted, link):
        decide(client, link, submitted, act="changes", comment="Wrong dose.")

        state = TaskState.objects.get(workflow_state__object_id=str(submitted.pk))
        assert state.status == TaskState.STATUS_REJECTED
        assert state.comment == "Grace Hill: Wrong dose."
        assert not ReviewRecord.objects.exists()

    def test_needs_a_comment_and_the_code(self, client, submitted, link):
        code = code_of(client, link)
        for typed in ({"comment": "", "code": code}, {"comment": "No.", "code": ""}):
            response = client.post(link, {"act": "changes", **typed})
            assert response.status_code == 422
        state = TaskState.objects.get(workflow_state__object_id=str(submitted.pk))
        assert state.status == TaskState.STATUS_IN_PROGRESS


@pytest.mark.usefixtures("commits")
class TestWhoMayInvite:
    def url(self, page):
        return reverse("review_invitations", args=[page.pk])

    def invite(self, client, page, person, email=ADDRESS):
        data = {"act": "invite", "person": person.pk, "email": email}
        return client.post(self.url(page), data)

    def test_whoever_has_the_permission(self, client, submitted, guest, inviter):
        client.force_login(inviter)
        edit = reverse("wagtailadmin_pages:edit", args=[submitted.pk])
        assert self.url(submitted) in client.get(edit).content.decode()

        assert self.invite(client, submitted, guest).status_code == 302

        (message,) = [m for m in mail.outbox if m.to == [ADDRESS]]
        path = re.search(r"/review/with/\S+/", message.body)[0]
        assert client.get(path).status_code == 200
        listed = client.get(self.url(submitted)).content.decode()
        assert "g…@example.org" in listed
        assert ADDRESS not in listed
        assert "Waiting for an answer" in listed

    def test_not_an_editor(self, client, submitted, guest, editor):
        editor.groups.add(Group.objects.get(name="Editors"))
        client.force_login(editor)

        assert client.get(self.url(submitted)).status_code == 302
        self.invite(client, submitted, guest)
        assert not Invitation.objects.exists()

    @pytest.mark.parametrize("how", ["owner", "editor", "checker"])
    def test_not_the_author_the_last_editor_or_the_checker(
        self, client, submitted, guest, inviter, how
    ):
        if how == "owner":
            ArticlePage.objects.filter(pk=submitted.pk).update(owner=inviter)
        elif how == "editor":
            draft = latest(submitted)
            draft.standfirst = "Of the inviter."
            draft.save_revision(user=inviter)
        else:
            CredentialCheck.objects.update(checked_by=inviter)
        client.force_login(inviter)

        response = self.invite(client, submitted, guest)

        assert response.status_code == 422
        assert "omebody else" in response.content.decode()
        assert not Invitation.objects.exists()

    def test_not_at_the_address_of_an_account(self, client, submitted, guest, inviter):
        inviter.email = "me@example.org"
        inviter.save()
        client.force_login(inviter)

        response = self.invite(client, submitted, guest, "ME@example.org")

        assert "address of an account" in response.content.decode()
        assert not Invitation.objects.exists()

    def test_nobody_who_has_an_account(self, client, submitted, reviewer, inviter):
        client.force_login(inviter)

        self.invite(client, submitted, reviewer.reviewer.person)

        assert not Invitation.objects.exists()

    def test_ends_and_sends_again(self, client, submitted, guest, inviter):
        client.force_login(inviter)
        self.invite(client, submitted, guest)
        first = Invitation.objects.get()

        client.post(self.url(submitted), {"act": "again", "invitation": first.pk})
        second = Invitation.objects.usable().get()
        assert second.pk != first.pk
        assert str(second.email) == ADDRESS
        client.post(self.url(submitted), {"act": "end", "invitation": second.pk})
        assert not Invitation.objects.usable().exists()
        for key in ("", "x", "\0", first.pk):
            for act in ("again", "end", "odd"):
                data = {"act": act, "invitation": key}
                assert client.post(self.url(submitted), data).status_code == 302


class TestForgetting:
    def test_an_address_is_forgotten_when_the_link_has_expired(self, link, at):
        call_command("remind_of_reviews")
        assert str(Invitation.objects.get().email) == ADDRESS
        at(timezone.now() + LINK_LIFETIME + timedelta(minutes=1))
        call_command("remind_of_reviews")

        assert str(Invitation.objects.get().email) == ""

    def test_an_address_is_found_and_erased(self, link):
        (item,) = Invitations().find(Person(frozenset({name(EMAIL, ADDRESS)})))

        assert ADDRESS in str(Invitations().export(item).rows)
        assert Invitations().erase(item)
        assert not Invitation.objects.exists()


def test_a_credential_checked_by_whoever_entered_the_reviewer_does_not_count(reviewer):
    person = reviewer.reviewer.person
    checker = UserFactory()
    CredentialCheck.objects.update(checked_by=checker)
    assert checked_credential(person)

    reviewer.reviewer.entered_by = checker
    reviewer.reviewer.save()

    assert checked_credential(person) is None


@pytest.mark.django_db(transaction=True)
def test_of_an_account_and_a_guest_at_once_one_writes_a_record(
    client, submitted, reviewer, link
):
    code = code_of(client, link)
    given = answers(submitted)
    state = submitted.current_workflow_task_state

    def as_guest():
        client.post(link, {**given, "act": "approve", "code": code})

    def as_account():
        with suppress(PublishBlocked):
            state.task.specific.on_action(state, reviewer, "approve", **given)

    at_once(as_guest, as_account)

    assert ReviewRecord.objects.count() == 1
