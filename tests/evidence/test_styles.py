"""Entries of lists of references, as the manuals of their styles print them."""

import re
from datetime import date
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup
from citeproc import SCHEMA_PATH
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree

from evidence.bibliography import marks, styles
from evidence.models import Reference
from evidence.vocabulary import Style, Type

READ = date(2026, 10, 5)
ADA = {"family": "Example", "given": "Ada"}
CROWD = [{"family": f"Author{letter}", "given": letter} for letter in "ABCDEFG"]


def entry(style="ama", **fields):
    return styles.entry(Reference(**fields), style)


def words(style="ama", **fields):
    return BeautifulSoup(entry(style, **fields), "html.parser").text


# What each type of work is after the AMA Manual of Style, 11th edition, chapter 3; of
# pages a range has an en dash here.
AMA = {
    Type.JOURNAL_ARTICLE: (
        {
            "title": "Effects of walking in progressive disease",
            "authors": [ADA, {"family": "Sample", "given": "Ben C."}],
            "container_title": "JAMA",
            "issued_year": 2020,
            "issued_month": 4,
            "volume": "323",
            "issue": "12",
            "page": "1150-1160",
            "doi": "10.1001/jama.2020.1",
        },
        "Example A, Sample BC. Effects of walking in progressive disease. JAMA. "
        "2020;323(12):1150\N{EN DASH}1160. doi:10.1001/jama.2020.1",
    ),
    Type.PREPRINT: (
        {
            "title": "Walking before breakfast",
            "authors": [ADA],
            "container_title": "medRxiv",
            "issued_year": 2021,
            "issued_month": 3,
            "issued_day": 4,
            "doi": "10.1101/2021.03.01",
        },
        "Example A. Walking before breakfast. medRxiv. Preprint posted online March 4, "
        "2021. doi:10.1101/2021.03.01",
    ),
    Type.CONFERENCE_PAPER: (
        {
            "title": "Walking together",
            "authors": [ADA],
            "container_title": "Proceedings of the 12th Congress",
            "publisher": "Springer",
            "issued_year": 2019,
            "page": "12-18",
        },
        "Example A. Walking together. In: Proceedings of the 12th Congress. Springer; "
        "2019:12\N{EN DASH}18.",
    ),
    Type.BOOK: (
        {
            "title": "Handbook of Walking",
            "authors": [ADA],
            "publisher": "McGraw-Hill Education",
            "issued_year": 2015,
        },
        "Example A. Handbook of Walking. McGraw-Hill Education; 2015.",
    ),
    Type.CHAPTER: (
        {
            "title": "On stairs",
            "authors": [ADA],
            "container_title": "Handbook of Walking",
            "publisher": "McGraw-Hill Education",
            "issued_year": 2015,
            "page": "101-10",
        },
        "Example A. On stairs. In: Handbook of Walking. McGraw-Hill Education; "
        "2015:101\N{EN DASH}110.",
    ),
    Type.REPORT: (
        {
            "title": "Walking in Adults: Management",
            "authors": [{"literal": "National Institute for Walking"}],
            "publisher": "NIW",
            "number": "NIW guideline 220",
            "issued_year": 2022,
            "url": "https://www.example.org/220",
            "accessed": READ,
        },
        "National Institute for Walking. Walking in Adults: Management. NIW; 2022. NIW "
        "guideline 220. Accessed October 5, 2026. https://www.example.org/220",
    ),
    Type.THESIS: (
        {
            "title": "On Gait",
            "authors": [ADA],
            "publisher": "University of Leeds",
            "issued_year": 2015,
        },
        "Example A. On Gait. Thesis. University of Leeds; 2015.",
    ),
    Type.DATASET: (
        {
            "title": "Walking or not",
            "authors": [{"literal": "Example Hospital"}],
            "publisher": "ClinicalTrials.gov",
            "number": "NCT01234567",
            "issued_year": 2014,
            "issued_month": 6,
            "issued_day": 18,
            "url": "https://clinicaltrials.gov/study/NCT01234567",
            "accessed": READ,
        },
        "Example Hospital. Walking or not. ClinicalTrials.gov identifier: NCT01234567. "
        "June 18, 2014. Accessed October 5, 2026. "
        "https://clinicaltrials.gov/study/NCT01234567",
    ),
    Type.WEBPAGE: (
        {
            "title": "Walking",
            "authors": [{"literal": "World Health Organization"}],
            "container_title": "Fact Sheets",
            "issued_year": 2023,
            "issued_month": 8,
            "issued_day": 7,
            "url": "https://www.example.org/walking",
            "accessed": READ,
        },
        "World Health Organization. Walking. Fact Sheets. August 7, 2023. Accessed "
        "October 5, 2026. https://www.example.org/walking",
    ),
    Type.LEGISLATION: (
        {
            "title": "Human Tissue Act 2004",
            "number": "c 30",
            "issued_year": 2004,
            "url": "https://www.legislation.gov.uk/ukpga/2004/30",
            "accessed": READ,
        },
        "Human Tissue Act 2004. 2004. c 30. Accessed October 5, 2026. "
        "https://www.legislation.gov.uk/ukpga/2004/30",
    ),
}


