"""What autosave stores, and how it says what it cannot."""

import pytest

from articles.models.article_page import ArticlePage
from tests.helpers.factories import ArticleIndexPageFactory, ArticlePageFactory
from tests.helpers.page_form import add_url, edit_url, formset, posted

JSON = {"accept": "application/json"}


@pytest.fixture
def index(home):
    return ArticleIndexPageFactory(parent=home)


@pytest.fixture
def editor(log_in):
    return log_in("Editors")


def new(**fields):
    return posted("2", title="The same", slug="the-same", **fields)


class TestAddress:
    @pytest.mark.parametrize("headers", [JSON, {}], ids=["autosave", "button"])
    def test_of_a_second_draft_with_the_same_title_is_a_free_one(
        self, editor, index, headers
    ):
        for slug in ["the-same", "the-same-2", "the-same-3"]:
            editor.post(add_url(index), new(), headers=headers)
            page = ArticlePage.objects.get(slug=slug)

            editor.post(edit_url(page), new(), headers=headers)
            page.refresh_from_db()
            assert page.slug == slug

    def test_is_free_again_once_the_other_is_gone(self, editor, index):
        other = ArticlePageFactory(parent=index, slug="the-same")
        answer = editor.post(add_url(index), new(), headers=JSON).json()
        other.delete()
        page = ArticlePage.objects.get(pk=answer["pk"])
        editor.post(edit_url(page), new(), headers=JSON)

        assert ArticlePage.objects.get().slug == "the-same"

    def test_that_was_typed_is_stored_beside_the_other_until_a_button_is_pressed(
        self, editor, index
    ):
        ArticlePageFactory(parent=index, slug="taken")
        page = ArticlePageFactory(parent=index, live=False, slug="posted")
        typed = posted("2", slug="taken")

        assert editor.post(edit_url(page), typed, headers=JSON).json()["success"]
        page.refresh_from_db()
        assert page.slug == "taken-2"
        pressed = editor.post(edit_url(page), typed)
        assert "already in use" in pressed.content.decode()

    def test_as_long_as_may_be_leaves_room_for_the_number(self, editor, index):
        long = {"title": "x" * 255, "slug": "x" * 255}
        for _times in range(3):
            data = posted("2", **long)
            assert editor.post(add_url(index), data, headers=JSON).json()["success"]


class TestExplanation:
    def ask(self, editor, url, **fields):
        data = posted("2", explain="1", **fields)
        return editor.post(url, data, headers=JSON).json()

    @pytest.fixture(params=["new", "old"])
    def url(self, request, index):
        if request.param == "new":
            return add_url(index)
        return edit_url(ArticlePageFactory(parent=index, live=False))

    def test_names_each_field_and_the_reason(self, editor, url):
        told = self.ask(editor, url, canonical_url="nowhere", title="")

        assert set(told["fields"]) == {"canonical_url", "title"}
        assert told["fields"]["canonical_url"] == ["Enter a valid URL."]
        assert "Title" in told["summary"]

    def test_names_the_field_of_a_row(self, editor, url):
        row = {"id": "", "ORDER": "1", "DELETE": "", "person": "", "role": "author"}
        rows = {**formset(), "TOTAL_FORMS": 1, "0": row}
        told = self.ask(editor, url, contributions=rows)

        assert "contributions-0-date" in told["fields"]

    def test_stores_nothing(self, editor, url):
        before = list(ArticlePage.objects.values_list("pk", "latest_revision"))
        assert self.ask(editor, url)["fields"] == {}

        assert list(ArticlePage.objects.values_list("pk", "latest_revision")) == before
