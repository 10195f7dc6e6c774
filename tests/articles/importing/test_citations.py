"""Typed citations become citations where the list and the library know the work."""

import pytest

from evidence.models import Reference
from tests.helpers.article_import import body, citation, problems, row
from tests.helpers.factories import ArticleIndexPageFactory
from tests.helpers.factories_evidence import ReferenceFactory

pytestmark = pytest.mark.django_db

LIST = """

## References

1. First A. One. 2001. doi:10.1000/one
2. Second B. Two. 2002. https://doi.org/10.1000/TWO.
3. Third C. Three. 2003. PMID: 30000003
4. Fourth D. Nobody has this one. 2004.
"""


@pytest.fixture
def index(home):
    return ArticleIndexPageFactory(parent=home)


@pytest.fixture
def library():
    return [
        ReferenceFactory(doi="10.1000/one"),
        ReferenceFactory(doi="10.1000/two"),
        ReferenceFactory(pmid="30000003"),
    ]


def cited(index, library, text):
    """What becomes of ``text``, with <1> for a citation of the first of the library."""
    [(_, html), *_] = body(index, text + LIST)
    for number, reference in enumerate(library, start=1):
        html = html.replace(citation(reference), f"<{number}>")
        html = html.replace(citation(reference, "p. 14"), f"<{number} p. 14>")
    return html


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("Words (1).", "Words <1>."),
        ("Words [2].", "Words <2>."),
        ("Words (1, 2).", "Words <1><2>."),
        ("Words (1,2;3).", "Words <1><2><3>."),
        ("Words [1-3].", "Words <1><2><3>."),
        ("Words [1\N{EN DASH}3].", "Words <1><2><3>."),
        ("Words [1][2].", "Words <1><2>."),
        ("Words (2, p. 14).", "Words <2 p. 14>."),
        ("Words.<sup>1</sup> More.", "Words.<1> More."),
        ("Words<sup>1,2</sup> more.", "Words<1><2> more."),
        ("Words<sup>1-3</sup>", "Words<1><2><3>"),
        ("*Words (1)*", "<i>Words</i> <1>"),
        ("**Words**[1]", "<b>Words</b><1>"),
        # Not all of it is known: what is not stays as typed.
        ("Words (1, 4).", "Words <1> (4)."),
        ("Words (4).", "Words (4)."),
        ("Words (1, 9).", "Words <1> (9)."),
        ("Words.<sup>4</sup>", "Words.<sup>4</sup>"),
        # No citations at all.
        ("A metre<sup>2</sup>: m<sup>2</sup>, 10<sup>3</sup>, R<sup>2</sup>", None),
        ("In (2020) it was (3-1), f(x), (a), (12,5) and (1.2).", None),
        ("(1000) people, [see 1], 1) and 2).", None),
    ],
)
def test_typed_numbers(index, library, typed, stored):
    html = cited(index, library, typed)

    if stored is None:
        assert "<embed" not in html.replace("metre<2>", "")
        for number in "123":
            assert f"<{number}>" not in html.replace("metre<2>", "")
    else:
        assert html == f"<p>{stored}</p>"


def test_round_brackets_count_where_others_cite(index, library):
    text = "One [1], two [2]; two people (3) walked."

    found = row(index, f"# T\n\n{text}{LIST}")

    assert "people (3) walked" in found.fields["body"][0]["value"]
    assert "(3): If this is a citation" in problems(found)


def test_a_citation_never_stands_within_a_link(index, library):
    html = cited(index, library, "See [the trial (1) of 2001](https://example.org/).")

    assert html == (
        '<p>See <a href="https://example.org/">the trial  of 2001</a><1>.</p>'
    ).replace("  ", " ")


