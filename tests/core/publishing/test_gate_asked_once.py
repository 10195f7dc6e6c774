"""The gate is asked once for what one form publishes, and again for anything else."""

from contextlib import suppress

import pytest
from wagtail import hooks

from articles.models.article_page import ArticlePage
from core.publishing import gate
from tests.helpers.factories import (
    ArticleIndexPageFactory,
    ArticlePageFactory,
    PeopleIndexPageFactory,
    PersonPageFactory,
)
from tests.helpers.page_form import (
    BAD,
    GOOD,
    SENTENCE,
    add_url,
    edit_url,
    formset,
    posted,
)

PUBLISH = {"action-publish": "1"}


@pytest.fixture
def index(home):
    return ArticleIndexPageFactory(parent=home)


@pytest.fixture
def live(index):
    return ArticlePageFactory(parent=index, title="Live", body=GOOD)


@pytest.fixture
def asked(monkeypatch):
    """The pages of which the gate's list was asked for."""
    pages = []
    find = gate.publishing_problems

    def counted(page):
        pages.append(page)
        return find(page)

    monkeypatch.setattr(gate, "publishing_problems", counted)
    return pages


def contributions(home, count=2):
    """What the form posts for rows that it has added."""
    above = PeopleIndexPageFactory(parent=home)
    row = {"id": "", "role": "author", "date": "2026-01-01", "relation": "none"}
    return {
        **formset(),
        "TOTAL_FORMS": count,
        **{
            str(number): {
                **row,
                "person": PersonPageFactory(parent=above).pk,
                "disclosure": "",
                "ORDER": str(number + 1),
                "DELETE": "",
            }
            for number in range(count)
        },
    }


class TestOnce:
    @pytest.mark.parametrize("when", ["", "2099-01-01 12:00"], ids=["now", "later"])
    @pytest.mark.parametrize("form", ["edit", "create"])
    def test_a_form_that_publishes(self, log_in, home, index, live, asked, form, when):
        url = edit_url(live) if form == "edit" else add_url(index)
        rows = contributions(home)
        admin = log_in(None)
        asked.clear()

        response = admin.post(
            url, posted(level="2", contributions=rows, go_live_at=when, **PUBLISH)
        )

        assert response.status_code == 302
        assert len(asked) == 1

    def test_a_form_that_submits_or_previews_need_not_ask(
        self, log_in, live, workflow, asked
    ):
        editor = log_in("Editors")
        asked.clear()

        editor.post(edit_url(live), posted(**{"action-submit": "1"}))

        # Whoever approves it is asked; a problem does not keep it from moderation.
        assert live.current_workflow_state
        assert not asked

    def test_a_version_that_is_published_in_code(self, live, asked):
        live.title = "Another"
        revision = live.save_revision()
        asked.clear()

        revision.publish()

        assert len(asked) == 1


class TestAgain:
    def test_what_changes_after_the_form_has_asked_is_refused(self, log_in, live):
        """As a hook or a save of another app may."""

        def spoil(request, page):
            changed = page.latest_revision
            changed.content = {**changed.content, "body": stored(BAD)}

        with hooks.register_temporarily("before_publish_page", spoil):
            response = log_in(None).post(
                edit_url(live), posted(level="2", text="Fine", **PUBLISH), follow=True
            )

        assert SENTENCE in response.content.decode()
        assert "Just right" in str(ArticlePage.objects.get(pk=live.pk).body)

    @pytest.mark.parametrize(
        "change",
        [
            {"body": BAD},
            {"title": ""},
            {"answered_problems": ["something:else"]},
            {"override_reason": "Because."},
            {"search_description": "Other."},
        ],
        ids=lambda change: next(iter(change)),
    )
    def test_what_the_form_has_passed_covers_no_other_content(
        self, live, asked, change
    ):
        live.passed_content = gate.content(live)
        for name, value in change.items():
            setattr(live, name, value)

        with suppress(gate.PublishBlocked):
            gate.check(live)

        assert len(asked) == 1

    def test_the_form_has_passed_no_other_rows(self, live, home, asked):
        ada = PersonPageFactory(parent=PeopleIndexPageFactory(parent=home))
        live.passed_content = gate.content(live)
        live.contributions.create(person=ada)
        asked.clear()

        gate.check(live)

        assert len(asked) == 1

    def test_the_next_request_knows_nothing_of_it(self, log_in, live, asked):
        admin = log_in(None)
        admin.post(edit_url(live), posted(level="2", text="Fine", **PUBLISH))
        version = ArticlePage.objects.get(pk=live.pk).get_latest_revision()
        asked.clear()

        version.publish()

        assert len(asked) == 1


def stored(body):
    """A body as a version keeps it."""
    page = ArticlePage(title="Any", body=body)
    return page.serializable_data()["body"]
