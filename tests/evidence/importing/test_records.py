"""Records that lean on others, lack a line or a key, or have more behind their end."""

import pytest

from evidence.formats import detect
from evidence.formats.records import Draft
from evidence.importing.plan import plan
from evidence.importing.rows import Action
from tests.helpers.factories_evidence import ReferenceFactory

BOOK = "title = {Proceedings of One Meeting}, year = 2019, publisher = {Press}"


def read(text):
    return detect.read(text).records


class TestParents:
    @pytest.mark.parametrize("order", [1, -1])
    def test_tell_the_book_the_year_and_the_publisher(self, order):
        child = "@inproceedings{c, title = {A part}, author = {A, B}, crossref = {P}}"
        entries = [child, f"@proceedings{{p, doi = {{10.1000/p}}, {BOOK}}}"]

        records = {
            one.fields["title"]: one for one in read("\n".join(entries[::order]))
        }

        part = records["A part"]
        assert part.fields["container_title"] == "Proceedings of One Meeting"
        assert part.fields["issued_year"] == 2019
        assert part.fields["publisher"] == "Press"
        assert "doi" not in part.fields
        assert len(records) == 2

    def test_that_are_missing_are_named(self):
        [child] = read("@inbook{c, title = {A part}, crossref = {elsewhere}}")

        assert "elsewhere" in child.notes[0]

    def test_may_have_parents_even_one_another(self):
        first, *_ = read(
            "@inbook{c, title={A}, crossref={m}}\n@book{m, title={M}, crossref={n}}\n"
            "@book{n, title={N}, crossref={m}, year=1999}"
        )

        assert first.fields["container_title"] == "M"
        assert first.fields["issued_year"] == 1999

    def test_that_are_no_works_count_as_none(self):
        [book] = read("@xdata{x, publisher={P}}\n@book{b, title={T}, xdata={x}}")

        assert book.fields["publisher"] == "P"


@pytest.mark.parametrize(
    "begins", ["@article{", "@article{,", "@article(", "@Book {", "@article{One 2012,"]
)
def test_an_entry_needs_no_key(begins):
    ends = ")" if begins.endswith("(") else "}"
    text = f"{begins}\n  author = {{One, A}},\n  title = {{Keyless}}\n{ends}\n"

    [record] = read(f'@string{{press = "Press"}}\n{text}')

    assert record.fields["title"] == "Keyless"
    assert record.line == 2


def test_what_stands_behind_a_record_is_named_and_no_record():
    record = "TY  - JOUR\nTI  - One\nER  - \n"
    first, second = read(f"1.\n{record}NL  - Remark\n\nLink: x\n\n2.\n{record}XT  - y")

    assert isinstance(first, Draft)
    assert isinstance(second, Draft)
    assert "line 5" in first.notes[0]
    assert "Remark" in first.notes[0]
    assert "XT" in second.notes[0]


TITLE = "Aids for walking at home in later life"
ONE = {
    "authors": [{"family": "One"}],
    "container_title": "Journal of Examples",
    "volume": "4",
    "page": "217-221",
}
OTHER = {
    "authors": [{"family": "Two"}],
    "container_title": "Archive of Others",
    "volume": "31",
    "page": "70-73",
}


def works(*differences):
    fields = {"title": TITLE, "issued_year": 2012, **ONE}
    return fields, {**fields, **{name: OTHER[name] for name in differences}}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("differences", "ends"),
    [
        (["authors", "container_title", "volume", "page"], Action.CREATE),
        (["container_title", "volume", "page"], Action.CREATE),
        (["authors", "container_title"], Action.CREATE),
        (["volume", "page"], Action.CREATE),
        (["authors"], Action.MATCH),
        (["page"], Action.MATCH),
        ([], Action.MATCH),
    ],
)
def test_works_of_one_title_and_year_are_told_apart_by_two_differences(
    differences, ends
):
    first, second = works(*differences)

    rows = plan([Draft(1, first), Draft(9, second)])
    assert [row.action for row in rows] == [Action.CREATE, ends]

    ReferenceFactory(**first)
    [row] = plan([Draft(9, second)])
    assert (row.action == Action.CREATE) == (ends == Action.CREATE)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("journal", "page"),
    [
        ("J Ex", "217-21"),
        ("JOURNAL OF EXAMPLES", "217"),
        ("J. Examples", "217\u2013221"),
    ],
)
def test_short_names_and_pages_make_no_difference(journal, page):
    first, second = works()
    second |= {"container_title": journal, "page": page}

    assert plan([Draft(1, first), Draft(9, second)])[1].action == Action.MATCH
