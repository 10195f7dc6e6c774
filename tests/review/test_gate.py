"""The gate asks for a review of what goes live, at every door."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, Revision

from articles.models.article_page import ArticlePage
from articles.models.contributions import Contribution
from core.publishing.gate import PublishBlocked, publishing_problems
from core.publishing.versions import content
from review import versions
from review.models import ReviewRecord
from review.rules import Unreviewed
from review.versions import version_of
from tests.helpers.factories import ArticlePageFactory, UserFactory
from tests.helpers.factories_review import approve, latest, review_workflow
from tests.helpers.page_form import edit_url, posted

pytestmark = pytest.mark.django_db
CHANGED = "has changed since Ada Quay, MD reviewed it"


@pytest.fixture
def workflow(index, roles):
    """A medical review, after which the page is published."""
    return review_workflow(index)


@pytest.fixture
def reviewed(submitted, reviewer):
    """A published article, reviewed as it is."""
    approve(submitted, reviewer)
    return ArticlePage.objects.get(pk=submitted.pk)


def levels(page):
    return [each.level for each in Unreviewed().problems(page)]


def draft_of(page, **fields):
    draft = latest(page)
    for name, value in {"standfirst": "Something else.", **fields}.items():
        setattr(draft, name, value)
    return draft


def test_the_approval_publishes_what_it_has_just_recorded(reviewed):
    assert reviewed.live
    assert reviewed.review.page_id == reviewed.pk
    assert levels(reviewed) == []


def test_a_page_that_was_never_reviewed_is_warned_of(article):
    with pytest.raises(PublishBlocked, match="No clinician has reviewed"):
        article.get_latest_revision().publish()
    article.override_reason = "Before its first review."
    article.answered_problems = [each.key for each in publishing_problems(article)]

    article.save_revision().publish()

    assert ArticlePage.objects.get(pk=article.pk).live


def test_a_live_page_of_before_can_be_published_as_before(index):
    page = ArticlePageFactory(parent=index)
    ArticlePage.objects.update(is_medical=True)
    page = ArticlePage.objects.get(pk=page.pk)

    assert levels(page) == ["warn"]


def test_a_page_that_is_not_medical_is_not_asked(article):
    article.is_medical = False

    assert levels(article) == []


class TestAfterTheFirstReview:
    def test_no_reason_lets_another_version_pass(self, reviewed):
        draft = draft_of(reviewed, override_reason="Because")
        draft.answered_problems = [each.key for each in publishing_problems(draft)]
        problems = publishing_problems(draft)

        assert [(each.code, each.level) for each in problems] == [
            ("unreviewed", "block")
        ]

    def test_the_same_version_is_published_again(self, reviewed):
        latest(reviewed).save_revision().publish()
        reviewed.refresh_from_db()
        reviewed.unpublish()
        latest(reviewed).save_revision().publish()

        assert ArticlePage.objects.get(pk=reviewed.pk).live

    def test_spelling_is_published_and_stays_reviewed(self, reviewed):
        draft = draft_of(reviewed, standfirst="What it sais, briefly.")
        draft.spelling_only = True
        draft.save_revision().publish()
        page = ArticlePage.objects.get(pk=reviewed.pk)
        assert page.standfirst == "What it sais, briefly."
        assert not page.spelling_only
        assert page.changed_since_review is None

        # And again, with nothing changed and nothing marked.
        latest(page).save_revision().publish()

        assert ArticlePage.objects.get(pk=page.pk).review == reviewed.review


class TestWhatIsPublishedStaysReviewed:
    def test_where_a_release_makes_digests_of_something_else(self, reviewed):
        ReviewRecord._base_manager.update(digest="of before")
        ArticlePage.objects.update(reviewed_digest="of before")
        draft = draft_of(reviewed, standfirst=reviewed.standfirst, seo_title="Short")
        assert levels(draft) == []

        draft.save_revision().publish()

        page = ArticlePage.objects.get(pk=reviewed.pk)
        assert page.seo_title == "Short"
        assert page.review == reviewed.review
        assert page.changed_since_review is None
        assert levels(draft_of(page)) == ["block"]

    def test_what_a_release_adds_says_nothing_while_it_is_empty(
        self, reviewed, monkeypatch
    ):
        page, added = latest(reviewed), {"note": "", "works": [], "is_wide": False}

        def stored(page):
            version = content(page)
            version["body"][0]["value"] |= added
            return version

        was = version_of(page).digest
        monkeypatch.setattr(versions, "content", stored)
        assert version_of(page).digest == was
        added["note"] = "Something"
        assert version_of(page).digest != was


class TestDoors:
    """Each is tried with a version that nobody has reviewed."""

    @pytest.fixture(autouse=True)
    def unchanged(self, reviewed):
        yield
        page = ArticlePage.objects.get(pk=reviewed.pk)
        assert page.standfirst == "What it says, briefly."
        assert page.review == reviewed.review

    def test_code(self, reviewed):
        revision = draft_of(reviewed).save_revision()

        with pytest.raises(PublishBlocked, match=CHANGED):
            revision.publish()
        live = ArticlePage.objects.get(pk=reviewed.pk)
        live.standfirst = "Something else."
        with pytest.raises(PublishBlocked, match=CHANGED):
            live.save()

    def test_schedule(self, reviewed):
        tomorrow = timezone.now() + timedelta(days=1)
        revision = draft_of(reviewed, go_live_at=tomorrow).save_revision()

        with pytest.raises(PublishBlocked, match=CHANGED):
            revision.publish()

    def test_when_it_is_due_its_neighbours_go_live_all_the_same(self, reviewed, index):
        revision = draft_of(reviewed).save_revision()
        neighbour = ArticlePageFactory(parent=index, live=False)
        ago = timezone.now() - timedelta(minutes=1)
        due = [revision.pk, neighbour.save_revision().pk]
        Revision.objects.filter(pk__in=due).update(approved_go_live_at=ago)

        call_command("publish_scheduled")

        assert ArticlePage.objects.get(pk=neighbour.pk).live

    def test_editor(self, reviewed, client):
        client.force_login(UserFactory(is_superuser=True))
        post = posted(
            level="2",
            text="Just right",
            title=reviewed.title,
            slug=reviewed.slug,
            standfirst="Something else.",
            is_medical="on",
            **{"action-publish": "1"},
        )

        shown = client.post(edit_url(reviewed), post).content.decode()

        assert CHANGED in shown
        assert "Something else." in shown

    def test_bulk(self, reviewed, index, client):
        draft_of(reviewed).save_revision()
        neighbour = ArticlePageFactory(parent=index, live=False)
        client.force_login(UserFactory(is_superuser=True))
        url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])

        shown = client.post(
            f"{url}?id={reviewed.pk}&id={neighbour.pk}&next=/admin/", follow=True
        ).content.decode()

        assert CHANGED in shown
        assert ArticlePage.objects.get(pk=neighbour.pk).live

    def test_api(self, reviewed, client):
        draft_of(reviewed).save_revision()
        client.force_login(UserFactory(is_superuser=True))
        url = reverse("wagtailadmin_api:pages:action", args=[reviewed.pk, "publish"])

        answer = client.post(url, {}, content_type="application/json")

        assert answer.status_code == 400
        assert CHANGED in answer.content.decode()

    def test_a_workflow_without_a_review(self, reviewed, workflow):
        draft_of(reviewed).save_revision()
        page = ArticlePage.objects.get(pk=reviewed.pk)
        workflow.workflow_tasks.all().delete()

        with pytest.raises(PublishBlocked, match=CHANGED):
            workflow.start(page, UserFactory(is_superuser=True))


def test_a_copy_is_not_reviewed(reviewed):
    copy = reviewed.copy(update_attrs={"slug": "copy"}, keep_live=False)

    assert copy.review is None
    assert levels(ArticlePage.objects.get(pk=copy.pk)) == ["warn"]
    with pytest.raises(PublishBlocked, match="No clinician"):
        reviewed.copy(update_attrs={"slug": "live-copy"})


def test_who_would_publish_copies_is_told_what_copies_wait_for(reviewed, client):
    client.force_login(UserFactory(is_superuser=True))
    url = reverse("wagtailadmin_pages:copy", args=[reviewed.pk])
    data = {
        "new_title": "A copy",
        "new_slug": "copy",
        "new_parent_page": reviewed.get_parent().pk,
    }

    shown = client.post(url, {**data, "publish_copies": "on"}).content.decode()
    assert "goes to a medical review of its own first" in shown
    assert not ArticlePage.objects.filter(slug="copy").exists()

    client.post(url, data)
    assert not ArticlePage.objects.get(slug="copy").live


def test_an_alias_follows_its_source(submitted, reviewer):
    draft = latest(submitted)
    draft.contributions = [Contribution(name="Bo Lind")]
    draft.save_revision(user=UserFactory())
    approve(submitted, reviewer)
    reviewed = ArticlePage.objects.get(pk=submitted.pk)

    alias = reviewed.create_alias(update_slug="alias")

    alias = ArticlePage.objects.get(pk=alias.pk)
    assert levels(alias) == []
    assert alias.shown_review.record == reviewed.review


def test_a_translation_is_not_reviewed(reviewed):
    from wagtail.models import Locale

    german = Locale.objects.get_or_create(language_code="de")[0]
    for page in Page.objects.ancestor_of(reviewed).filter(depth__gt=1).specific():
        page.copy_for_translation(german, copy_parents=True)

    translated = reviewed.copy_for_translation(german)

    assert levels(ArticlePage.objects.get(pk=translated.pk)) == ["warn"]
