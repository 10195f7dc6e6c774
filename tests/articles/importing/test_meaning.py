"""An import never changes in silence what a file says."""

import pytest

from tests.helpers.article_import import body, picture, problems, row, rows
from tests.helpers.factories import ArticleIndexPageFactory
from tests.helpers.factories_evidence import ReferenceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def index(home):
    return ArticleIndexPageFactory(parent=home)


def html(index, inside, head=""):
    text = f"<html><head>{head}</head><body><main><h1>Title</h1>{inside}</main></body>"
    return row(index, text, "article.html")


def text_of(found):
    return " ".join(str(block["value"]) for block in found.fields["body"])


STRUCK = [
    "<del>50 mg</del>",
    "<s>50 mg</s>",
    "<strike>50 mg</strike>",
    '<span style="text-decoration: line-through">50 mg</span>',
    '<span class="gone">50 mg</span>',
]
HIDDEN = [
    "<p hidden>Secret words</p>",
    '<p style="display: none">Secret words</p>',
    '<div style="visibility:hidden"><p>Secret words</p></div>',
    '<p class="d-none">Secret words</p>',
    '<p><span class="sr-only">Secret words</span></p>',
    '<p class="internal">Secret words</p>',
    '<p style="text-indent:-9999px">Secret words</p>',
]
SHEET = (
    "<style>.gone{text-decoration:line-through} .a, .internal {display:none}</style>"
)


class TestStruckOut:
    @pytest.mark.parametrize("words", STRUCK)
    def test_words_of_html_are_left_out_and_named(self, index, words):
        found = html(index, f"<p>Take {words} 25 mg.</p>", SHEET)

        assert text_of(found) == "<p>Take 25 mg.</p>"
        assert "50 mg: Struck out" in problems(found)

    @pytest.mark.parametrize("words", ["~~50 mg~~", "<del>50 mg</del>"])
    def test_words_of_markdown_are_left_out_and_named(self, index, words):
        found = row(index, f"# Title\n\nTake {words} 25 mg.\n")

        assert text_of(found) == "<p>Take 25 mg.</p>"
        assert "3: 50 mg: Struck out" in problems(found)


class TestRemarks:
    @pytest.mark.parametrize(
        ("typed", "kept", "named"),
        [
            ("Take {--50--}{++25++} mg.", "Take 25 mg.", "50: "),
            ("Take {~~50~>25~~} mg.", "Take 25 mg.", "50: Struck out"),
            ("Take 25 mg{>>ask Ann<<}.", "Take 25 mg.", "ask Ann: "),
            ("Take %%ask Ann%% 25 mg.", "Take 25 mg.", "ask Ann: "),
            ("Take {==25==} or ==30== mg.", "Take 25 or 30 mg.", ""),
            ("If a == b, 100%% of 5 == 5.", "If a == b, 100%% of 5 == 5.", ""),
        ],
    )
    def test_between_editors_are_left_out_and_named(self, index, typed, kept, named):
        found = row(index, f"# Title\n\n{typed}\n")

        assert text_of(found) == f"<p>{kept}</p>"
        assert named in problems(found)


class TestHidden:
    @pytest.mark.parametrize("words", HIDDEN)
    def test_words_are_left_out_and_named(self, index, words):
        found = html(index, f"<p>Seen.</p>{words}", SHEET)

        assert text_of(found) == "<p>Seen.</p>"
        assert "Secret words: Hidden" in problems(found)

    @pytest.mark.parametrize(
        "words",
        [
            '<p style="opacity: 0.9; font-size: 0.9em">Seen too.</p>',
            '<p style="display: block">Seen too.</p>',
            "<details><p>Seen too.</p></details>",
            '<p class="hidden md:block">Seen too.</p>',
            '<p class="d-none d-lg-block">Seen too.</p>',
        ],
    )
    def test_others_stay(self, index, words):
        assert "Seen too." in text_of(html(index, words))


class TestLists:
    def test_numbers_go_on_behind_bullets(self, index):
        [(kind, value)] = body(index, "1. One\n   - a\n   - b\n2. Two\n3. Three\n")

        assert kind == "list"
        assert value == {
            "kind": "numbers",
            "items": [
                "<p>One<br/>\N{EN DASH} a<br/>\N{EN DASH} b</p>",
                "<p>Two</p>",
                "<p>Three</p>",
            ],
        }

    def test_numbers_go_on_behind_pictures_and_paragraphs(self, index):
        text = (
            "# T\n\n1. One\n\n![A](a.png)\n\n2. Two\n\nStill two.\n\n3. Three\n\nEnd.\n"
        )
        found = rows(index, {"a.md": text, "a.png": picture()})[0]

        steps, figure, end = found.fields["body"]
        assert steps["value"]["items"] == [
            "<p>One</p>",
            "<p>Two<br/>Still two.</p>",
            "<p>Three</p>",
        ]
        assert (figure["type"], end["value"]) == ("figure", "<p>End.</p>")
        assert "a.png: The picture stands behind the list" in problems(found)

    def test_numbers_that_begin_again_are_another_list(self, index):
        found = body(index, "1. One\n2. Two\n\nWords.\n\n1. Other\n")

        assert [kind for kind, _ in found] == ["list", "paragraph", "list"]

    def test_numbers_within_numbers_and_bullets_within_bullets_stay_lists(self, index):
        [(_, numbers)] = body(index, "1. One\n   1. a\n2. Two\n")
        [(_, bullets)] = body(index, "- One\n  - a\n- Two\n")

        assert numbers.count("<ol>") == 2
        assert bullets == ("<ul><li>One<ul><li>a</li></ul></li><li>Two</li></ul>")

    def test_words_behind_an_inner_list_belong_to_its_point(self, index):
        text = "# T\n\n- Morning\n  - drops\n\n  Not at noon.\n- Evening\n"

        found = row(index, text)

        assert "Morning<br/>Not at noon.<ul><li>drops" in text_of(found)
        assert "Not at noon.: These words stood behind" in problems(found)

    def test_a_picture_behind_its_list_is_named(self, index):
        text = "# T\n\n1. One\n\n   ![A](a.png)\n\n2. Two\n"
        found = rows(index, {"a.md": text, "a.png": picture()})[0]

        assert [b["type"] for b in found.fields["body"]] == ["list", "figure"]
        assert "a.png: The picture stands behind the list" in problems(found)


