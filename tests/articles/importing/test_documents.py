"""Markdown and HTML files become the blocks that an editor would have made."""

import json
import re

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

from articles.models.article_page import ArticlePage
from core.blocks.prose import INLINE, PROSE
from core.prefetch.walk import walk
from evidence.models import Reference
from tests.helpers.article_import import (
    DATA,
    body,
    citation,
    picture,
    problems,
    row,
    rows,
)
from tests.helpers.factories import (
    ArticleIndexPageFactory,
    ContentPageFactory,
    PeopleIndexPageFactory,
    PersonPageFactory,
    SiteImageFactory,
    TopicFactory,
)
from tests.helpers.factories_evidence import ReferenceFactory

KEY = re.compile(r' data-block-key="[^"]*"')

pytestmark = pytest.mark.django_db


@pytest.fixture
def index(home):
    return ArticleIndexPageFactory(parent=home)


@pytest.fixture
def people(home):
    return PeopleIndexPageFactory(parent=home)


class TestClinicArticle:
    """A long Markdown article with twelve references, as a colleague writes one."""

    @pytest.fixture
    def found(self, index, people):
        PersonPageFactory(parent=people, title="Ada Lindqvist")
        PersonPageFactory(parent=people, title="Panayiota Petrou")
        TopicFactory(name="Multiple sclerosis")
        ContentPageFactory(parent=index.get_parent(), slug="costs")
        for doi in ("10.1093/brain/awaa333", "10.1371/journal.pone.0113936"):
            ReferenceFactory(doi=doi)
        ReferenceFactory(doi="10.1016/j.ebiom.2018.02.002")
        ReferenceFactory(pmid="34135843")
        ReferenceFactory(
            title="Mesenchymal stem cells in health and disease", issued_year=2008
        )
        ReferenceFactory(
            title="Safety, Tolerability and activity of mesenchymal stem cells versus "
            "placebo in multiple sclerosis (MESEMS): a phase 2, randomised, "
            "double-blind crossover trial",
            issued_year=2021,
        )
        files = {
            "walking-again.md": (DATA / "walking-again.md").read_bytes(),
            "images/gait-laboratory.png": picture("navy"),
            "images/walking-distance.png": picture("teal"),
        }
        [found] = rows(index, files)
        return found

    def test_says_what_the_front_matter_says(self, found):
        fields = found.fields

        assert fields["slug"] == "walking-again"
        assert fields["standfirst"].startswith("Twelve studies have asked")
        assert fields["topic"]["name"] == "Multiple sclerosis"
        assert [(c["name"], c["role"]) for c in fields["contributions"]] == [
            ("Ada Lindqvist", "author"),
            ("Panayiota Petrou", "clinical"),
        ]
        assert "a review is recorded here by who makes it" in problems(found)
        assert fields["lead_image"] > 9 * 10**17
        assert "10: Nobody Known" not in problems(found)
        assert "Nobody Known: No profile has this name" in problems(found)
        assert "17: mood: hopeful: “mood” is not a field of an article" in problems(
            found
        )

    def test_has_blocks_in_the_order_of_the_text(self, found):
        assert [block["type"] for block in found.fields["body"]] == [
            "paragraph",
            "heading",
            "paragraph",
            "list",
            "paragraph",
            "figure",
            "attributed_quotation",
            "block_quotation",
            "heading",
            "comparison",
            "heading",
            "paragraph",
            "heading",
            "paragraph",
        ]

    def test_cites_what_the_library_has_and_keeps_the_rest_as_typed(self, found):
        by_doi = Reference.objects.get(doi="10.1093/brain/awaa333")
        text = json.dumps(found.fields["body"], ensure_ascii=False).replace('\\"', '"')

        assert f"a year {citation(by_doi, 'p. 3577')}. Two" in text
        by_pmid = Reference.objects.get(pmid="34135843")
        assert f"than before {citation(by_doi)}{citation(by_pmid)}.</p>" in text
        assert "about walking (1)" in text
        assert "had been smaller [4-6], and" in text
        assert "kg/m<sup>2</sup>" in text
        assert "nor is (2020)" in text
        assert (found.counted["matched"], found.counted["citations"]) == (8, 13)

    def test_reports_each_citation_that_is_none_with_its_line(self, found):
        said = problems(found)

        assert "23: (1): Not found in the library: “Lublin FD" in said
        assert "63: (11, 13): Not found in the library: “Cohen JA" in said
        assert "The list has no number 13." in said

    def test_keeps_what_is_not_in_the_library_at_the_end(self, found):
        heading, kept = found.fields["body"][-2:]

        assert heading["value"]["text"] == "References that are not in the library"
        assert kept["value"].count("<p>") == 7
        assert "<p>[1] Lublin FD" in kept["value"]
        assert "Petrou P, Kassis I, Levin" not in kept["value"]

    def test_binds_quotations_to_the_work_they_cite(self, found):
        attributed, block = (b["value"] for b in found.fields["body"][6:8])

        assert attributed["author"] == "Uccelli and colleagues"
        assert Reference.objects.get(pk=attributed["reference"]).issued_year == 2021
        assert Reference.objects.get(pk=block["reference"]).issued_year == 2008
        assert block["text"].endswith("by calming.</p>")

    def test_links_pages_of_the_site_and_drops_what_can_do_harm(self, found, index):
        [costs] = [p for p in index.get_siblings() if p.slug == "costs"]
        text = found.fields["body"][2]["value"]

        assert f'<a linktype="page" id="{costs.pk}">our page on costs</a>' in text
        assert '<a href="https://example.org/protocol">the protocol</a>' in text
        assert "careless link" in text
        assert "javascript" not in text
        assert "javascript:alert(1): The link is left out" in problems(found)

    def test_every_text_is_what_the_editor_would_store(self, found):
        page = ArticlePage(title="x", body=json.dumps(found.fields["body"]))
        texts = [p for p in walk(page) if hasattr(p.value, "source") and p.value]

        assert len(texts) > 10
        for place in texts:
            features = place.block.features
            assert features in (INLINE, PROSE)
            converter = ContentstateConverter(features)
            opened = converter.from_database_format(place.value.source)
            saved = converter.to_database_format(opened)
            assert KEY.sub("", saved) == place.value.source


