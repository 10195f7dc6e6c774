"""Authors as lines, as CSL and as lists print them; identifiers in one spelling."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.library import identifiers, names


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Petrou, Panayiota", {"family": "Petrou", "given": "Panayiota"}),
        ("  Petrou ,  P.  ", {"family": "Petrou", "given": "P."}),
        ("Plato,", {"family": "Plato"}),
        ("World Health Organization", {"literal": "World Health Organization"}),
        ("{Department of Health, Wales}", {"literal": "Department of Health, Wales"}),
        ("O'Neil, Ada", {"family": "O'Neil", "given": "Ada"}),
    ],
)
def test_a_line_is_one_name(line, name):
    assert names.parse(line) == name


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (", Panayiota", "family name is missing"),
        ("King, Martin Luther, Jr", "more than one comma"),
        ("Petrou, P; Karussis, D", "line of their own"),
        ("et al.", "tick “and others”"),
        ("and others", "tick “and others”"),
        ("{ }", "no name"),
    ],
)
def test_a_line_that_is_no_name_is_refused_with_its_reason(line, reason):
    with pytest.raises(ValueError, match=reason):
        names.parse(line)


WORD = (
    st.text("abcÅé-' .", min_size=1)
    .map(str.strip)
    .filter(lambda text: text and "et al" not in text)
)


@given(
    st.one_of(
        st.fixed_dictionaries({"family": WORD, "given": WORD}),
        st.fixed_dictionaries({"family": WORD}),
        st.fixed_dictionaries({"literal": WORD}),
        st.fixed_dictionaries({"literal": WORD.map(lambda text: f"{text}, x")}),
    )
)
def test_names_survive_being_shown_as_lines(name):
    assert names.parse(names.line(name)) == name


@pytest.mark.parametrize(
    ("given_name", "letters"),
    [
        ("Panayiota", "P"),
        ("Jean-Pierre", "JP"),
        ("J. P.", "JP"),
        ("JP", "JP"),
        ("", ""),
    ],
)
def test_initials(given_name, letters):
    assert names.initials(given_name) == letters


PEOPLE = [{"family": family, "given": "A"} for family in "BCDEFGH"]


@pytest.mark.parametrize(
    ("authors", "more", "printed"),
    [
        ([], False, ""),
        (PEOPLE[:1], False, "B A"),
        (PEOPLE[:1], True, "B A, et al"),
        (PEOPLE[:6], False, "B A, C A, D A, E A, F A, G A"),
        (PEOPLE, False, "B A, C A, D A, et al"),
        (
            [{"literal": "World Health Organization"}],
            False,
            "World Health Organization",
        ),
        (
            [
                {
                    "family": "Gogh",
                    "non-dropping-particle": "van",
                    "given": "V",
                    "suffix": "Jr",
                }
            ],
            False,
            "van Gogh V Jr",
        ),
    ],
)
def test_lists_name_up_to_six_authors_else_three(authors, more, printed):
    assert names.author_list(authors, more=more) == printed


@pytest.mark.parametrize(
    "spelling",
    [
        "10.1093/brain/awaa333",
        "https://doi.org/10.1093/Brain/AWAA333",
        "http://dx.doi.org/10.1093%2Fbrain%2Fawaa333",
        "doi:10.1093/brain/awaa333",
        " DOI: 10.1093/brain/awaa333 ",
        "doi.org/10.1093/brain/awaa333",
    ],
)
def test_a_doi_has_one_spelling(spelling):
    assert identifiers.doi(spelling) == "10.1093/brain/awaa333"


@pytest.mark.parametrize(
    "spelling",
    ["19172693", "PMID: 19172693", "https://pubmed.ncbi.nlm.nih.gov/19172693/"],
)
def test_a_pubmed_number_has_one_spelling(spelling):
    assert identifiers.pmid(spelling) == "19172693"


@pytest.mark.parametrize("spelling", ["PMC7809876", "pmc7809876", "PMCID: 7809876"])
def test_a_pubmed_central_number_has_one_spelling(spelling):
    assert identifiers.pmcid(spelling) == "PMC7809876"


def test_characters_that_would_end_an_address_are_quoted():
    address = identifiers.doi_address('10.1002/(sici)1<1::aid"x>3.0.co;2-#')

    assert address == "https://doi.org/10.1002/(sici)1%3C1::aid%22x%3E3.0.co;2-%23"