def test_links_to_the_list_are_citations(index, library):
    html = (
        "<h1>T</h1><p>a [<a href='#r1'>1</a>, <a href='#r2'>2</a>] b "
        "(<a href='#r1'>1</a>&ndash;<a href='#r3'>3</a>)"
        "<sup><a href='#r1'>1</a></sup></p><h2>References</h2><ol>"
        "<li id=r1>doi:10.1000/one</li><li><a id=r2></a>doi:10.1000/two</li>"
        "<li id=r3>PMID 30000003</li></ol>"
    )

    found = row(index, html, "a.html")

    one, two, three = map(citation, library)
    assert found.fields["body"] == [
        {
            "type": "paragraph",
            "value": f"<p>a {one}{two} b {one}{two}{three}{one}</p>",
        }
    ]
    assert found.counted["matched"] == found.counted["citations"] == 3


def test_footnotes_and_a_list_have_numbers_of_their_own(index, library):
    text = "Words[^a] and (2).\n\n[^a]: PMID 30000003\n" + LIST

    [(_, html), *_] = body(index, text)

    assert html == f"<p>Words{citation(library[2])} and {citation(library[1])}.</p>"


@pytest.mark.parametrize(
    "heading",
    ["## References", "**References:**", "### 7. Bibliography", "Works cited", ""],
)
@pytest.mark.parametrize(
    "entries",
    [
        "1. doi:10.1000/one\n2. doi:10.1000/two",
        "[1] doi:10.1000/one\n\n[2] doi:10.1000/two",
        "[1] doi:10.1000/one\n[2] doi:10.1000/two",
        "- doi:10.1000/one\n- doi:10.1000/two",
    ],
)
def test_lists_are_found_however_they_are_set(index, library, heading, entries):
    if not heading and not entries.startswith("1."):
        pytest.skip("nothing tells that this is a list of references")

    blocks = body(index, f"Words (1) words (2).\n\n{heading}\n\n{entries}")

    one, two, _ = map(citation, library)
    assert blocks == [("paragraph", f"<p>Words {one} words {two}.</p>")]


def test_what_follows_the_list_stays(index, library):
    blocks = body(index, f"Words (1).{LIST}\n## Thanks\n\nTo everyone.")

    assert blocks[1][1]["text"] == "Thanks"
    assert ("paragraph", "<p>To everyone.</p>") in blocks


def test_what_nobody_cites_stays_and_is_reported(index, library):
    found = row(index, f"# T\n\nWords (1).{LIST}")

    kept = found.fields["body"][-1]["value"]
    assert kept.count("<p>") == 3
    assert "Nothing in the text cites it." in problems(found)


def test_a_number_without_any_list_is_reported(index):
    found = row(index, "# T\n\nWords.\nWords (7) and [8, 9].")

    assert found.fields["body"][0]["value"] == "<p>Words. Words (7) and [8, 9].</p>"
    assert "4: (7): If this is a citation" in problems(found)
    assert "4: [8, 9]: If this is a citation" in problems(found)


def test_two_entries_of_one_number_are_reported(index, library):
    text = "# T\n\nA (1).\n\n## References\n\n[1] doi:10.1000/one\n\n[1] Other."

    assert "Two entries of the list have the number 1" in problems(row(index, text))


