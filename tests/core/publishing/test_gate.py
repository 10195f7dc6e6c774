"""The publish gate at every door through which a page can go live."""

import json
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Revision

from articles.models.article_page import ArticlePage
from core.publishing.gate import PublishBlocked, publishing_problems
from tests.helpers.factories import ArticleIndexPageFactory, ArticlePageFactory
from tests.helpers.page_form import (
    BAD,
    GOOD,
    SENTENCE,
    add_url,
    edit_url,
    posted,
    raw,
)


@pytest.fixture
def index(home):
    return ArticleIndexPageFactory(parent=home)


@pytest.fixture
def draft(index):
    """A draft with a problem, never published."""
    page = ArticlePageFactory(parent=index, live=False, title="Draft", body=BAD)
    page.save_revision()
    return page


@pytest.fixture
def live(index):
    """A live page whose latest draft has a problem."""
    page = ArticlePageFactory(parent=index, title="Live", body=GOOD)
    page.body = BAD
    page.save_revision()
    return ArticlePage.objects.get(pk=page.pk)


@pytest.fixture
def admin(log_in):
    return log_in(None)


def is_live_with(page, text):
    page = ArticlePage.objects.get(pk=page.pk)
    return page.live and text in str(page.body)


class TestDraftsAlwaysPass:
    def test_saving_a_draft(self, admin, live):
        response = admin.post(edit_url(live), posted(text="Another draft"))

        assert response.status_code == 302
        latest = ArticlePage.objects.get(pk=live.pk).get_latest_revision_as_object()
        assert latest.body[0].value["text"] == "Another draft"

    def test_autosaving(self, admin, live):
        response = admin.post(
            edit_url(live),
            posted(text="Autosaved"),
            headers={"accept": "application/json"},
        )

        assert response.json()["success"] is True
        assert SENTENCE in response.json()["html"]

    def test_creating_a_draft(self, admin, index):
        assert admin.post(add_url(index), posted()).status_code == 302
        assert ArticlePage.objects.filter(title="Posted", live=False).exists()

    def test_submitting_for_moderation(self, log_in, live, workflow):
        editor = log_in("Editors")

        response = editor.post(edit_url(live), posted(**{"action-submit": "1"}))

        assert response.status_code == 302
        assert live.current_workflow_state


class TestForm:
    def test_publishing_puts_the_problem_under_its_block_and_keeps_the_text(
        self, admin, live
    ):
        response = admin.post(
            edit_url(live), posted(text="Kept words", **{"action-publish": "1"})
        )

        assert response.status_code == 200
        html = response.content.decode()
        assert SENTENCE in html
        assert "Kept words" in html
        form = response.context["form"]
        assert 0 in form.errors.as_data()["body"][0].block_errors
        assert is_live_with(live, "Just right")

    def test_creating_and_publishing_at_once_keeps_the_text(self, admin, index):
        response = admin.post(
            add_url(index), posted(text="Kept words", **{"action-publish": "1"})
        )

        assert response.status_code == 200
        assert "Kept words" in response.content.decode()
        assert not ArticlePage.objects.filter(title="Posted").exists()

    @pytest.mark.parametrize("door", ["edit", "create"])
    def test_scheduling(self, admin, live, index, door):
        url = edit_url(live) if door == "edit" else add_url(index)
        tomorrow = timezone.localtime() + timedelta(days=1)

        response = admin.post(
            url,
            posted(
                **{
                    "action-publish": "1",
                    "go_live_at": tomorrow.strftime("%Y-%m-%d %H:%M"),
                }
            ),
        )

        assert response.status_code == 200
        assert SENTENCE in response.content.decode()
        assert not Revision.objects.filter(approved_go_live_at__isnull=False).exists()

    def test_a_page_without_problems_goes_live(self, admin, live):
        response = admin.post(
            edit_url(live), posted(level="2", text="Fine", **{"action-publish": "1"})
        )

        assert response.status_code == 302
        assert is_live_with(live, "Fine")


