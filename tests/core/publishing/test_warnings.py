"""Warnings: an editor answers them with a reason, which is kept and counts once."""

import pytest
from django.urls import reverse
from wagtail.models import PageLogEntry

from articles.models.article_page import ArticlePage
from core.publishing import gate
from tests.helpers.factories import ArticleIndexPageFactory, ArticlePageFactory
from tests.helpers.page_form import BAD, GOOD, SENTENCE, edit_url, posted


@pytest.fixture
def index(home):
    return ArticleIndexPageFactory(parent=home)


@pytest.fixture
def live(index):
    page = ArticlePageFactory(parent=index, title="Live", body=GOOD)
    page.body = BAD
    page.save_revision()
    return ArticlePage.objects.get(pk=page.pk)


@pytest.fixture
def admin(log_in):
    return log_in(None)


@pytest.fixture(autouse=True)
def warning(monkeypatch):
    class LongTitle:
        code = "long-title"
        title = "Long title"
        level = "warn"

        def problems(self, page):
            if len(page.title) > 30:
                yield gate.Problem(self.code, "warn", "The title is long.", "title")

    monkeypatch.setitem(gate._rules, "long-title", LongTitle())


def publish(client, page, **extra):
    data = posted(level="2", title="A title that is far too long to read", **extra)
    return client.post(edit_url(page), {**data, "action-publish": "1"})


def test_it_holds_the_page_back_without_a_reason(admin, live):
    response = publish(admin, live)

    assert "The title is long." in response.content.decode()
    assert ArticlePage.objects.get(pk=live.pk).title == "Live"


def test_a_reason_lets_it_through_and_is_kept_in_the_history(admin, live):
    response = publish(admin, live, override_reason="The law demands it.")

    assert response.status_code == 302
    assert ArticlePage.objects.get(pk=live.pk).title.startswith("A title")
    entry = PageLogEntry.objects.get(page=live.pk, action="core.publish.override")
    assert entry.data["reason"] == "The law demands it."
    assert entry.data["problems"] == ["long-title:title"]
    history = admin.get(reverse("wagtailadmin_pages:history", args=[live.pk]))
    assert "The law demands it." in history.content.decode()


def test_a_reason_typed_when_submitting_holds_when_it_is_approved(
    live, workflow, log_in
):
    data = posted(
        level="2",
        title="A title that is far too long to read",
        override_reason="The law demands it.",
    )
    log_in("Editors").post(edit_url(live), {**data, "action-submit": "1"})
    state = live.current_workflow_state.current_task_state
    url = reverse(
        "wagtailadmin_pages:workflow_action", args=[live.pk, "approve", state.pk]
    )

    log_in("Moderators").post(
        url, {"comment": ""}, headers={"x-requested-with": "XMLHttpRequest"}
    )

    assert ArticlePage.objects.get(pk=live.pk).title.startswith("A title")
    entry = PageLogEntry.objects.get(page=live.pk, action="core.publish.override")
    assert entry.data["reason"] == "The law demands it."


def test_the_reason_of_one_publication_does_not_fill_the_next(admin, live):
    publish(admin, live, override_reason="The law demands it.")

    html = admin.get(edit_url(live)).content.decode()

    assert "The law demands it." not in html


def test_a_reason_does_not_answer_what_blocks(admin, live):
    response = admin.post(
        edit_url(live), posted(override_reason="Please.", **{"action-publish": "1"})
    )

    assert SENTENCE in response.content.decode()
    assert "Just right" in str(ArticlePage.objects.get(pk=live.pk).body)


def test_a_reason_does_not_answer_what_came_up_after_it(admin, live, monkeypatch):
    class Vague:
        code = "vague"
        title = "Vague"
        level = "warn"

        def problems(self, page):
            if page.standfirst == "Somehow.":
                yield gate.Problem(self.code, "warn", "It is vague.", "standfirst")

    monkeypatch.setitem(gate._rules, "vague", Vague())
    data = posted(
        level="2",
        title="A title that is far too long to read",
        override_reason="The law demands it.",
    )
    admin.post(edit_url(live), data)
    data["standfirst"] = "Somehow."
    admin.post(edit_url(live), data)
    draft = ArticlePage.objects.get(pk=live.pk).get_latest_revision_as_object()
    assert draft.answered_problems == ["long-title:title"]
    assert [p.code for p in gate.publishing_problems(draft)] == ["vague"]

    refused = admin.post(edit_url(live), {**data, "action-publish": "1"})

    html = refused.content.decode()
    assert "It is vague." in html
    assert "The title is long." not in html
    assert "Add to it why the rest may go out as well." in html
    data["override_reason"] += " It is meant to be vague."
    assert (
        admin.post(edit_url(live), {**data, "action-publish": "1"}).status_code == 302
    )
    kept = ArticlePage.objects.get(pk=live.pk).answered_problems
    assert sorted(kept) == ["long-title:title", "vague:standfirst"]


def test_spaces_are_no_reason(admin, live):
    response = publish(admin, live, override_reason="  ")

    assert "The title is long." in response.content.decode()
    assert ArticlePage.objects.get(pk=live.pk).title == "Live"


def test_a_reason_that_code_has_left_blank_answers_nothing(live):
    live.title = "A title that is far too long to read"
    live.override_reason, live.answered_problems = "  ", ["long-title:title"]

    assert [p.code for p in gate.publishing_problems(live)] == ["long-title"]


def test_an_answer_does_not_outlive_a_rule_that_became_stricter(live):
    """What was answered when it was a warning blocks today."""
    live.body = BAD
    (problem,) = gate.publishing_problems(live)
    live.override_reason, live.answered_problems = "So be it.", [problem.key]

    assert gate.publishing_problems(live) == [problem]


def test_a_reason_is_logged_for_the_publication_it_was_given_for(admin, live):
    publish(admin, live, override_reason="The law demands it.")

    admin.post(
        edit_url(live),
        posted(level="2", title="Short", **{"action-publish": "1"}),
    )

    assert ArticlePage.objects.get(pk=live.pk).title == "Short"
    entries = PageLogEntry.objects.filter(action="core.publish.override")
    assert entries.count() == 1


def test_what_blocks_comes_first_and_then_the_order_of_the_page(live):
    live.title = "A title that is far too long to read"
    live.body = [*BAD, *GOOD, ("heading", {"text": "", "level": "2"})]

    found = gate.publishing_problems(live)

    assert [problem.level for problem in found] == ["block", "block", "warn"]
    assert [problem.position for problem in found] == [0, 2, None]
