"""An SEO specialist publishes metadata while an editor is at work on the page."""

from datetime import timedelta
from types import SimpleNamespace
from unittest.mock import patch

from django.contrib.auth.models import Group
from django.utils import timezone
from wagtail.models import (
    Comment,
    GroupApprovalTask,
    Page,
    PageLogEntry,
    Revision,
    Task,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from articles.models import ArticlePage
from core.publishing import gate
from core.publishing.metadata.beside import publish_beside
from core.publishing.versions import content
from home.roles import EDITORS, MODERATORS, SEO_SPECIALISTS
from seo.metadata.changes import entries
from tests.helpers.factories import UserFactory
from tests.helpers.page_form import edit_url, posted
from tests.seo.metadata.publishing import now, publish


class TestDraft:
    def test_keeps_its_content_and_takes_the_metadata(self, log_in, article, draft):
        live, kept = content(now(article)), content(draft.as_object())

        answer = publish(
            log_in(SEO_SPECIALISTS),
            article,
            seo_title="Found better",
            robots_index="no",
            text="Forged",
        )

        after = now(article)
        version = after.get_latest_revision()
        changed = {"seo_title", "robots_index"}
        assert "Its text is as it was" in answer.content.decode()
        assert version.pk == draft.pk
        assert after.has_unpublished_changes
        assert (after.seo_title, after.robots_index) == ("Found better", "no")
        for before, page in ((live, after), (kept, version.as_object())):
            said = content(page)
            differing = {name for name in said if said[name] != before[name]}
            assert differing == changed, [(before[n], said[n]) for n in differing]

    def test_goes_live_later_with_the_metadata(self, log_in, article, draft):
        publish(log_in(SEO_SPECIALISTS), article, seo_title="Found better")

        Revision.objects.get(pk=draft.pk).publish()

        after = now(article)
        assert (after.title, after.seo_title) == ("Not approved yet", "Found better")

    def test_of_another_address_is_told_at_the_field(self, log_in, article, draft):
        answer = publish(log_in(SEO_SPECIALISTS), article, slug="elsewhere")

        assert "The address changes together with the page" in answer.content.decode()
        assert now(article).slug == "as-written"
        assert now(article).get_latest_revision() == draft

    def test_is_shown_to_her_with_a_word(self, log_in, article, draft):
        html = log_in(SEO_SPECIALISTS).get(edit_url(article)).content.decode()

        assert "Somebody else is at work on this page" in html

    def test_takes_the_metadata_of_the_newest_version_of_an_alias(
        self, log_in, article, draft, home
    ):
        alias = article.create_alias(parent=home, update_slug="alias")
        before = now(alias).title

        publish(log_in(SEO_SPECIALISTS), article, seo_title="Found better")

        alias = ArticlePage.objects.get(pk=alias.pk)
        assert (alias.title, alias.seo_title) == (before, "Found better")

    def test_leaves_an_unpublished_alias_unpublished(
        self, log_in, article, draft, home
    ):
        alias = article.create_alias(parent=home, update_slug="alias")
        alias.unpublish()

        publish(log_in(SEO_SPECIALISTS), article, seo_title="Found better")

        alias = ArticlePage.objects.get(pk=alias.pk)
        assert (alias.live, alias.seo_title) == (False, "Found better")

    def test_is_not_overwritten_by_autosave(self, log_in, article, draft):
        client = log_in(SEO_SPECIALISTS)

        answer = client.post(
            edit_url(article),
            posted(slug=article.slug, seo_title="Half typ"),
            HTTP_ACCEPT="application/json",
        )

        assert answer.status_code == 400
        assert "nothing is saved by itself" in answer.json()["error_message"]
        assert now(article).get_latest_revision() == draft

    def test_keeps_its_dates_for_itself(self, log_in, article):
        dated = article.get_latest_revision_as_object()
        dated.expire_at = timezone.now() + timedelta(days=1)
        dated.save_revision(user=UserFactory())

        publish(log_in(SEO_SPECIALISTS), article, seo_title="Found better")

        assert (now(article).seo_title, now(article).expire_at) == (
            "Found better",
            None,
        )

    def test_comments_typed_beside_are_kept(self, log_in, article, draft):
        comment = {
            "comments-TOTAL_FORMS": "1",
            "comments-0-contentpath": "seo_title",
            "comments-0-text": "Is this right?",
            "comments-0-position": "",
            "comments-0-resolved": "",
            "comments-0-id": "",
            "comments-0-DELETE": "",
            "comments-0-replies-TOTAL_FORMS": "0",
            "comments-0-replies-INITIAL_FORMS": "0",
        }
        client = log_in(SEO_SPECIALISTS)

        publish(client, article, seo_title="Found better", **comment)

        kept = Comment.objects.get(page=article)
        assert (kept.text, kept.user) == ("Is this right?", client.user)
        assert now(article).seo_title == "Found better"

    def test_with_invalid_metadata_publishes_nothing(self, log_in, article, draft):
        answer = publish(
            log_in(SEO_SPECIALISTS), article, canonical_url="no address", seo_title="A"
        )

        assert "Enter a valid URL" in answer.content.decode()
        assert now(article).seo_title == ""


class TestLock:
    def test_is_for_content_and_stands(self, log_in, article):
        article.locked, article.locked_by = True, UserFactory()
        article.save()
        client = log_in(SEO_SPECIALISTS)

        html = client.get(edit_url(article)).content.decode()
        publish(client, article, search_description="New words.", text="Forged")

        assert "Publish metadata" in html
        after = now(article)
        assert after.search_description == "New words."
        assert after.locked
        assert after.title == "As written"

    def test_keeps_an_editor_out_still(self, log_in, article):
        article.locked, article.locked_by = True, UserFactory()
        article.save()

        publish(log_in(MODERATORS), article, search_description="New words.")

        assert now(article).search_description == ""


class TestApproval:
    def test_goes_on_and_publishes_the_metadata(self, log_in, article, draft):
        Task.objects.all().delete()
        workflow = Workflow.objects.create(name="Approval")
        task = GroupApprovalTask.objects.create(name="Moderators approve")
        client = log_in(SEO_SPECIALISTS)
        task.groups.add(Group.objects.get(name=MODERATORS))
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
        WorkflowPage.objects.create(workflow=workflow, page=article.get_parent())
        state = workflow.start(now(article), UserFactory())

        publish(client, article, seo_title="Found better")
        state.refresh_from_db()
        between = now(article)
        state.current_task_state.approve(user=UserFactory(is_superuser=True))

        assert state.status == state.STATUS_IN_PROGRESS
        assert (between.title, between.seo_title) == ("As written", "Found better")
        after = now(article)
        assert (after.title, after.seo_title) == ("Not approved yet", "Found better")


class TestSchedule:
    def test_stays_and_takes_the_metadata(self, log_in, article):
        tomorrow = article.get_latest_revision_as_object()
        tomorrow.title = "Of tomorrow"
        tomorrow.go_live_at = timezone.now() + timedelta(days=1)
        version = tomorrow.save_revision()
        version.publish()

        publish(log_in(SEO_SPECIALISTS), article, seo_title="Found better")

        version.refresh_from_db()
        after = now(article)
        assert (after.title, after.seo_title) == ("As written", "Found better")
        assert after.scheduled_revision == version
        assert version.as_object().title == "Of tomorrow"
        assert version.as_object().seo_title == "Found better"
        assert version.as_object().go_live_at


class TestPublishedText:
    def test_with_a_problem_of_its_own_stops_no_metadata(self, log_in, article):
        """Time brings problems that only an editor can solve."""
        ArticlePage.objects.filter(pk=article.pk).update(
            body=[{"type": "heading", "value": {"text": "Deep", "level": "4"}}]
        )
        page = now(article)
        version = page.get_latest_revision()
        version.content = page.serializable_data()
        version.save()

        publish(log_in(SEO_SPECIALISTS), article, seo_title="Found better")

        assert now(article).seo_title == "Found better"


class TestReason:
    def test_of_an_editor_answers_nothing_new(self, log_in, article):
        """Who cannot give a reason publishes no new warning under an old one."""
        page = article.get_latest_revision_as_object()
        page.override_reason, page.answered_problems = "Agreed.", ["old:body"]
        page.save_revision().publish()
        problem = gate.Problem("new", "warn", "Is that a patient?", "social_title")
        rule = SimpleNamespace(
            code="new", title="New", level="warn", problems=lambda page: [problem]
        )

        with patch.dict(gate._rules, {"new": rule}):
            answer = publish(log_in(SEO_SPECIALISTS), article, social_title="Ada L.")

        assert "Is that a patient?" in answer.content.decode()
        assert now(article).social_title == ""
        assert now(article).answered_problems == ["old:body"]


class TestInherited:
    def test_is_a_change_though_the_text_stands_beside_the_switch(
        self, log_in, article
    ):
        form_class = ArticlePage.get_edit_handler().get_form_class()
        article.seo_title = "Own"
        form = form_class(
            posted(seo_title="Own", **{"seo_title-source": "inherited"}),
            instance=article,
            for_user=log_in(EDITORS).user,
        )

        form.full_clean()

        assert "seo_title" in form.changed_data
        assert article.seo_title == ""


def test_the_rules_of_a_version_from_before_they_were_inherited_stay(article, draft):
    old = {k: v for k, v in draft.content.items() if not k.startswith("robots_")}
    old |= {"robots_nofollow": True, "robots_nosnippet": True}
    Revision.objects.filter(pk=draft.pk).update(content=old)

    publish_beside(article.pk, {"robots_index": "no"}, UserFactory())

    version = Revision.objects.get(pk=draft.pk).as_object()
    assert version.robots == "noindex, nofollow, nosnippet"
    assert version.robots_branch is False


def test_what_changes_nothing_leaves_no_trace(article):
    before = PageLogEntry.objects.count()

    assert publish_beside(article.pk, {"seo_title": ""}, UserFactory()) == []
    assert PageLogEntry.objects.count() == before
    assert not entries().exists()


def test_a_page_without_versions_is_changed_too(article):
    Page.objects.filter(pk=article.pk).update(latest_revision=None, live_revision=None)
    Revision.objects.all().delete()

    assert publish_beside(article.pk, {"seo_title": "A"}, None) == ["seo_title"]
    assert now(article).seo_title == "A"