class TestCallouts:
    @pytest.mark.parametrize(
        "text",
        [
            "> [!WARNING]\n> Do not **stop**.\n",
            "> [!caution] \n> Do not **stop**.\n",
            ":::warning\nDo not **stop**.\n:::\n",
            "::: danger\nDo not **stop**.\n:::\n",
            "!!! warning\n    Do not **stop**.\n",
            "{{% notice warning %}}\nDo not **stop**.\n{{% /notice %}}\n",
            '<div class="alert alert-danger">Do not <b>stop</b>.</div>\n',
            '<aside class="admonition warning"><p>Do not <b>stop</b>.</p></aside>\n',
            '<div class="markdown-alert markdown-alert-warning"><p '
            'class="markdown-alert-title">Warning</p><p>Do not <b>stop</b>.</p></div>',
        ],
    )
    def test_of_each_kind_become_a_warning(self, index, text):
        assert body(index, text) == [
            (
                "callout",
                {
                    "kind": "warning",
                    "heading": "",
                    "text": "<p>Do not <b>stop</b>.</p>",
                },
            )
        ]

    @pytest.mark.parametrize(
        "text",
        [
            "> [!NOTE] Look\n> Words.\n",
            ":::note[Look]\nWords.\n:::\n",
            '!!! tip "Look"\n    Words.\n',
            '{{< callout type="info" title="Look" >}}\nWords.\n{{< /callout >}}\n',
        ],
    )
    def test_keep_their_headings(self, index, text):
        [(kind, value)] = body(index, text)

        assert kind == "callout"
        assert value == {"kind": "note", "heading": "Look", "text": "<p>Words.</p>"}

    @pytest.mark.parametrize(
        "text", ["> **Warning**\n> Stop.\n", "> **WARNING:**\n>\n> Stop.\n"]
    )
    def test_begin_with_a_word_in_bold_type_alone(self, index, text):
        [(kind, value)] = body(index, text)

        assert (kind, value["kind"]) == ("callout", "warning")
        assert value["text"] == "<p>Stop.</p>"

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("> **Warning:** the sea is high.\n", "block_quotation"),
            ("::: columns\nWords.\n:::\n", "paragraph"),
        ],
    )
    def test_are_nothing_else(self, index, text, expected):
        assert [kind for kind, _ in body(index, text)] == [expected]

    def test_are_no_quotations_that_begin_otherwise(self, index):
        [(kind, _)] = body(index, "> [!] Words.\n")

        assert kind == "block_quotation"


class TestReferencesInATable:
    ROW = '<tr><th id="r1">1</th><td>One A. A title. 2020. doi:10.1000/a</td></tr>'

    @pytest.mark.parametrize(
        "table",
        [
            f'<table class="footnotes_table">{ROW}</table>',
            f"<table><caption>References</caption>{ROW}</table>",
            f"<h2>References</h2><table>{ROW}</table>",
            f'<div class="references"><table>{ROW}</table></div>',
        ],
    )
    @pytest.mark.parametrize(
        "cite", ['<sup><a href="#r1">[1]</a></sup>', "<sup>1</sup>"]
    )
    def test_are_cited(self, index, table, cite):
        reference = ReferenceFactory(doi="10.1000/a")

        found = html(index, f"<p>Walking helps.{cite}</p>{table}")

        assert f'<embed embedtype="citation" id="{reference.pk}"/>' in text_of(found)
        assert found.counted["matched"] == 1
        assert len(found.fields["body"]) == 1

    def test_other_tables_stay_tables(self, index):
        found = html(
            index,
            "<table><tr><th>A</th><th>B</th></tr><tr><td>1</td><td>2</td></tr></table>",
        )

        assert [b["type"] for b in found.fields["body"]] == ["comparison"]


def test_a_list_of_references_ends_where_a_heading_begins(index):
    reference = ReferenceFactory(doi="10.1000/a")
    text = (
        "Walking [1].\n\n## References\n\n1. One. 10.1000/a\n\n### About us\n\nWords.\n"
    )

    found = row(index, f"# T\n\n{text}")

    assert str(reference.pk) in text_of(found)
    assert [b["type"] for b in found.fields["body"]] == [
        "paragraph",
        "heading",
        "paragraph",
    ]
