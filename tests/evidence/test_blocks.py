"""Sourced blocks: what they print, and what keeps them from being published."""

import json

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.urls import reverse
from wagtail.blocks import Block

from articles.models.article_page import ArticlePage
from core.publishing.gate import publishing_problems
from evidence.blocks import SourcedBodyBlock
from evidence.models import Reference
from tests.helpers.factories import (
    ArticleIndexPageFactory,
    ArticlePageFactory,
    PeopleIndexPageFactory,
    PersonPageFactory,
)
from tests.helpers.factories_evidence import ReferenceFactory, article, citation

OURS = [
    "spoken_quotation",
    "block_quotation",
    "attributed_quotation",
    "key_fact",
    "claim",
]


@pytest.fixture
def index(home):
    return ArticleIndexPageFactory(parent=home)


@pytest.fixture
def person(home):
    people = PeopleIndexPageFactory(parent=home)
    return PersonPageFactory(parent=people, title="Ada Berg")


def draft(index, kind, **value):
    body = json.dumps([{"type": kind, "value": value}])
    return ArticlePageFactory(parent=index, body=body, live=False)


def shown(client, page):
    """The page's first figure or fact, as a reader gets it."""
    page.save_revision().publish()
    soup = BeautifulSoup(client.get(page.url).content, "html.parser")
    return soup.select_one(".body").find(["figure", "div"])


def codes(page):
    return [problem.code for problem in publishing_problems(page)]


@pytest.mark.parametrize("name", OURS)
def test_a_preview_draws_without_anything_in_the_library(log_in, name):
    block = SourcedBodyBlock().child_blocks[name]
    assert block.is_previewable
    Block.definition_registry[block.definition_prefix] = block

    url = reverse("wagtailadmin_block_preview")
    response = log_in("Editors").get(url, {"id": block.definition_prefix})

    assert response.status_code == 200
    assert name.replace("_", "-") in response.content.decode()
    assert not Reference.objects.exists()


class TestQuotations:
    def test_what_somebody_said_is_introduced_by_name_and_profile(
        self, client, index, person
    ):
        page = draft(
            index,
            "spoken_quotation",
            introduction="The neurologist who led the trial,",
            text="<p>No promise.</p>",
            person=person.pk,
        )

        figure = shown(client, page)

        caption = figure.figcaption
        assert caption.text == "The neurologist who led the trial, Ada Berg, says:"
        assert caption.a["href"] == person.url
        assert figure.blockquote.text.strip() == "No promise."

    def test_somebody_without_a_published_profile_is_named_without_a_link(
        self, client, index, person
    ):
        person.unpublish()
        page = draft(index, "spoken_quotation", text="<p>x</p>", person=person.pk)

        caption = shown(client, page).figcaption

        assert caption.text == "Ada Berg says:"
        assert caption.a is None

    def test_a_passage_names_its_work_and_cites_it(self, client, index):
        reference = ReferenceFactory(doi="10.1093/brain/awaa333")
        page = draft(
            index,
            "block_quotation",
            text="<p>Words.</p>",
            reference=reference.pk,
            locator='p. "4"',
        )

        figure = shown(client, page)

        assert figure.blockquote["cite"] == "https://doi.org/10.1093/brain/awaa333"
        assert figure.figcaption.text == 'Petrou P, Brain 2020[1, p. "4"]'
        assert figure.figcaption.cite.text == "Brain"

    def test_an_attributed_quotation_ends_with_its_author_after_a_dash(
        self, client, index
    ):
        page = draft(
            index,
            "attributed_quotation",
            text="<p>Words.</p>",
            author="Uccelli <and> others",
            reference=ReferenceFactory().pk,
        )

        assert shown(client, page).figcaption.text == "— Uccelli <and> others[1]"

    def test_a_fact_carries_its_citation_in_its_last_sentence(self, client, index):
        page = draft(
            index,
            "key_fact",
            figure="48",
            text="<p>One.</p><p>people took part.</p>",
            reference=ReferenceFactory().pk,
            locator="",
        )

        fact = shown(client, page)

        assert fact.select_one(".key-fact__figure").text == "48"
        assert fact.select_one(".key-fact__text").find_all("p")[-1].text == (
            "people took part.[1]"
        )

    def test_facts_and_quotations_take_a_query_for_each_kind_not_for_each_block(
        self, index, django_assert_num_queries
    ):
        pks = [reference.pk for reference in ReferenceFactory.create_batch(9)]
        fact = {"figure": "48", "text": "<p>x</p>", "locator": ""}
        body = [
            {"type": kind, "value": {**fact, "reference": pk}}
            for kind in ("key_fact", "block_quotation")
            for pk in pks
        ]
        page = ArticlePageFactory(parent=index, body=json.dumps(body), live=False)
        page.refresh_from_db()

        with django_assert_num_queries(2):
            html = page.body.render_as_block()

        assert html.count("<!--cite") == 18