class TestCode:
    def test_publishing_a_revision(self, live):
        with pytest.raises(PublishBlocked, match=SENTENCE):
            live.get_latest_revision().publish()

        assert is_live_with(live, "Just right")

    def test_saving_a_live_page(self, live):
        live.body = BAD

        with pytest.raises(PublishBlocked):
            live.save()

    def test_scheduling_a_revision_of_a_live_page(self, live):
        page = live.get_latest_revision_as_object()
        page.go_live_at = timezone.now() + timedelta(days=1)
        revision = page.save_revision()

        with pytest.raises(PublishBlocked):
            revision.publish()

        assert not Revision.objects.filter(approved_go_live_at__isnull=False).exists()

    def test_saving_other_fields_of_a_page_that_has_a_problem_already(self, live):
        ArticlePage.objects.filter(pk=live.pk).update(body=json.dumps(raw(BAD)))
        live.refresh_from_db()
        live.locked = True

        live.save(update_fields=["locked"])

        assert ArticlePage.objects.get(pk=live.pk).locked

    def test_unpublishing_a_page_that_has_a_problem_already(self, live):
        ArticlePage.objects.filter(pk=live.pk).update(body=json.dumps(raw(BAD)))
        live.refresh_from_db()

        live.unpublish()

        assert not ArticlePage.objects.get(pk=live.pk).live


class TestAdmin:
    def test_bulk_publishing_names_the_bad_page_and_publishes_the_good_one(
        self, admin, index, draft
    ):
        good = ArticlePageFactory(parent=index, live=False, title="Good", body=GOOD)
        good.save_revision()
        url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])

        response = admin.post(
            f"{url}?id={draft.pk}&id={good.pk}&next=/admin/", follow=True
        )

        assert ArticlePage.objects.get(pk=good.pk).live
        assert not ArticlePage.objects.get(pk=draft.pk).live
        assert SENTENCE in response.content.decode()

    def test_bulk_publishing_descendants_leaves_the_bad_one(self, admin, index, draft):
        good = ArticlePageFactory(parent=index, live=False, title="Good", body=GOOD)
        good.save_revision()
        url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])

        response = admin.post(
            f"{url}?id={index.pk}&next=/admin/",
            {"include_descendants": "on"},
            follow=True,
        )

        html = response.content.decode()
        assert ArticlePage.objects.get(pk=good.pk).live
        assert not ArticlePage.objects.get(pk=draft.pk).live
        assert "“Draft” was not published" in html
        assert SENTENCE in html
        assert "1 child page" in html

    def test_bulk_publishing_names_the_draft_that_is_incomplete(self, admin, index):
        good = ArticlePageFactory(parent=index, live=False, title="Good", body=GOOD)
        bare = ArticlePageFactory(parent=index, live=False, title="Bare", standfirst="")
        url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])

        for page in (good, bare):
            page.save_revision(clean=False)
        response = admin.post(
            f"{url}?id={bare.pk}&id={good.pk}&next=/admin/", follow=True
        )

        assert ArticlePage.objects.get(pk=good.pk).live
        assert not ArticlePage.objects.get(pk=bare.pk).live
        assert "“Bare” was not published. Standfirst:" in response.content.decode()

    def test_bulk_publishing_leaves_an_alias_to_its_source(self, admin, index, draft):
        good = ArticlePageFactory(parent=index, live=False, title="Good", body=GOOD)
        good.save_revision()
        alias = draft.create_alias(update_slug="alias")
        url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])

        response = admin.post(
            f"{url}?id={alias.pk}&id={good.pk}&next=/admin/", follow=True
        )

        assert ArticlePage.objects.get(pk=good.pk).live
        assert "It follows another page" in response.content.decode()

    def test_bulk_publishing_of_refused_pages_alone_claims_no_success(
        self, admin, draft
    ):
        url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])

        response = admin.post(f"{url}?id={draft.pk}&next=/admin/", follow=True)

        assert "published" not in str(
            [m for m in response.context["messages"] if m.level_tag == "success"]
        )

    def test_copying_live_pages_with_a_problem_tells_why_not(self, admin, live):
        ArticlePage.objects.filter(pk=live.pk).update(body=json.dumps(raw(BAD)))

        response = admin.post(
            reverse("wagtailadmin_pages:copy", args=[live.pk]),
            {
                "new_title": "Copy",
                "new_slug": "copy",
                "new_parent_page": live.get_parent().pk,
                "publish_copies": "on",
            },
            follow=True,
        )

        assert response.status_code == 200
        assert SENTENCE in response.content.decode()
        assert not ArticlePage.objects.filter(slug="copy", live=True).exists()

    def test_locking_a_page_that_has_a_problem_already(self, admin, live):
        ArticlePage.objects.filter(pk=live.pk).update(body=json.dumps(raw(BAD)))

        response = admin.post(reverse("wagtailadmin_pages:lock", args=[live.pk]))

        assert response.status_code == 302
        assert ArticlePage.objects.get(pk=live.pk).locked

    def test_unpublishing_in_the_admin(self, admin, live):
        ArticlePage.objects.filter(pk=live.pk).update(body=json.dumps(raw(BAD)))

        admin.post(reverse("wagtailadmin_pages:unpublish", args=[live.pk]))

        assert not ArticlePage.objects.get(pk=live.pk).live

    def test_reverting_makes_a_draft_whatever_the_gate_says(self, admin, live):
        bad = live.get_latest_revision()
        live.body = GOOD
        live.save_revision()

        response = admin.get(
            reverse("wagtailadmin_pages:revisions_revert", args=[live.pk, bad.pk])
        )

        assert response.status_code == 200


