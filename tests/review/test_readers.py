"""What readers see of reviews, and machines are told."""

import importlib
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.apps import apps
from django.utils import timezone
from wagtail.models import Revision

from articles.models.article_page import ArticlePage
from articles.models.contributions import Contribution
from delivery import calendar
from review.approving import in_months
from review.lapses import GRACE, next_lapse
from review.models import ReviewRecord
from tests.helpers.factories import (
    ArticlePageFactory,
    ContentPageFactory,
    PersonPageFactory,
    TopicIndexPageFactory,
    TopicPageFactory,
)
from tests.helpers.factories_review import approve, latest, review_workflow
from tests.helpers.schema_org import nodes_by_fragment

pytestmark = pytest.mark.django_db


def note(client, page):
    html = client.get(page.url).content.decode()
    found = BeautifulSoup(html, "html.parser").select_one(".review-note")
    return " ".join(found.text.split()) if found else ""


def claims(client, page):
    node = nodes_by_fragment(client.get(page.url))["webpage"]
    return {key: node[key] for key in ("reviewedBy", "lastReviewed") if key in node}


def printed(day):
    return day.strftime("%-d %B %Y").replace(" 0", " ")


def moved(monkeypatch, days):
    later = timezone.now() + timedelta(days=days)
    monkeypatch.setattr(timezone, "now", lambda: later)


def test_a_reviewed_page_names_who_reviewed_it_when_and_until_when(
    client, reviewed, reviewer
):
    said = note(client, reviewed)

    assert ", by Ada Quay, MD (Registration in neurology" in said
    assert "Next review due" in said
    assert str(in_months(12).year) in said
    told = claims(client, reviewed)
    assert told["reviewedBy"]["name"] == "Ada Quay"
    assert told["reviewedBy"]["url"] == reviewer.reviewer.person.full_url
    assert told["lastReviewed"] == reviewed.review.reviewed_on.isoformat()


def test_a_page_without_a_review_says_nothing(client, index, people):
    page = ArticlePageFactory(
        parent=index, contributors=[PersonPageFactory(parent=people)]
    )
    Contribution.objects.update(role="clinical")

    assert note(client, page) == ""
    assert claims(client, page) == {}


def test_a_declared_interest_is_printed(client, article, index, reviewer, editor):
    review_workflow(index).start(article, editor)
    approve(article, reviewer, independence="declared", interest="Holds a <share>.")

    assert "Declared interest: Holds a <share>." in note(client, article)


def test_a_review_of_a_draft_is_not_told_before_it_is_published(
    client, reviewed, reviewer, index, editor, people
):
    """Review, then moderators: what is live keeps the review that it had."""
    first = reviewed.review
    draft = latest(reviewed)
    draft.standfirst = "Something else."
    draft.save_revision(user=editor)
    page = ArticlePage.objects.get(pk=reviewed.pk)
    review_workflow(index, "Moderators").start(page, editor)
    second = approve(page, reviewer)

    live = ArticlePage.objects.get(pk=page.pk)

    assert ReviewRecord.objects.of(page).first() == second
    assert live.shown_review.record == first
    assert "What it says, briefly." in client.get(page.url).content.decode()


def test_a_later_change_is_told_and_the_review_is_claimed_no_more(client, reviewed):
    draft = latest(reviewed)
    # As when it was published while somebody had taken it for not medical.
    draft.is_medical = False
    draft.standfirst = "Something else."
    draft.significant_change = True
    draft.save_revision().publish()

    said = note(client, reviewed)

    assert said.startswith("Changed on")
    assert "after its last medical review on" in said
    assert "medically reviewed by" not in said
    assert claims(client, reviewed) == {}


def test_an_overdue_review_is_told_after_a_time_of_grace_by_the_clock(
    client, reviewed, monkeypatch
):
    days = (reviewed.review.due_on - timezone.localdate()).days
    with monkeypatch.context() as patch:
        moved(patch, days + GRACE.days)
        assert "has not taken place" not in note(client, reviewed)
        assert claims(client, reviewed)
    moved(monkeypatch, days + GRACE.days + 1)

    assert "was due on" in note(client, reviewed)
    assert "has not taken place" in note(client, reviewed)
    assert claims(client, reviewed) == {}


def test_the_calendar_knows_when_that_is(reviewed):
    now = timezone.now()

    turns = calendar.beginning_after(reviewed.review.due_on + GRACE)

    assert next_lapse(now) == turns
    assert next_lapse(turns) is None


def test_a_profile_that_is_gone_leaves_the_name(client, reviewed, reviewer):
    reviewer.reviewer.person.delete()

    assert "by Ada Quay, MD (" in note(client, reviewed)
    assert claims(client, reviewed)["reviewedBy"]["name"] == "Ada Quay, MD"


def test_an_alias_tells_of_the_review_of_its_source(client, reviewed):
    alias = reviewed.create_alias(update_slug="alias")

    assert "Ada Quay" in note(client, ArticlePage.objects.get(pk=alias.pk))


def test_so_does_an_alias_of_that_alias(client, reviewed):
    alias = reviewed.create_alias(update_slug="alias")
    again = ArticlePage.objects.get(pk=alias.pk).create_alias(update_slug="again")

    assert "Ada Quay" in note(client, ArticlePage.objects.get(pk=again.pk))


def test_reviewers_in_bylines_become_contributors_and_back(index, people):
    """In drafts, too; the migration leaves other roles as they are."""
    module = importlib.import_module("articles.migrations.0015_clinical_contributors")
    ada, ben = PersonPageFactory(parent=people), PersonPageFactory(parent=people)
    page = ArticlePageFactory(parent=index, contributors=[ada, ben])
    Contribution.objects.filter(person=ben).update(role="reviewer")
    page = ArticlePage.objects.get(pk=page.pk)
    page.save_revision(clean=False)

    def roles():
        content = Revision.objects.get(object_id=str(page.pk)).content
        rows = Contribution.objects.order_by("sort_order")
        draft = [row["role"] for row in content["contributions"]]
        return list(rows.values_list("role", flat=True)), draft

    module.claim_no_review(apps, None)
    assert roles() == (["author", "clinical"],) * 2
    module.undo(apps, None)
    assert roles() == (["author", "reviewer"],) * 2


def test_a_review_costs_one_query_and_its_profile(
    client, reviewed, index, django_assert_max_num_queries
):
    plain = ArticlePageFactory(parent=index)

    def queries(page):
        with django_assert_max_num_queries(1000) as asked:
            client.get(page.url)
        return len(asked)

    queries(plain)  # what the site needs once

    assert queries(reviewed) - queries(plain) <= 4


@pytest.mark.parametrize("factory", [ContentPageFactory, TopicPageFactory])
def test_other_kinds_of_page_are_reviewed_where_an_editor_calls_them_medical(
    factory, client, home, reviewer, editor
):
    parent = TopicIndexPageFactory(parent=home) if factory is TopicPageFactory else home
    page = factory(parent=parent, live=False)
    assert not page.is_medical
    page.is_medical = True
    page.save_revision(user=editor)
    review_workflow(parent).start(page, editor)

    approve(page, reviewer)

    live = type(page).objects.get(pk=page.pk)
    assert "Ada Quay, MD" in note(client, live)
    assert claims(client, live)["reviewedBy"]["name"] == "Ada Quay"