class TestAma:
    @pytest.mark.parametrize("kind", Type)
    def test_prints_each_type_as_its_manual_does(self, kind):
        fields, printed = AMA[kind]

        assert words(csl_type=kind, **fields) == printed

    @pytest.mark.parametrize(
        ("kind", "italic"),
        [
            (Type.JOURNAL_ARTICLE, "JAMA"),
            (Type.PREPRINT, "medRxiv"),
            (Type.CONFERENCE_PAPER, "Proceedings of the 12th Congress"),
            (Type.BOOK, "Handbook of Walking"),
            (Type.CHAPTER, "Handbook of Walking"),
            (Type.REPORT, "Walking in Adults: Management"),
            (Type.THESIS, "On Gait"),
            (Type.LEGISLATION, "Human Tissue Act 2004"),
        ],
    )
    def test_sets_what_is_published_by_itself_in_italics(self, kind, italic):
        fields, _ = AMA[kind]

        assert re.findall("<i>(.*?)</i>", entry(csl_type=kind, **fields)) == [italic]

    @pytest.mark.parametrize(
        ("authors", "more", "printed"),
        [
            ([], False, ""),
            (CROWD[:1], False, "AuthorA A. "),
            (CROWD[:1], True, "AuthorA A, et al. "),
            (CROWD[:2], True, "AuthorA A, AuthorB B, et al. "),
            (CROWD[:3], False, "AuthorA A, AuthorB B, AuthorC C. "),
            (CROWD[:6], True, "AuthorA A, AuthorB B, AuthorC C, et al. "),
            (CROWD, False, "AuthorA A, AuthorB B, AuthorC C, et al. "),
            ([{"family": "Petrou", "given": "PA"}], False, "Petrou PA. "),
            ([{"family": "Petrou", "given": "P. A."}], False, "Petrou PA. "),
            ([{"family": "Curie", "given": "Jean-Pierre"}], False, "Curie JP. "),
            ([{"family": "curie", "given": "marie"}], False, "curie M. "),
            ([{"family": "Plato"}], False, "Plato. "),
            (
                [
                    {
                        "family": "Berg",
                        "non-dropping-particle": "van der",
                        "given": "Jan",
                        "suffix": "Jr.",
                    }
                ],
                False,
                "van der Berg J Jr. ",
            ),
            ([{"family": "王", "given": "小明"}], False, "王 小明. "),
        ],
    )
    def test_names_up_to_six_authors_else_three(self, authors, more, printed):
        fields = {"title": "T", "container_title": "J", "issued_year": 2020}

        said = words(authors=authors, more_authors=more, volume="1", **fields)

        assert said == f"{printed}T. J. 2020;1."

    @pytest.mark.parametrize(
        ("fields", "printed"),
        [
            ({}, "T. J. n.d."),
            ({"volume": "3"}, "T. J. n.d.;3."),
            ({"issued_year": 2020}, "T. J. 2020."),
            (
                {"issued_year": 2020, "issued_month": 5, "doi": "10.1000/x"},
                "T. J. Published online May 2020. doi:10.1000/x",
            ),
            (
                {"issued_year": 2020, "volume": "1", "number": "e12"},
                "T. J. 2020;1:e12.",
            ),
            (
                {"issued_year": 2020, "volume": "1", "page": "S1-S9"},
                "T. J. 2020;1:S1\N{EN DASH}S9.",
            ),
            (
                {"issued_year": 2020, "volume": "1", "page": "3574--88"},
                "T. J. 2020;1:3574\N{EN DASH}3588.",
            ),
        ],
    )
    def test_says_when_and_where_as_far_as_it_is_known(self, fields, printed):
        assert words(title="T", container_title="J", **fields) == printed

    @pytest.mark.parametrize(
        ("title", "printed"),
        [
            ("Is it safe?", "Is it safe? J. 2020;1."),
            ("It is not!", "It is not! J. 2020;1."),
            ("Walking vs.", "Walking vs. J. 2020;1."),
            ("And so on …", "And so on … J. 2020;1."),
            ("It is", "It is. J. 2020;1."),
        ],
    )
    def test_no_full_stop_follows_a_mark_that_ends_a_sentence(self, title, printed):
        fields = {"container_title": "J", "issued_year": 2020, "volume": "1"}

        assert words(title=title, **fields) == printed

    def test_journals_lose_the_full_stops_of_their_abbreviations(self):
        said = words(title="T", container_title="J. Neurol.", issued_year=2020)

        assert said == "T. J Neurol. 2020."


