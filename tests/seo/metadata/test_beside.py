"""An SEO specialist publishes metadata while an editor is at work on the page."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone
from wagtail.models import (
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
from core.publishing.metadata.beside import publish_beside
from core.publishing.versions import content
from home.roles import ADMISSIONS, EDITORS, MODERATORS, SEO_SPECIALISTS
from seo.metadata.changes import entries, newest
from tests.helpers.factories import UserFactory
from tests.helpers.page_form import edit_url, posted

PUBLISH = {"action-publish": "1"}


@pytest.fixture
def draft(article):
    """An editor's draft of other text."""
    draft = article.get_latest_revision_as_object()
    draft.title = "Not approved yet"
    return draft.save_revision(user=UserFactory())


def publish(client, article, **fields):
    fields = {"slug": article.slug, **fields}
    return client.post(edit_url(article), posted(**fields, **PUBLISH), follow=True)


def now(article):
    return ArticlePage.objects.get(pk=article.pk)


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

        publish(log_in(SEO_SPECIALISTS), article, seo_title="Found better")

        alias = ArticlePage.objects.get(pk=alias.pk)
        assert (alias.title, alias.seo_title) == ("As written", "Found better")

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


class TestTwoAtOnce:
    def test_an_open_form_does_not_undo_what_was_published(self, log_in, article):
        """Its editor has not touched the field, and is not interrupted."""
        seen = newest(article.pk)
        publish_beside(article.pk, {"robots_index": "no"}, UserFactory())
        version = now(article).get_latest_revision()

        log_in(EDITORS).post(
            edit_url(article),
            posted(
                level="2",
                text="Mine",
                slug=article.slug,
                loaded_revision_id=version.pk,
                loaded_revision_created_at=version.created_at.isoformat(),
                **{"metadata-seen": seen},
            ),
        )

        draft = now(article).get_latest_revision_as_object()
        assert draft.title == "Posted"
        assert draft.robots_index == "no"

    def test_a_field_that_both_have_changed_is_asked_about_once(self, log_in, article):
        ada = UserFactory(username="ada")
        publish_beside(article.pk, {"seo_title": "Hers"}, ada)
        client = log_in(MODERATORS)
        fields = {"level": "2", "slug": article.slug, "seo_title": "Mine"}

        first = publish(client, article, **fields, **{"metadata-seen": "0"})
        kept = now(article).seo_title
        again = newest(article.pk)
        publish(client, article, **fields, **{"metadata-seen": again})

        assert "ada has published another value here" in first.content.decode()
        assert f'name="metadata-seen" value="{again}"' in first.content.decode()
        assert 'value="Mine"' in first.content.decode()
        assert (kept, now(article).seo_title) == ("Hers", "Mine")

    @pytest.mark.parametrize("seen", ["", "x", "9" * 30, "²"])
    def test_a_forged_number_is_no_error(self, log_in, article, seen):
        publish_beside(article.pk, {"seo_title": "Hers"}, UserFactory())

        publish(log_in(MODERATORS), article, level="2", **{"metadata-seen": seen})

        assert now(article).title == "Posted"


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


class TestUrgently:
    def url(self, page):
        return reverse("search_visibility", args=[page.pk])

    def test_is_hidden_from_search_by_one_button(self, log_in, client, article, draft):
        specialist = log_in(SEO_SPECIALISTS)
        html = specialist.get(edit_url(article)).content.decode()
        asked = specialist.get(self.url(article)).content.decode()

        specialist.post(self.url(article), {"hide": "1"})

        assert self.url(article) in html
        assert "Hide from search engines now" in asked
        client.logout()
        assert 'content="noindex"' in client.get(article.url).content.decode()
        after = now(article)
        assert after.title == "As written"
        assert after.get_latest_revision_as_object().robots_index == "no"
        assert after.get_latest_revision() == draft

    def test_keeps_the_rules_of_a_version_from_before_they_were_inherited(
        self, article, draft
    ):
        old = {k: v for k, v in draft.content.items() if not k.startswith("robots_")}
        old |= {"robots_nofollow": True, "robots_nosnippet": True}
        Revision.objects.filter(pk=draft.pk).update(content=old)

        publish_beside(article.pk, {"robots_index": "no"}, UserFactory())

        version = Revision.objects.get(pk=draft.pk).as_object()
        assert version.robots == "noindex, nofollow, nosnippet"
        assert version.robots_branch is False

    def test_and_shown_again(self, log_in, article):
        publish_beside(article.pk, {"robots_index": "no"}, UserFactory())

        log_in(SEO_SPECIALISTS).post(self.url(article), {"hide": "0"})

        assert now(article).robots_index == ""

    @pytest.mark.parametrize("role", [EDITORS, ADMISSIONS])
    def test_not_by_those_who_publish_nothing(self, log_in, article, role):
        log_in(role).post(self.url(article), {"hide": "1"})

        assert now(article).robots_index == ""

    def test_not_what_nobody_sees(self, log_in, article, root):
        article.unpublish()
        client = log_in(SEO_SPECIALISTS)

        assert client.post(self.url(article), {"hide": "1"}).status_code == 404
        assert client.get(self.url(root)).status_code == 404


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
