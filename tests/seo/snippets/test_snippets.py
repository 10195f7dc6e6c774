"""What an editor sees, while typing, of how the page will look."""

import re

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from wagtail.models import get_page_models
from wagtail.test.utils.form_data import nested_form_data, streamfield

from articles.models.article_page import ArticlePage
from core.models.base_page import BasePage
from home.roles import ADMISSIONS, EDITORS, SEO_SPECIALISTS
from tests.helpers.factories import (
    ArticleIndexPageFactory,
    ArticlePageFactory,
    ContentPageFactory,
    SiteImageFactory,
)
from tests.helpers.page_form import formset, posted
from tests.helpers.pseudo_content import page as one_of

pytestmark = pytest.mark.one_database

PAGE_TYPES = [model for model in get_page_models() if issubclass(model, BasePage)]
BETWEEN = "\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}"
DANGEROUS = '</script><script>alert(1)</script> "quoted" 🦿 مرحبا'


@pytest.fixture
def index(home):
    return ArticleIndexPageFactory(parent=home, slug="articles", title="Articles")


@pytest.fixture
def article(index):
    return ArticlePageFactory(parent=index, title="Stored", slug="stored")


def on_edit(page):
    return reverse("seo_snippets_on_edit", args=[page.pk])


def on_add(index):
    names = ["articles", "articlepage", index.pk]
    return reverse("seo_snippets_on_add", args=names)


def shown(response, status=200):
    assert response.status_code == status
    return BeautifulSoup(response.content, "html.parser")


def of(answer, kind, part):
    found = answer.select_one(f'.snippet[data-kind="{kind}"] .snippet__{part}')
    return " ".join(found.text.split()) if found else None


class TestWhatIsShown:
    def test_is_what_is_typed_and_nothing_is_stored(self, log_in, article):
        picture = SiteImageFactory(description="A drawing of a bridge")
        typed = posted(
            level="2",
            title="Typed title",
            slug="typed-address",
            standfirst="What the page says of itself, in a sentence long enough.",
            og_image=picture.pk,
        )

        answer = shown(log_in(EDITORS).post(on_edit(article), typed))

        assert of(answer, "desktop", "title") == "Typed title | The clinic"
        assert of(answer, "mobile", "title") == "Typed title | The clinic"
        assert of(answer, "card", "title") == "Typed title"
        assert "in a sentence long" in of(answer, "desktop", "text")
        assert of(answer, "desktop", "address").split()[-3:] == [
            "articles",
            BETWEEN,
            "typed-address",
        ]
        image = answer.select_one(".snippet__picture")
        assert image["alt"] == "A drawing of a bridge"
        article.refresh_from_db()
        assert (article.title, article.slug) == ("Stored", "stored")
        assert not article.revisions.exists()

    def test_is_there_before_the_page_was_first_saved(self, log_in, index):
        typed = posted(level="2", title="Brand new", slug="")

        answer = shown(log_in(EDITORS).post(on_add(index), typed))

        assert of(answer, "desktop", "title") == "Brand new | The clinic"
        assert of(answer, "desktop", "address").split()[-3:] == [
            "articles",
            BETWEEN,
            "brand-new",
        ]
        assert not ArticlePage.objects.exists()

    def test_stands_under_the_front_page_s_own_address(self, log_in, home):
        typed = {"title": "The clinic", "slug": "elsewhere", "body": streamfield([])}
        data = nested_form_data({**typed, "comments": formset()})

        answer = shown(log_in(SEO_SPECIALISTS).post(on_edit(home), data))

        assert of(answer, "desktop", "title")
        assert "elsewhere" not in of(answer, "desktop", "address")

    def test_is_cut_where_search_results_cut(self, log_in, article):
        title = (
            "How is walking measured in people who have had treatment for years " * 2
        )
        typed = posted(level="2", title=title, standfirst="word " * 79)

        answer = shown(log_in(EDITORS).post(on_edit(article), typed))

        desktop, mobile = of(answer, "desktop", "title"), of(answer, "mobile", "title")
        assert desktop.endswith("treatment …")
        assert title.startswith(mobile.removesuffix(" …"))
        assert len(desktop) < len(mobile) < len(title)
        texts = of(answer, "desktop", "text"), of(answer, "mobile", "text")
        assert all(text.endswith("word …") for text in texts)
        assert len(texts[0]) > len(texts[1])

    def test_is_text_whatever_it_says(self, log_in, article):
        typed = posted(level="2", title=DANGEROUS)

        response = log_in(EDITORS).post(on_edit(article), typed)

        assert b"<script" not in response.content
        assert of(shown(response), "card", "title") == DANGEROUS