class TestOtherStyles:
    WORK = {
        "title": "Effects of walking",
        "authors": [ADA, {"family": "Sample", "given": "Ben"}],
        "more_authors": True,
        "container_title": "Brain",
        "issued_year": 2020,
        "volume": "143",
        "issue": "12",
        "page": "3574-3588",
        "doi": "10.1093/brain/awaa333",
        "pmid": "33253391",
    }

    def test_vancouver_as_citing_medicine_prints_it(self):
        assert words("nlm", **self.WORK) == (
            "Example A, Sample B, et al. Effects of walking. Brain. 2020;143(12):"
            "3574\N{EN DASH}88. doi:10.1093/brain/awaa333 PubMed PMID: 33253391."
        )
        fields, _ = AMA[Type.WEBPAGE]
        assert words("nlm", csl_type=Type.WEBPAGE, **fields) == (
            "World Health Organization. Fact Sheets [Internet]. 2023 [cited 2026 Oct "
            "5]. Walking. Available from: https://www.example.org/walking"
        )
        assert words("nlm", title="T", container_title="J") == "T. J. [date unknown]."

    def test_apa_as_its_manual_prints_it(self):
        assert words("apa", **self.WORK) == (
            "Example, A., Sample, B., et al. (2020). Effects of walking. Brain, "
            "143(12), 3574\N{EN DASH}3588. https://doi.org/10.1093/brain/awaa333"
        )
        nobody = {"csl_type": Type.WEBPAGE, "title": "Walking", "accessed": READ}
        assert words("apa", url="https://www.example.org/", **nobody) == (
            "Walking. (n.d.). Retrieved October 5, 2026, from https://www.example.org/"
        )

    @pytest.mark.parametrize("style", Style.values)
    @pytest.mark.parametrize("kind", Type)
    def test_each_prints_every_type_without_saying_anything_twice(self, style, kind):
        fields, _ = AMA[kind]

        for left_out in ({}, {"authors": []}):
            said = words(style, csl_type=kind, **(fields | left_out))
            assert said.count(fields["title"]) == 1
            assert not re.search(
                r"[,;:]\s*[.,;:]|\.\s*[.:]|\(\)|\[\]|None|\s\s|\s[.,;:]", said
            )

    @pytest.mark.parametrize("style", Style.values)
    def test_an_entry_does_not_depend_on_those_made_before(self, style):
        fields, _ = AMA[Type.WEBPAGE]
        before = entry(style, csl_type=Type.WEBPAGE, **fields)

        for kind, (others, _) in AMA.items():
            entry(style, csl_type=kind, **others)

        assert entry(style, csl_type=Type.WEBPAGE, **fields) == before


class TestLinks:
    @pytest.mark.parametrize(
        ("style", "fields", "links"),
        [
            ("ama", {"doi": "10.1/a"}, {"https://doi.org/10.1/a": "doi:10.1/a"}),
            (
                "apa",
                {"doi": "10.1/a"},
                {"https://doi.org/10.1/a": "https://doi.org/10.1/a"},
            ),
            (
                "ama",
                {"doi": '10.1/<"a&b'},
                {"https://doi.org/10.1/%3C%22a%26b": 'doi:10.1/<"a&b'},
            ),
            (
                "ama",
                {"url": "https://example.org/?a=1&b=2"},
                {"https://example.org/?a=1&b=2": "https://example.org/?a=1&b=2"},
            ),
            (
                "ama",
                {"pmid": "123"},
                {"https://pubmed.ncbi.nlm.nih.gov/123/": "PMID: 123"},
            ),
            (
                "ama",
                {"pmcid": "PMC7"},
                {"https://pmc.ncbi.nlm.nih.gov/articles/PMC7/": "PMCID: PMC7"},
            ),
            (
                "apa",
                {"pmid": "123"},
                {
                    "https://pubmed.ncbi.nlm.nih.gov/123/": (
                        "https://pubmed.ncbi.nlm.nih.gov/123/"
                    )
                },
            ),
            (
                "nlm",
                {"pmid": "123", "pmcid": "PMC7"},
                {
                    "https://pubmed.ncbi.nlm.nih.gov/123/": "PMID: 123",
                    "https://pmc.ncbi.nlm.nih.gov/articles/PMC7/": "PMCID: PMC7",
                },
            ),
            ("ama", {"url": "javascript:alert(1)"}, {}),
            ("ama", {}, {}),
        ],
    )
    def test_lead_to_the_work(self, style, fields, links):
        html = entry(style, title="T", container_title="J", issued_year=2020, **fields)

        found = BeautifulSoup(html, "html.parser").select("a")
        assert {link["href"]: link.text for link in found} == links


