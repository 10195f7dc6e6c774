"""Authors as files write them: each name is kept, or what is unclear is named."""

import pytest

from evidence.formats import detect
from evidence.library import names


def read(text):
    [record] = detect.read(text).records
    return record


def bibtex(authors):
    return read(f"@article{{a, author = {{{authors}}}, title = {{On names}}}}")


def ris(*authors):
    lines = "\n".join(f"AU  - {name}" for name in authors)
    return read(f"TY  - JOUR\n{lines}\nTI  - On names\nER  - \n")


def lines(record):
    return [names.line(name) for name in record.fields["authors"]]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (r"One, Ann and \'{E}toile, Bea", ["One, Ann", "Étoile, Bea"]),
        (r"One, Ann and \"Onder, Cem", ["One, Ann", "Önder, Cem"]),
        (r"A, B and \c{C}inar, D and \v Simek, E", ["A, B", "Çinar, D", "Šimek, E"]),
        (r"A, B and \O{}st, C and \L uk, D", ["A, B", "Øst, C", "Łuk, D"]),
        (r"A, B and {\AA}s, C and {\'O}, D", ["A, B", "Ås, C", "Ó, D"]),
        (r"A, B and Eva \'Alvarez", ["A, B", "Álvarez, Eva"]),
        ("A, B\n  AND \\.Zuk, C", ["A, B", "Żuk, C"]),
        (r"{\relax Yu}. Tester and {\it Di}, E", ["Tester, Yu.", "Di, E"]),
        ("{Cats and Dogs} and A, B", ["Cats and Dogs", "A, B"]),
        ("King, Jr., Ann and Roe, Bea, III", ["King, Ann", "Roe, Bea"]),
        ("L&uuml;tt, A and B, C", ["Lütt, A", "B, C"]),
    ],
)
def test_each_author_of_bibtex_keeps_name_and_accents(typed, expected):
    record = bibtex(typed)

    assert lines(record) == expected
    assert record.notes == []


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("One A, Two BC, Three D", ["One, A", "Two, BC", "Three, D"]),
        ("One A.B., Two C.-D.", ["One, AB", "Two, CD"]),
        ("One A, van Two BC", ["One, A", "van Two, BC"]),
        ("One, A., Two, B. C.", ["One, A.", "Two, B. C."]),
        ("One, A.; Two, Ben", ["One, A.", "Two, Ben"]),
        ("One A, Two B, et al.", ["One, A", "Two, B"]),
        ("Department of Health, Cardiff, Wales", None),
        ("One Ann, Two Ben, Three Cem", None),
    ],
)
@pytest.mark.parametrize("reader", [bibtex, ris])
def test_several_authors_in_one_are_divided_or_kept_whole_and_named(
    reader, typed, expected
):
    record = reader(typed)

    assert lines(record) == (expected or [f"{{{typed}}}"])
    assert record.fields["more_authors"] == ("et al" in typed)
    [note] = record.notes
    assert typed[:60] in note


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("One A and Two BC", ["One, A", "Two, BC"]),
        ("One, Ann and Two B", ["One, Ann", "Two, B"]),
        (r"One, Ann \& Two, Ben", ["One, Ann", "Two, Ben"]),
        ("Example Health Organization", ["Example Health Organization"]),
        (r"Bread \& Butter", ["Bread & Butter"]),
    ],
)
def test_what_bibtex_would_take_for_another_name_is_named(typed, expected):
    record = bibtex(typed)

    assert lines(record) == expected
    assert len(record.notes) == 1


def test_names_of_ris_without_a_comma_are_people_or_groups():
    record = ris("One A", "Two BC", "Example Health Organization", "Study Group UK")

    assert lines(record) == [
        "One, A",
        "Two, BC",
        "Example Health Organization",
        "Study Group UK",
    ]
    [note] = record.notes
    assert "One A" in note


@pytest.mark.parametrize("typed", ["Jian LI and Wei Example", "Doe III, John", "Plato"])
def test_capitals_at_the_end_may_be_a_family_name(typed):
    assert bibtex(typed).notes == []


def titled(title):
    return read(f"@article{{a, title = {{{title}}}, year = 2020}}")


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        (r"{\it In vitro} Mg$^{2+}$ and CO$_2$", "In vitro Mg2+ and CO2"),
        (r"\em A\slash B \pounds{}5 \S 2", "A/B £5 §2"),
        (r"\enquote{at \emph{rest}}", "“at rest”"),
        (r"10$^{-6}$ and $10^{6}$, kg/m$^2$", "10⁻⁶ and 10⁶, kg/m2"),
        (r"2\textsuperscript{3} H\textsubscript{2}O 37$^\circ$C", "2³ H2O 37°C"),
        (r"\href{https://example.org}{words} \mbox{x}", "words x"),
        (r"{\bfseries\small A}\newblock B", "A B"),
        (r"costs \$5 and x\_1 \$6", "costs $5 and x_1 $6"),
    ],
)
def test_latex_leaves_words_and_no_macros(latex, expected):
    record = titled(latex)

    assert record.fields["title"] == expected
    assert record.notes == []


@pytest.mark.parametrize(
    ("latex", "macro"),
    [
        (r"\sout{Not} effective", r"\sout"),
        (r"\SI{5}{\milli\gram}", r"\milli"),
        (r"As shown\cite{other}", r"\cite"),
        (r"An \ownmacro here", r"\ownmacro"),
    ],
)
def test_a_macro_that_is_not_known_is_named(latex, macro):
    [note] = titled(latex).notes

    assert macro in note


def test_a_power_of_a_number_is_not_written_beside_it():
    json = '[{"type": "article", "title": "10<sup>-6</sup> of Ca<sup>2+</sup>"}]'

    assert read(json).fields["title"] == "10⁻⁶ of Ca2+"