class TestExportOfACms:
    """An HTML page as a blog writes it out, with a menu, a tracker and footnotes."""

    @pytest.fixture
    def found(self, index, people):
        PersonPageFactory(parent=people, title="Ada Lindqvist")
        ReferenceFactory(title="Fatigue in multiple sclerosis", issued_year=1988)
        files = {
            "next-steps.html": (DATA / "next-steps.html").read_bytes(),
            "waiting-room.png": picture(),
        }
        [found] = rows(index, files)
        return found

    def test_takes_the_article_and_nothing_around_it(self, found):
        text = json.dumps(found.fields, ensure_ascii=False)

        assert found.fields["title"] == "Next steps after a diagnosis"
        assert found.fields["standfirst"].startswith("What to ask")
        assert found.fields["contributions"][0]["date"] == "2024-11-05"
        for gone in (
            "dataLayer",
            "tracker",
            "Blog",
            "onerror",
            "onclick",
            "color: red",
        ):
            assert gone not in text

    def test_finds_the_picture_by_its_name(self, found):
        [figure] = [b for b in found.fields["body"] if b["type"] == "figure"]

        assert figure["value"]["image"]["alt_text"] == "Two chairs by a window"
        assert figure["value"]["caption"] == "<p>Where you <i>wait</i>.</p>"

    def test_footnotes_become_citations_or_stay(self, found):
        reference = Reference.objects.get()
        paragraph = found.fields["body"][2]["value"]

        assert f"name first.{citation(reference)} (3)" in paragraph
        assert "first talk<sup>1</sup>, and" in found.fields["body"][0]["value"]
        assert "[1] Kessels RP" in found.fields["body"][-1]["value"]

    def test_makes_tables_quotations_and_levels(self, found):
        by_type = {b["type"]: b["value"] for b in found.fields["body"]}

        assert by_type["comparison"]["table"]["caption"] == "A first fortnight"
        assert by_type["attributed_quotation"]["author"] == "A reader"
        levels = [
            b["value"]["level"] for b in found.fields["body"] if b["type"] == "heading"
        ]
        assert levels[:2] == ["2", "3"]

    def test_says_what_was_left_out(self, found):
        said = problems(found)

        assert "An embedded page (iframe) is left out" in said
        assert "columns have no headings" in said
        assert "diagnosis, fatigue" in said


