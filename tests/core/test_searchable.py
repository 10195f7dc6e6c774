"""The words of rich text are those that Wagtail indexes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wagtail.blocks import ChoiceBlock
from wagtail.rich_text import get_text_for_indexing

from articles.models import ArticlePage
from core.blocks.searchable import searchable_at, text_for_search
from core.prefetch.walk import walk
from demonstration.seeding.load import load

TAGS = ["<p>", "</p>", "<b>", "<br/>", "<hr />", "<li>", "</h2>", "</a>", "</p x>"]
ODD = ["<a href='x>y'>", '<a href="x>y">', "<script>", "<style>", "<a\n", "<!-- c -->"]
ENTITIES = ["&nbsp;", "&#160;", "&lt;", "&lt", "&amp;", "&notit;", "&nothing", "&"]
SIGNS = ["<", ">", "</", " ", "\n", '"', "'", "a", "é", "\xa0"]
CITATION = '<embed embedtype="citation" id="3"/>'
PIECES = [*TAGS, *ODD, *ENTITIES, *SIGNS, CITATION]


@given(st.lists(st.sampled_from(PIECES), max_size=8).map("".join))
def test_of_any_markup(source):
    assert text_for_search(source) == get_text_for_indexing(source)


@given(st.text())
def test_of_any_text(source):
    assert text_for_search(source) == get_text_for_indexing(source)


@pytest.mark.django_db
@pytest.mark.one_database
@pytest.mark.usefixtures("quick_pictures")
def test_of_every_block(root, monkeypatch):
    load(lambda line: None)
    # Wagtail indexes the names of choices, too, which nobody reads.
    monkeypatch.setattr(ChoiceBlock, "get_searchable_content", lambda self, value: [])

    for page in ArticlePage.objects.all():
        field = page._meta.get_field("body")
        places = [place for place in walk(page) if place.field == "body"]
        ours = [text for place in places for text in searchable_at(place)]

        stock = field.get_searchable_content(page.body)
        assert " ".join(ours).split() == " ".join(stock).split()