class TestGate:
    def test_a_citation_of_what_is_gone_blocks_wherever_it_stands(self, index):
        gone = f"<p>{citation(987654)}</p>"
        for kind, value in [
            ("paragraph", gone),
            ("spoken_quotation", {"text": gone, "speaker": "Ada"}),
            ("questions", {"items": [{"question": "?", "answer": gone}]}),
            (
                "comparison",
                {
                    "table": {
                        "columns": [{"type": "text", "heading": "A"}],
                        "rows": [{"values": [gone]}],
                        "caption": "",
                    },
                },
            ),
        ]:
            body = json.dumps([{"type": kind, "value": value}])
            page = ArticlePageFactory(parent=index, body=body, live=False)
            assert codes(page) == ["dangling-citation"], kind

    @pytest.mark.parametrize("digits", [30, 5000])
    def test_a_citation_of_what_no_database_counts_is_read(self, client, index, digits):
        page = article(index)
        text = f"<p>Words {citation('9' * digits)}</p>"
        body = json.dumps([{"type": "paragraph", "value": text}])
        ArticlePage.objects.filter(pk=page.pk).update(body=body)

        response = client.get(page.url)

        assert response.status_code == 200
        assert "[?]" in response.content.decode()

    @pytest.mark.parametrize("kind", ["attributed_quotation", "claim"])
    def test_a_chosen_reference_that_is_gone_blocks(self, index, kind):
        reference = ReferenceFactory().pk
        value = {
            "attributed_quotation": {
                "text": "<p>x</p>",
                "author": "Ada",
                "reference": reference,
            },
            "claim": {
                "sentence": "<p>x</p>",
                "outcome": "y",
                "direction": "supports",
                "works": [{"reference": ReferenceFactory().pk, "locator": "p. 1"}],
            },
        }[kind]
        page = draft(index, kind, **value)
        with connection.cursor() as cursor:  # as a restored backup may
            cursor.execute("DELETE FROM evidence_reference")

        page.refresh_from_db()

        # A claim has no work then, besides.
        alone = kind == "attributed_quotation"
        expected = {"dangling-citation", *([] if alone else ["unsupported-fact"])}
        assert set(codes(page)) == expected

    def test_citations_are_looked_up_in_one_query(
        self, index, django_assert_num_queries
    ):
        references = ReferenceFactory.create_batch(9)
        body = [
            {"type": "paragraph", "value": f"<p>{citation(r)}</p>"} for r in references
        ]
        page = ArticlePageFactory(parent=index, body=json.dumps(body), live=False)
        version = page.save_revision().as_object()  # what every door asks about

        # And once each: what did the import that it came from name, and when are works
        # old?
        with django_assert_num_queries(3):
            assert codes(version) == []

    @pytest.mark.parametrize(
        ("kind", "value", "code", "sentence"),
        [
            (
                "spoken_quotation",
                {"speaker": " "},
                "quotation-without-source",
                "who spoke",
            ),
            ("block_quotation", {}, "quotation-without-source", "Choose the work"),
            ("attributed_quotation", {}, "quotation-without-source", "who wrote"),
            ("key_fact", {"figure": "48"}, "unsupported-fact", "“48”"),
        ],
    )
    def test_words_and_figures_without_a_source_block(
        self, index, kind, value, code, sentence
    ):
        page = draft(index, kind, text="<p>x</p>", **value)

        [problem] = publishing_problems(page)

        assert (problem.code, problem.level, problem.position) == (code, "block", 0)
        assert sentence in problem.sentence

    @pytest.mark.parametrize(
        ("kind", "value"),
        [
            ("spoken_quotation", {"speaker": "Ada"}),
            ("attributed_quotation", {"author": "Ada"}),
        ],
    )
    def test_a_name_is_a_source(self, index, kind, value):
        assert codes(draft(index, kind, text="<p>x</p>", **value)) == []