class TestBlocks:
    @pytest.mark.parametrize(
        ("text", "blocks"),
        [
            ("One.\n\nTwo.", [("paragraph", "<p>One.</p><p>Two.</p>")]),
            (
                "One  \ntwo *three* **four**",
                [("paragraph", "<p>One<br/>two <i>three</i> <b>four</b></p>")],
            ),
            (
                "- a\n- b\n  1. c",
                [
                    (
                        "paragraph",
                        "<ul><li>a</li><li>b<ol><li>c</li></ol></li></ul>",
                    )
                ],
            ),
            (
                "> Words.\n>\n> > Nested.",
                [
                    (
                        "block_quotation",
                        {
                            "text": "<p>Words.</p><p>Nested.</p>",
                            "reference": None,
                            "locator": "",
                        },
                    )
                ],
            ),
            ("`code` ~~x~~", [("paragraph", "<p>code</p>")]),
            (
                "```\na\n  b\n```",
                [("paragraph", "<p>a<br/>b</p>")],
            ),
            ("<b><b>a</b></b><i></i>", [("paragraph", "<p><b>a</b></p>")]),
        ],
    )
    def test_of_markdown(self, index, text, blocks):
        assert body(index, text) == blocks

    def test_a_flat_list_is_a_list_block(self, index):
        [(kind, value)] = body(index, "1. a\n2. b\n\n   more")

        assert (kind, value["kind"]) == ("list", "numbers")
        assert value["items"] == [
            "<p>a</p>",
            "<p>b<br/>more</p>",
        ]

    def test_a_table_that_joins_cells_stands_as_paragraphs(self, index):
        html = "<h1>T</h1><table><tr><td colspan=2>a</td></tr><tr><td>b<td>c</table>"

        found = row(index, html, "a.html")

        assert found.fields["body"] == [
            {"type": "paragraph", "value": "<p>a</p><p>b · c</p>"}
        ]
        assert "joins cells" in problems(found)

    def test_a_picture_does_not_cut_a_sentence_in_two(self, index):
        files = {"a.md": "# T\n\nBefore ![Gait](g.png) after.", "g.png": picture()}

        found, *_ = rows(index, files)

        assert [b["type"] for b in found.fields["body"]] == ["paragraph", "figure"]
        assert found.fields["body"][0]["value"] == "<p>Before after.</p>"

    def test_levels_never_skip(self, index):
        blocks = body(index, "### Deep\n\na\n\n###### Deepest\n\nb")

        assert [v["level"] for kind, v in blocks if kind == "heading"] == ["2", "3"]

    def test_a_link_within_the_text_finds_its_heading(self, index):
        blocks = body(
            index, "See [below](#what-now), [not](#gone).\n\n## What now?\n\na"
        )

        assert blocks[0][1] == '<p>See <a href="#what-now">below</a>, not.</p>'

    def test_an_html_picture_without_words_is_decorative(self, index):
        files = {
            "a.html": '<h1>T</h1><img src="g.png" alt=""><p>a</p>',
            "b.md": "# U\n\n![](g.png)",
            "g.png": picture(),
        }

        html, markdown = rows(index, files)

        assert html.fields["body"][0]["value"]["image"]["decorative"] is True
        assert markdown.fields["body"][0]["value"]["image"]["decorative"] is False

    def test_a_picture_of_the_site_is_used_again(self, index):
        found, *_ = rows(index, {"a.md": "# T\n\n![A](g.png)", "g.png": picture()})
        placeholder = found.fields["body"][0]["value"]["image"]["image"]
        assert placeholder > 9 * 10**17

        stored = SiteImageFactory(file=ContentFile(picture(), name="other.png"))
        stored.get_file_hash()
        found, *_ = rows(index, {"a.md": "# T\n\n![A](g.png)", "g.png": picture()})

        assert found.fields["body"][0]["value"]["image"]["image"] == stored.pk

    @pytest.mark.parametrize(
        ("src", "why"),
        [
            ("https://example.org/a.png", "on another site and is not fetched"),
            ("data:image/png;base64,AAAA", "written into the file"),
            ("gone.png", "“gone.png” was not handed in"),
            ("http://[", "not the address of a picture"),
        ],
    )
    def test_a_picture_that_is_not_there_is_reported_with_its_words(
        self, index, src, why
    ):
        found = row(
            index, f'<h1>T</h1><p>a</p><img src="{src}" alt="A hand">', "a.html"
        )

        assert [b["type"] for b in found.fields["body"]] == ["paragraph"]
        assert why in problems(found)
        assert "It shows: “A hand”" in problems(found)


class TestLinks:
    @pytest.mark.parametrize(
        "href",
        [
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            "java\tscript:alert(1)",
            "&#1;javascript:alert(1)",
            "data:text/html,x",
            "vbscript:x",
            "file:///etc/passwd",
            "https://",
            "http://[::1",
            "//",
        ],
    )
    def test_leave_out_what_can_do_harm(self, index, href):
        found = row(index, f'<h1>T</h1><p><a href="{href}">words</a></p>', "a.html")

        assert found.fields["body"] == [{"type": "paragraph", "value": "<p>words</p>"}]
        assert "The link is left out" in problems(found)

    @pytest.mark.parametrize(
        ("href", "stored"),
        [
            ("https://example.org/?a=1&b=2", "https://example.org/?a=1&amp;b=2"),
            ("//example.org/x", "https://example.org/x"),
            ("mailto:a@example.org", "mailto:a@example.org"),
            ("tel:+441234", "tel:+441234"),
        ],
    )
    def test_keep_addresses_elsewhere(self, index, href, stored):
        [(_, text)] = body(index, f"[words]({href})")

        assert text == f'<p><a href="{stored}">words</a></p>'

    def test_lead_to_pages_of_the_site(self, index):
        page = ContentPageFactory(parent=index.get_parent(), slug="costs")

        for href in ("/costs/", "/costs", "http://localhost/costs/?x=1"):
            [(_, text)] = body(index, f"[words]({href})")
            assert text == f'<p><a linktype="page" id="{page.pk}">words</a></p>'

    def test_take_as_many_queries_for_many_as_for_few(self, index):
        counts = []
        row(index, "# Warm")
        for size in (2, 40):
            links = " ".join(f"[w](/costs-{n}/) (1)" for n in range(size))
            with CaptureQueriesContext(connection) as queries:
                body(index, f"{links}\n\n## References\n\n1. Nobody. Nothing. 2020.")
            counts.append(len(queries))

        assert counts[0] == counts[1]