class TestMatching:
    def entry(self, index, text, **options):
        return row(index, f"# T\n\nA (1).\n\n## References\n\n1. {text}", **options)

    @pytest.mark.parametrize(
        "text",
        [
            "Petrou P. Walking speed after cells: a trial. Brain. 2020;143:1.",
            "Petrou P. (2020). WALKING SPEED AFTER CELLS - a trial. Brain, 143, 1.",
            "Petrou P. “Walking speed after cells: a trial,” Brain 143 (2020).",
            "Petrou P. Walking speed after cells: a trial. Brain. 2019;143:1.",
            "Petrou P. *Walking speed after cells: a trial*. Brain.",
        ],
    )
    def test_by_title(self, index, text):
        ReferenceFactory(title="Walking speed after cells: a trial", issued_year=2020)

        found = self.entry(index, text)

        assert found.counted["matched"] == 1, problems(found)

    @pytest.mark.parametrize(
        "text",
        [
            "Petrou P. Walking speed after cells: a trial. Brain. 2010;143:1.",
            "Petrou P. Walking speed. Brain. 2020;143:1.",
            "Petrou P. Walking speed after cells: a trial of two. Brain. 2020.",
        ],
    )
    def test_not_by_half_a_title_or_another_year(self, index, text):
        ReferenceFactory(title="Walking speed after cells: a trial", issued_year=2020)

        assert self.entry(index, text).counted["matched"] == 0

    def test_a_short_title_needs_its_year(self, index):
        ReferenceFactory(title="Editorial comment", issued_year=2020)
        text = "Petrou P. Editorial comment."

        assert self.entry(index, f"{text} 2020.").counted["matched"] == 1
        assert self.entry(index, text).counted["matched"] == 0

    def test_a_short_title_is_not_that_of_another_author(self, index):
        thompson = [{"family": "Thompson", "given": "A"}]
        ReferenceFactory(title="Multiple sclerosis", issued_year=2018, authors=thompson)

        found = self.entry(index, "Reich D. Multiple sclerosis. N Engl J Med. 2018.")

        assert found.counted["matched"] == 0
        assert "Not found in the library" in problems(found)

    @pytest.mark.parametrize(
        ("stored", "typed"),
        [
            ({"doi": "10.1000/one"}, "doi:10.1000/two"),
            ({"pmid": "30000003"}, "PMID: 30000004"),
        ],
    )
    def test_a_title_is_not_that_of_a_work_with_another_number(
        self, index, stored, typed
    ):
        ReferenceFactory(title="Walking speed after cells", issued_year=2020, **stored)
        text = f"Petrou P. Walking speed after cells. Brain. 2020. {typed}"

        found = self.entry(index, text)

        assert found.counted["matched"] == 0
        assert "It is not in the library by its" in problems(found)

    def test_two_works_of_one_title_are_left_to_the_editor(self, index):
        ReferenceFactory.create_batch(2, title="Editorial comment", issued_year=2020)

        found = self.entry(index, "Petrou. Editorial comment. 2020.")

        assert found.counted["matched"] == 0
        assert "Several references of the library have its title" in problems(found)

    @pytest.mark.parametrize(
        "text",
        [
            "doi:10.1000/One(2)X",
            "(https://doi.org/10.1000/one(2)x)",
            "Title [DOI 10.1000/ONE(2)x].",
            "<https://doi.org/10.1000/one(2)x>",
            "[Title](https://dx.doi.org/10.1000/one%282%29x)",
        ],
    )
    def test_by_doi_in_any_spelling(self, index, text):
        ReferenceFactory(doi="10.1000/one(2)x")

        found = self.entry(index, text)

        assert found.counted["matched"] == 1, problems(found)

    def test_a_merged_reference_stands_for_the_one_that_stayed(self, index):
        kept = ReferenceFactory(doi="10.1000/kept")
        ReferenceFactory(doi="10.1000/gone", merged_into=kept)

        found = self.entry(index, "doi:10.1000/gone")

        assert citation(kept) in found.fields["body"][0]["value"]

    def test_numbers_of_two_works_contradict(self, index):
        ReferenceFactory(doi="10.1000/one")
        ReferenceFactory(pmid="30000003")

        found = self.entry(index, "doi:10.1000/one PMID: 30000003")

        assert found.counted["matched"] == 0
        assert "belong to two references" in problems(found)

    def test_two_dois_in_one_entry_are_reported(self, index):
        found = self.entry(index, "doi:10.1000/one and doi:10.1000/two")

        assert "names more than one work" in problems(found)

    def test_works_with_a_number_are_made_only_when_asked(self, index):
        text = "A. Never heard of. 2020. doi:10.1000/new"

        assert self.entry(index, text).counted["matched"] == 0
        found = self.entry(index, text, makes_references=True)
        assert found.counted["matched"] == 1
        assert not Reference.objects.exists()
