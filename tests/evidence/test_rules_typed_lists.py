"""What the gate says of typed lists of references, and of what is cut off."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.publishing import gate
from evidence.models import TO_BE_COMPLETED
from evidence.rules.cut_off import cut_off_part, is_cut_off, is_identifier_cut_off
from evidence.rules.typed_lists import typed_lists
from tests.helpers.factories import ArticleIndexPageFactory
from tests.helpers.factories_evidence import (
    ReferenceFactory,
    article,
    citation,
    paragraph,
)

FIRST = "Petrou P. Beneficial effects. Brain. 2020;143(12):3574-3588."
SECOND = "Uccelli A. Safety of cells. Lancet. 2021;20:917. doi:10.1000/abc.7"
PROSE = (
    "The largest trial (doi: 10.1000/abc.7) found a small difference.",
    "A later one found none (PMID 31234567).",
)
OURS = {"typed-reference-list", "uncited-entry", "cut-off-entry", "cut-off-reference"}


@pytest.fixture
def index(home):
    return ArticleIndexPageFactory(parent=home)


def found(index, *blocks):
    page = article(index, *blocks, live=False)
    return [
        (p.code, p.position) for p in gate.publishing_problems(page) if p.code in OURS
    ]


def heading(text="References"):
    return ("heading", {"text": text, "level": "2", "anchor": ""})


def text(words):
    return ("paragraph", f"<p>{words}</p>")


def entries(*items, kind="numbers"):
    return ("list", {"kind": kind, "items": [f"<p>{item}</p>" for item in items]})


class TestListBesideTheAutomaticOne:
    @pytest.mark.parametrize(
        "typed",
        [
            [heading(), entries(FIRST)],
            [heading("Works cited:"), text(FIRST)],
            [text("<b>References</b>"), text(FIRST)],
            [text(f"References</p><p>{FIRST}")],
            [heading("References")],
            [entries(FIRST, SECOND)],
            [heading("Sources"), text("1. WHO. Walking. PMID 31234567")],
            [text(f"{FIRST}</p><p>van Dam, K. &amp; Wu, L. Rest. doi:10.1000/a.")],
            [text(f"{FIRST}</p><p>Petrou et al. Rest. Brain 2020;143 (Pt 2):35.")],
        ],
    )
    def test_is_named_where_it_begins(self, index, typed):
        cites = paragraph(citation(ReferenceFactory()))

        assert ("typed-reference-list", 1) in found(index, cites, *typed)

    @pytest.mark.parametrize(
        "honest",
        [
            [heading("Further reading"), entries("Our page on walking", "A film")],
            [heading("References to other services"), text("Ask your doctor.")],
            [text("References to it are many.")],
            [entries("Two trials since 2020", "One of 12; 3: all walked")],
            [entries(FIRST)],
            [text("<br/>".join(PROSE))],
            [text("</p><p>".join(PROSE))],
            [entries(*PROSE)],
            [text("1. It helped (doi:10.1/a) at once.</p><p>2. And (doi:10.1/b) so.")],
            [("correction", {"date": "2026-05-03", "text": f"<p>{FIRST}</p>" * 2})],
            [heading("Studies"), text(PROSE[0]), text("What they were.")],
            [heading("Sources"), text("Opening hours 2024; 3 rooms: e1")],
            [heading("Sources"), text(FIRST), text("We look."), text("Each year.")],
        ],
    )
    def test_is_nothing_else(self, index, honest):
        cites = paragraph(citation(ReferenceFactory()))

        assert found(index, cites, *honest) == []


class TestEntriesThatNobodyCites:
    def test_are_named(self, index):
        typed = [text("It helped [2]."), heading(), entries(FIRST, SECOND)]
        page = article(index, *typed, live=False)

        [problem] = [p for p in gate.publishing_problems(page) if p.code in OURS]

        assert (problem.code, problem.position) == ("uncited-entry", 1)
        assert "Petrou P" in problem.sentence
        assert "Uccelli" not in problem.sentence

    @pytest.mark.parametrize(
        "words",
        [
            "It helped [1] and again [2].",
            "It helped [1-2].",
            "It helped<sup>1,2</sup>.",
            "Petrou and others (2020) and Uccelli et al., 2021, saw it.",
        ],
    )
    def test_are_not_those_that_the_text_refers_to(self, index, words):
        assert found(index, text(words), heading(), entries(FIRST, SECOND)) == []

    def test_are_known_by_their_own_numbers(self, index):
        typed = [
            text("It helped [8]."),
            heading(),
            text(f"[8] {FIRST}</p><p>[9] {SECOND}"),
        ]
        page = article(index, *typed, live=False)

        [listed] = typed_lists(page)

        assert list(listed.entries) == [8, 9]
        assert found(index, *typed) == [("uncited-entry", 1)]

    @pytest.mark.parametrize(
        "work",
        [
            {"doi": "10.1000/abc.7"},
            {"title": "Safety of cells from the marrow of adults"},
            {"pmid": "31234567"},
        ],
    )
    def test_are_not_those_of_works_cited_with_the_editor(self, index, work):
        cites = paragraph(citation(ReferenceFactory(**work)))
        typed = f"{SECOND} Safety of cells from the marrow of adults. PMID 31234567"

        assert ("uncited-entry", 1) not in found(index, cites, heading(), text(typed))

    def test_end_with_the_next_heading_and_with_blocks_of_other_kinds(self, index):
        after = {"kind": "note", "heading": "", "text": "<p>Not an entry.</p>"}
        page = article(
            index,
            heading(),
            text(FIRST),
            ("callout", after),
            text("Nor this."),
            heading("What next?"),
            text("Nor this."),
            live=False,
        )

        [listed] = typed_lists(page)

        assert list(listed.entries.values()) == [FIRST]


class TestCutOff:
    @pytest.mark.parametrize(
        "words",
        [
            "Effects of cells on walking and",
            "Effects of cells,",
            "Effects of cells (in",
            "Effects of mesenchymal…",
            "Effects of mesenchymal ...",
            "Petrou P, Kassis I, et",
            "Effects of the",
            "Effects of cells –",  # noqa: RUF001  a dash
        ],
    )
    def test_words_are_known(self, words):
        assert is_cut_off(words)

    @pytest.mark.parametrize(
        "words",
        [
            "",
            "Effects of cells on walking",
            "The world we live in",
            "What are we waiting for?",
            "Hepatitis A and B (2nd edition)",
            "Treatment of ET",
            "1) The first of two",
            "Petrou P, et al.",
            "The good, the bad … and the ugly",
            "A brand",
        ],
    )
    def test_whole_words_are_left_in_peace(self, words):
        assert not is_cut_off(words)

    @pytest.mark.parametrize(
        ("identifier", "cut_off"),
        [
            ("10.1000/abc-", True),
            ("10.1016/s0140-6736(20", True),
            ("10.1000/", True),
            ("https://example.org/a-", True),
            ("10.1016/0140-6736(95)90713-7", False),
            ("10.1002/(sici)1097-0258(19980815/30)17:15/16<1661::a>3.0.co;2-2", False),
            ("https://example.org/a/", False),
            ("", False),
        ],
    )
    def test_identifiers_are_known(self, identifier, cut_off):
        assert is_identifier_cut_off(identifier) is cut_off

    @given(st.text())
    def test_any_text_is_survived(self, words):
        assert is_cut_off(words) in {True, False}
        assert is_identifier_cut_off(words) in {True, False}

    @pytest.mark.parametrize(
        "work",
        [
            {"title": "Effects of cells on walking and"},
            {"container_title": "The Journal of the"},
            {"authors": [{"family": "Petrou"}, {"family": "et"}]},
            {"authors": [{"family": "Petrou,"}]},
            {"authors": [{"literal": "Department of Health and"}]},
            {"doi": "10.1000/abc-"},
            {"page": "3574-"},
        ],
    )
    def test_records_are_named_where_they_are_cited(self, index, work):
        cites = paragraph(citation(ReferenceFactory(**work)))

        assert found(index, text("x"), cites) == [("cut-off-reference", 1)]

    @pytest.mark.parametrize(
        "work",
        [
            {"authors": [{"family": "An", "given": "Jung"}, {"family": "Or"}]},
            {"authors": [{"literal": "WHO"}]},
            {"authors": []},
            {"page": "3574-3588"},
            {"title": f"{TO_BE_COMPLETED}10.1000/abc-"},
        ],
    )
    def test_whole_records_are_not(self, work):
        assert cut_off_part(ReferenceFactory.build(**work)) == ""

    @pytest.mark.parametrize(
        "entry",
        [
            "Petrou P. Beneficial effects of",
            "Petrou P. Beneficial effects. doi:10.1000/abc-",
            "Petrou P. Beneficial effects of mesenchymal… Brain. 2020.",
        ],
    )
    def test_typed_entries_are_named(self, index, entry):
        said = found(index, text("It helped [1]."), heading(), entries(entry))

        assert said == [("cut-off-entry", 1)]

    def test_a_full_stop_after_a_doi_cuts_nothing_off(self, index):
        whole = entries(f"{SECOND}.", "Petrou P, Kassis I, … Karussis D. Brain. 2020.")

        assert found(index, text("So [1, 2]."), heading(), whole) == []
