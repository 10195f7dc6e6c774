"""Citations on the page: numbered, listed, escaped."""

import re

import pytest
from bs4 import BeautifulSoup
from django.template import Context, Template
from django.utils.html import escape
from wagtail.rich_text import RichText, expand_db_html

from tests.helpers.factories import ArticleIndexPageFactory
from tests.helpers.factories_evidence import (
    ReferenceFactory,
    article,
    citation,
    everywhere,
    paragraph,
)

NASTY = """p. 3 "q" <x> & O'Neil -->"""


@pytest.fixture
def index(home):
    return ArticleIndexPageFactory(parent=home)


def render(template, **context):
    return Template("{% load evidence_tags wagtailcore_tags %}" + template).render(
        Context(context)
    )


class TestPage:
    def test_84_citations_of_41_references_take_one_query(
        self, client, index, django_assert_num_queries
    ):
        references = ReferenceFactory.create_batch(41)
        pks = ([r.pk for r in references] * 3)[:84]
        page = article(index, *everywhere(pks), live=False)
        template = "{% citations %}{% include_block page.body %}{% endcitations %}"

        page.refresh_from_db()
        with django_assert_num_queries(1):
            html = render(template, page=page)

        soup = BeautifulSoup(html, "html.parser")
        assert len(soup.select("sup.citation")) == 84
        assert len(soup.select(".references li")) == 41
        assert "<!--" not in html

    def test_prints_its_references_with_links_there_and_back(self, client, index):
        one, two = ReferenceFactory.create_batch(2)
        page = article(
            index,
            paragraph(citation(two), citation(one)),
            ("callout", {"kind": "note", "text": f"<p>Again{citation(two)}</p>"}),
        )

        soup = BeautifulSoup(client.get(page.url).content, "html.parser")

        assert [a.text for a in soup.select("sup.citation a")] == ["1", "2", "1"]
        first, second = soup.select("section.references li")
        assert two.title in first.text
        assert one.title in second.text
        back = [a["href"] for a in first.select(".references__backlinks a")]
        assert back == ["#cite-1", "#cite-3"]
        targets = {tag["id"] for tag in soup.select("[id]")}
        assert {a["href"][1:] for a in soup.select(".citation a")} <= targets
        assert {href[1:] for href in back} <= targets

    def test_its_references_stand_in_the_contents_where_there_are_any(
        self, client, index
    ):
        heading = ("heading", {"text": "Causes", "level": "2", "anchor": ""})
        plain = article(index, heading, ("paragraph", "<p>Plain.</p>"))
        citing = article(index, heading, paragraph(citation(ReferenceFactory())))

        def contents(page):
            soup = BeautifulSoup(client.get(page.url).content, "html.parser")
            return [a["href"] for a in soup.select(".contents a")]

        assert contents(plain) == ["#causes"]
        assert contents(citing) == ["#causes", "#references"]

    def test_folds_away_the_ways_back_but_one_where_there_are_many(self, client, index):
        often, twice = ReferenceFactory.create_batch(2)
        page = article(
            index,
            *[paragraph(citation(often)) for _ in range(4)],
            *[paragraph(citation(twice)) for _ in range(2)],
        )

        soup = BeautifulSoup(client.get(page.url).content, "html.parser")

        many, few = soup.select(".references__backlinks")
        assert many.summary.text == "and 3 more times of reference 1"
        assert many.summary.select_one(".visually-hidden").text == " of reference 1"
        assert [a["href"] for a in many.select("a")] == [
            f"#cite-{place}" for place in range(1, 5)
        ]
        assert many.a.parent is many
        assert len(many.details.select("a")) == 3
        assert few.details is None
        assert len(few.select("a")) == 2

    def test_shows_a_question_mark_for_a_reference_that_is_gone(self, client, index):
        page = article(index, paragraph(citation(987654)), live=False)
        page.__class__.objects.filter(pk=page.pk).update(live=True)

        html = client.get(page.url).content.decode()

        assert "[?]" in html
        assert 'class="references"' not in html

    def test_without_citations_has_no_list(self, client, index):
        page = article(index, ("paragraph", "<p>Plain.</p>"))

        assert 'class="references"' not in client.get(page.url).content.decode()

    def test_keeps_any_place_in_a_work_escaped_once(self, client, index):
        reference = ReferenceFactory()
        stored = citation(reference, escape(NASTY))
        page = article(index, paragraph(stored))

        html = client.get(page.url).content.decode()

        [link] = BeautifulSoup(html, "html.parser").select(".citation a")
        assert link.text == f"1, {NASTY}"
        assert link["aria-label"] == f"Reference 1, {NASTY}"
        assert "<x>" not in html

    def test_escapes_what_the_library_holds(self, client, index):
        evil = "</li><script>alert(1)</script>"
        reference = ReferenceFactory(
            title=evil, container_title=evil, authors=[{"literal": evil}]
        )
        page = article(index, paragraph(citation(reference)))

        html = client.get(page.url).content.decode()

        assert "<script>alert" not in html
        assert html.count("&lt;script&gt;alert(1)&lt;/script&gt;") == 3

    def test_text_cannot_forge_a_citation(self, client, index):
        reference = ReferenceFactory()
        forged = f"<!--cite {reference.pk} -->"
        page = article(index, ("paragraph", f"<p>{escape(forged)}</p>"), title=forged)

        html = client.get(page.url).content.decode()

        assert 'class="citation"' not in html
        assert escape(forged) in html


class TestTags:
    @pytest.mark.django_db
    def test_the_list_stands_where_it_is_asked_for(self):
        reference = ReferenceFactory()

        html = render(
            "{% citations %}{{ text }}|{% reference_list %}|after{% reference_list %}"
            "{% endcitations %}",
            text=RichText(f"<p>{citation(reference)}</p>"),
        )

        assert re.search(
            r'\|<section class="references">.*</section>\s*\|after$', html, re.S
        )

    @pytest.mark.django_db
    def test_the_list_ends_the_text_when_it_is_not_asked_for(self):
        html = render(
            "{% citations %}x{% cite r 'p. 2' %}y{% endcitations %}",
            r=ReferenceFactory(),
        )

        assert re.match(r'x<sup .*</sup>y<section class="references">', html)

    def test_nothing_cited_takes_no_query_and_leaves_no_trace(self):
        assert render("{% citations %}a{% reference_list %}b{% endcitations %}") == "ab"

    def test_a_citation_of_nothing_chosen_prints_nothing(self):
        assert render("{% cite r %}", r=None) == ""

    def test_outside_the_tag_a_citation_is_invisible(self):
        html = expand_db_html(f"<p>a{citation(7, 'p. 1')}b</p>")

        assert html == "<p>a<!--cite 7 p.%201-->b</p>"
        assert render("{{ html|striptags }}", html=html) == "ab"

    @pytest.mark.parametrize("pk", ["", "x", "-1", "9" * 30, "٣", '7"'])
    def test_an_id_that_is_none_is_a_dangling_citation(self, pk, db):
        html = f'<p><embed embedtype="citation" id="{escape(pk)}"/></p>'

        page = render(
            "{% citations %}{{ text }}{% endcitations %}", text=RichText(html)
        )

        assert "[?]" in page
