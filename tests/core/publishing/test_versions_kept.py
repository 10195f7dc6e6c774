"""The history of a page tells what was saved by hand from what saved itself."""

import pytest
from django.urls import reverse
from wagtail.models import PageLogEntry

from articles.models.article_page import ArticlePage
from core.publishing.versions import is_reduced
from tests.helpers.factories import ArticleIndexPageFactory, ArticlePageFactory
from tests.helpers.page_form import add_url, edit_url, posted

JSON = {"accept": "application/json"}
WORDS = "word " * 30
BLOCK = {"body-0-id": "1b4d5cd2-0f27-4d5f-a6c6-b1a0e9bd6a0c"}


@pytest.fixture
def index(home):
    return ArticleIndexPageFactory(parent=home)


@pytest.fixture
def article(index):
    return ArticlePageFactory(parent=index, live=False, slug="posted")


@pytest.fixture
def editor(log_in):
    return log_in("Editors")


def history(article):
    entries = PageLogEntry.objects.filter(page=article).latest_by_uuid_and_action()
    return [entry.action for entry in entries.order_by("timestamp", "pk")]


class TestAutosave:
    @pytest.fixture
    def save(self, editor, article):
        saved = {}

        def save(**fields):
            answer = editor.post(
                edit_url(article), posted("2", **BLOCK | fields | saved), headers=JSON
            ).json()
            assert answer["success"]
            saved["overwrite_revision_id"] = answer["revision_id"]
            return answer["revision_id"]

        return save

    def test_overwrites_its_own_version(self, save, article):
        assert save(standfirst="One.") == save(standfirst="One. Two.")
        assert history(article) == ["wagtail.create", "wagtail.edit"]

    def test_keeps_the_version_before_many_words_were_deleted(self, save, article):
        first = save(standfirst=WORDS)

        assert save(standfirst="") != first
        assert article.revisions.get(pk=first).content["standfirst"].split() == (
            WORDS.split()
        )
        assert history(article).count("core.version.kept") == 1

    def test_keeps_the_version_before_a_block_was_deleted(self, save, article):
        first = save()

        second = save(**{"body-0-deleted": "1"})
        assert second != first
        assert save(**{"body-0-deleted": "1"}) == second


class TestByHand:
    def test_is_told_from_autosave_and_filtered(self, editor, article):
        editor.post(edit_url(article), posted("2"), headers=JSON)
        editor.post(edit_url(article), posted("2"))
        url = reverse("wagtailadmin_pages:history_results", args=[article.pk])

        assert history(article)[-2:] == ["wagtail.edit", "core.version.saved"]
        assert "Draft saved by hand" in editor.get(url).content.decode()
        kept = editor.get(url, {"action": "core.version.saved"}).content.decode()
        assert "Draft saved by hand" in kept
        assert "Edited" not in kept

    def test_is_told_of_a_new_page(self, editor, index):
        editor.post(add_url(index), posted("2", title="New", slug="new"))

        assert "core.version.saved" in history(ArticlePage.objects.get(slug="new"))

    def test_is_not_said_of_a_submission(self, editor, article, workflow):
        editor.post(edit_url(article), posted("2", **{"action-submit": "1"}))

        assert "core.version.saved" not in history(article)


def stream(*blocks):
    return [{"type": "x", "id": key, "value": value} for key, value in blocks]


@pytest.mark.parametrize(
    ("before", "after", "reduced"),
    [
        ({"title": "One two"}, {"title": "One"}, False),
        ({"title": WORDS}, {"title": ""}, True),
        ({"body": stream(("a", "x"), ("b", "y"))}, {"body": stream(("b", "y"))}, True),
        (
            {"body": stream(("a", "x"), ("b", "y"))},
            {"body": stream(("b", "y"), ("a", "x"))},
            False,
        ),
        ({"body": stream(("a", stream(("b", ""))))}, {"body": stream(("a", []))}, True),
        ({"rows": [{"pk": 1}, {"pk": 2}]}, {"rows": [{"pk": 2}]}, True),
        ({"rows": [{"pk": 1}]}, {"rows": [{"pk": None}]}, False),
    ],
)
def test_what_is_reduced(before, after, reduced):
    assert is_reduced(before, after) is reduced