class TestWorkflow:
    @pytest.fixture
    def submitted(self, live, workflow, log_in):
        workflow.start(live, log_in("Editors").user)
        return live

    def test_approving_in_the_editor_shows_the_problem(self, submitted, log_in):
        response = log_in("Moderators").post(
            edit_url(submitted),
            posted(
                **{"action-workflow-action": "1", "workflow-action-name": "approve"}
            ),
            follow=True,
        )

        assert response.status_code == 200
        assert SENTENCE in response.content.decode()
        assert is_live_with(submitted, "Just right")

    def test_approving_in_the_modal_leads_back_to_the_page(self, submitted, log_in):
        state = submitted.current_workflow_state.current_task_state
        url = reverse(
            "wagtailadmin_pages:workflow_action",
            args=[submitted.pk, "approve", state.pk],
        )

        response = log_in("Moderators").post(
            url, {"comment": ""}, headers={"x-requested-with": "XMLHttpRequest"}
        )

        assert response.json() == {"step": "success", "redirect": edit_url(submitted)}
        assert is_live_with(submitted, "Just right")

    def test_approving_what_has_become_incomplete_is_no_server_error(
        self, live, workflow, log_in
    ):
        live.body = GOOD
        live.standfirst = ""
        live.save_revision(clean=False)
        workflow.start(live, log_in("Editors").user)
        state = live.current_workflow_state.current_task_state
        url = reverse(
            "wagtailadmin_pages:workflow_action", args=[live.pk, "approve", state.pk]
        )

        response = log_in("Moderators").post(
            url, {"comment": ""}, headers={"x-requested-with": "XMLHttpRequest"}
        )

        assert response.json()["redirect"] == edit_url(live)
        assert ArticlePage.objects.get(pk=live.pk).standfirst


class TestRules:
    def test_a_picture_needs_words_or_to_be_decorative(self, index):
        from tests.helpers.factories import SiteImageFactory

        image = SiteImageFactory()

        def problems(alt, decorative):
            image.contextual_alt_text, image.decorative = alt, decorative
            page = ArticlePage(
                is_medical=False,
                title="A",
                standfirst="B",
                body=[("figure", {"image": image})],
            )
            return [problem.code for problem in publishing_problems(page)]

        assert problems("", False) == ["image-without-alternative"]
        assert problems("  ", False) == ["image-without-alternative"]
        assert problems("A nerve", False) == []
        assert problems("", True) == []

    @pytest.mark.parametrize(
        ("levels", "count"), [("2", 0), ("3", 1), ("2323", 0), ("233", 0), ("32", 1)]
    )
    def test_heading_levels_follow_one_another(self, index, levels, count):
        body = [
            ("heading", {"text": "T", "level": level, "anchor": ""}) for level in levels
        ]

        page = ArticlePage(title="A", standfirst="B", body=body, is_medical=False)
        assert len(publishing_problems(page)) == count