# Anything a database can hold, and what is most likely to do harm.
TEXT = st.one_of(
    st.text(
        st.characters(exclude_categories=["Cs"], exclude_characters="\0"),
        max_size=500,
    ),
    st.lists(
        st.sampled_from(
            [
                "<script>alert(1)</script>",
                '<span class="nocase">',
                "</span>",
                "<i>",
                "</i>",
                "&amp;",
                "&",
                '"',
                "'",
                "{",
                "}",
                "...",
                ".",
                "?",
                ",",
                " ",
                "et al",
                "\u202e",
                "\u05d0\u05d1",
                "\u0639\u0644\u064a",
                marks.OTHERS,
                "\ufdd0",
                "\ufdda",
                "-",
                "1-2",
                "A",
                "b",
            ]
        ),
        max_size=12,
    ).map("".join),
)
FILLED = TEXT.filter(lambda text: marks.bare(text))
NAME = st.one_of(
    st.fixed_dictionaries({"literal": FILLED}),
    st.fixed_dictionaries(
        {"family": FILLED},
        optional={
            "given": TEXT,
            "suffix": TEXT,
            "dropping-particle": TEXT,
            "non-dropping-particle": TEXT,
        },
    ),
)
ALLOWED = {"i", "b", "sup", "sub", "bdi", "a"}


@settings(max_examples=150, deadline=None)
@given(
    style=st.sampled_from(Style.values),
    csl_type=st.sampled_from(Type.values),
    title=FILLED,
    authors=st.lists(NAME, max_size=4),
    more_authors=st.booleans(),
    texts=st.fixed_dictionaries(
        {
            name: st.one_of(st.just(""), TEXT)
            for name in (
                "container_title",
                "publisher",
                "volume",
                "issue",
                "page",
                "number",
                "doi",
                "pmid",
                "url",
            )
        }
    ),
    year=st.one_of(st.none(), st.integers(1450, 2100)),
)
@example(
    style="ama",
    csl_type="book",
    title="</i></li><script>alert(1)</script> & “quotes” {braces} <i>x</i>?",
    authors=[{"family": "\u05d0", "given": "\u05d1 Bob\u202e"}],
    more_authors=True,
    texts={"url": 'https://x.org/"onmouseover="alert(1)'},
    year=None,
)
@example(
    style="apa",
    csl_type="webpage",
    title="Walking",
    authors=[],
    more_authors=False,
    texts={"publisher": "Example"},
    year=None,
)
def test_whatever_a_record_holds_an_entry_is_sound_html_with_the_whole_title(
    style, csl_type, title, authors, more_authors, texts, year
):
    html = entry(
        style,
        csl_type=csl_type,
        title=title,
        authors=authors,
        more_authors=more_authors,
        issued_year=year,
        **texts,
    )

    root = ElementTree.fromstring(f"<p>{_as_xml(html)}</p>")  # noqa: S314  our own
    assert {element.tag for element in root.iter()} - {"p"} <= ALLOWED
    for element in root.iter():
        assert set(element.attrib) <= ({"href"} if element.tag == "a" else set())
        assert element.get("href", "https://").startswith(("https://", "http://"))
    whole = " ".join(re.sub("[\ufdd0-\ufdef]", "", title).split())
    assert _as_xml(whole) in "".join(root.itertext())


def _as_xml(text):
    """Leave out what XML cannot hold and HTML can: controls."""
    return re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "", text)


def test_the_longest_title_comes_out_whole():
    title = "walking " * 62 + "and"

    assert title in words(title=title, authors=[ADA])


@pytest.mark.parametrize("style", Style.values)
def test_each_style_file_is_valid_and_keeps_its_licence(style):
    file = styles.FOLDER / f"{style}.csl"
    schema = etree.RelaxNG(etree.parse(SCHEMA_PATH))
    text = file.read_text()

    schema.assertValid(etree.parse(file))

    assert "creativecommons.org/licenses/by-sa/3.0/" in text
    assert f"`{style}.csl`" in (styles.FOLDER / "README.md").read_text()
