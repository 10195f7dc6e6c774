"""What studies in people found, when, and in how many: drawn, and said in words."""

import pytest
from bs4 import BeautifulSoup
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from evidence.bibliography.evidence_map import HEIGHT, WIDTH, Study, evidence_map
from evidence.bibliography.evidence_panel import evidence_base
from evidence.models import Reference
from evidence.vocabulary import Design, Finding, Species, Status

studies = st.lists(
    st.builds(
        Reference,
        finding=st.sampled_from(["", *Finding.values]),
        issued_year=st.none() | st.integers(1800, 2100),
        sample_size=st.none() | st.integers(0, 2_147_483_647),
    )
)


def fields(year, finding, people):
    return {
        "authors": [{"family": f"Author{year}"}],
        "issued_year": year,
        "finding": finding,
        "sample_size": people,
        "study_design": Design.RANDOMISED_TRIAL,
        "species": Species.HUMAN,
    }


def study(year, finding, people):
    return Reference(**fields(year, finding, people))


def drawn(*works):
    """Return the panel of ``works``, numbered from 1."""
    base = evidence_base(enumerate(works, start=1))
    html = render_to_string("evidence/includes/evidence_panel.html", {"base": base})
    return BeautifulSoup(html, "html.parser").select_one(".evidence-map")


def rows(figure):
    names = figure.select(".evidence-map__drawing > span")[:3]
    return {
        name.text: [(float(dot["cx"]), float(dot["r"])) for dot in svg.select("circle")]
        for name, svg in zip(names, figure.select("svg"), strict=True)
    }


@given(studies)
def test_every_known_study_is_drawn_once_within_its_row(works):
    found = evidence_map([Study(n, work) for n, work in enumerate(works, start=1)])

    known = [work for work in works if work.finding and work.issued_year]
    dots = [dot for _name, row in found.rows for dot in row] if found else []
    assert len(dots) == (len(known) if len(known) > 1 else 0)
    for dot in dots:
        across, radius = float(dot.across), float(dot.radius)
        assert 0 < radius <= HEIGHT / 2
        assert across - radius >= 0
        assert across + radius <= WIDTH


def test_a_dot_stands_in_the_row_of_what_was_found_and_its_area_counts_people():
    figure = drawn(
        study(2010, Finding.FOR, 25),
        study(2015, Finding.UNCLEAR, None),
        study(2020, Finding.AGAINST, 100),
    )

    assert rows(figure) == {
        "For": [(20, 10)],
        "Unclear": [(100, 4)],
        "Against": [(180, 20)],
    }
    years = [each.text for each in figure.select(".evidence-map__years > span")]
    assert years == ["2010", "2020"]


def test_the_same_stands_in_words():
    figure = drawn(
        study(2020, Finding.FOR, 1),
        study(2010, Finding.AGAINST, 12500),
        study(2011, Finding.UNCLEAR, None),
    )

    said = [" ".join(item.text.split()) for item in figure.select("li")]
    assert said == [
        "Author2010 2010: speaks against it; 12,500 people",
        "Author2011 2011: speaks neither way",
        "Author2020 2020: speaks for it; 1 person",
    ]
    assert [a["href"] for a in figure.select("li a")] == [
        "#reference-2",
        "#reference-3",
        "#reference-1",
    ]
    assert figure.select_one(".evidence-map__drawing")["aria-hidden"] == "true"


@pytest.mark.parametrize(
    "other",
    [
        {"status": Status.RETRACTED},
        {"species": Species.ANIMAL},
        {"study_design": Design.REVIEW},
        {"finding": ""},
        {"issued_year": None},
    ],
    ids=["retracted", "in animals", "a review", "nobody said", "no year"],
)
def test_what_is_no_such_study_is_not_drawn(other):
    figure = drawn(
        study(2010, Finding.FOR, 25),
        study(2012, Finding.FOR, 25),
        Reference(**{**fields(2020, Finding.AGAINST, 100), **other}),
    )

    assert sum(map(len, rows(figure).values())) == 2


def test_one_study_is_no_map():
    assert drawn(study(2010, Finding.FOR, 25)) is None