class TestVerdict:
    def said(self, answer):
        return answer.select_one('[data-snippets="verdict"]').text

    @pytest.mark.parametrize("role", [EDITORS, SEO_SPECIALISTS])
    def test_is_of_the_title_as_it_will_be_printed(self, log_in, article, role):
        """The same in the panel and in Wagtail's preview, to whoever sees them."""
        client, typed = log_in(role), posted(level="2", seo_title="w" * 166)
        preview = reverse("wagtailadmin_pages:preview_on_edit", args=[article.pk])

        panel = self.said(shown(client.post(on_edit(article), typed)))
        kept = client.post(preview, typed)
        beside = client.get(f"{preview}?mode=wagtail-seo")

        assert kept.json()["is_valid"]
        assert "Search results cut off the title" in panel
        assert "Search results cut off the title" in beside.text

    def test_says_when_nothing_is_cut(self, log_in, article):
        description = "This is what the page is about, told in one sentence of its own."
        typed = posted(level="2", search_description=description)

        answer = shown(log_in(EDITORS).post(on_edit(article), typed))

        assert "show title and description whole" in self.said(answer)

    def test_says_what_must_be_put_right_first(self, log_in, article):
        typed = posted(level="2", canonical_url="no address")

        response = log_in(EDITORS).post(on_edit(article), typed)

        assert "Canonical URL: Enter a valid URL." in self.said(shown(response, 422))


class TestWhoMayAsk:
    def test_is_whoever_may_change_the_page(self, log_in, client, article, index):
        typed = posted(level="2")

        assert client.post(on_edit(article), typed).status_code == 302
        refused = log_in(ADMISSIONS).post(on_edit(article), typed)
        assert refused.status_code == 302
        # A specialist may change metadata, and add no page.
        specialist = log_in(SEO_SPECIALISTS)
        assert specialist.post(on_edit(article), typed).status_code == 200
        assert specialist.post(on_add(index), typed).status_code == 302

    def test_a_request_that_only_reads_gets_nothing(self, log_in, article):
        assert log_in(EDITORS).get(on_edit(article)).status_code == 405

    def test_a_specialist_s_forged_post_shows_no_other_title(self, log_in, article):
        typed = posted(level="2", title="Forged")

        answer = shown(log_in(SEO_SPECIALISTS).post(on_edit(article), typed))

        assert of(answer, "desktop", "title") == "Stored | The clinic"

    def test_a_page_that_is_gone_is_not_found(self, log_in, home):
        gone = ContentPageFactory(parent=home)
        url = on_edit(gone)
        gone.delete()

        assert log_in(EDITORS).post(url, {}).status_code == 404

    @pytest.mark.parametrize("data", [{}, {"title": "\0"}, {"slug": "a/b"}])
    def test_an_incomplete_form_is_answered_in_words(self, log_in, article, data):
        response = log_in(EDITORS).post(on_edit(article), data)

        assert response.status_code in {200, 409}
        assert 'data-snippets="verdict"' in response.text


class TestPanel:
    def test_stands_on_the_promote_tab_of_pages_old_and_new(
        self, log_in, article, index
    ):
        client = log_in(EDITORS)
        edit = client.get(f"/admin/pages/{article.pk}/edit/").text
        add = client.get(f"/admin/pages/add/articles/articlepage/{index.pk}/").text

        assert f'data-address="{on_edit(article)}"' in edit
        assert f'data-address="{on_add(index)}"' in add


@pytest.mark.parametrize("model", PAGE_TYPES, ids=lambda model: model.__name__)
def test_every_type_of_page_has_a_preview_of_search_results(home, model):
    page = one_of(model, home)
    page.seo_title = "A title"

    html = page.make_preview_request(preview_mode="wagtail-seo").content.decode()

    assert re.search(r"A title( \| The clinic)?</p>", html)
    assert 'data-kind="mobile"' in html
