"""What an import would do, found out before it does anything."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from evidence.formats import detect
from evidence.formats.records import Draft, Refusal
from evidence.importing.carrying_out import carry_out
from evidence.importing.plan import changes, plan
from evidence.importing.rows import Action
from evidence.models import Reference
from tests.helpers import reference_corpus
from tests.helpers.factories_evidence import ReferenceFactory

pytestmark = pytest.mark.django_db


def draft(line=1, **fields):
    return Draft(line, {"title": "Walking speed", **fields})


def actions(*records):
    return [row.action for row in plan(records)]


class TestMatching:
    @pytest.mark.parametrize(
        ("stored", "found"),
        [
            ({"doi": "10.1000/a"}, {"doi": "10.1000/a", "title": "Other"}),
            ({"pmid": "12345"}, {"pmid": "12345", "title": "Other"}),
            ({"title": "Walking  Speed."}, {"issued_year": 2020}),
            ({"title": "Wálking: speed", "doi": "10.1000/a"}, {"issued_year": 2020}),
        ],
    )
    def test_finds_a_work_by_number_or_by_title_and_year(self, stored, found):
        reference = ReferenceFactory(**stored)

        [row] = plan([draft(**found)])

        assert row.target == reference.pk
        assert row.action in {Action.MATCH, Action.UPDATE}

    @pytest.mark.parametrize(
        "found",
        [
            {"issued_year": 2019},
            {},
            {"issued_year": 2020, "doi": "10.1000/other"},
        ],
    )
    def test_does_not_confuse_works_of_one_title(self, found):
        ReferenceFactory(title="Walking speed", doi="10.1000/a", issued_year=2020)

        assert actions(draft(**found)) == [Action.CREATE]

    @pytest.mark.parametrize(
        ("title", "ends"),
        [("Multiple sclerosis", Action.CREATE), ("Walking speed " * 3, Action.UPDATE)],
    )
    def test_does_not_confuse_short_titles_of_two_authors(self, title, ends):
        thompson, reich = ([{"family": name}] for name in ("Thompson", "Reich"))
        ReferenceFactory(title=title, issued_year=2018, authors=thompson)

        found = draft(title=title, issued_year=2018, authors=reich, volume="378")

        assert actions(found) == [ends]

    def test_does_not_confuse_a_work_with_what_was_merged(self):
        kept = ReferenceFactory(title="Walking speed", doi="10.1000/kept")
        ReferenceFactory(title="Walking speed", merged_into=kept)

        assert actions(draft(issued_year=2020, doi="10.1000/b")) == [Action.CREATE]

    def test_finds_what_a_merged_reference_was_merged_into(self):
        kept = ReferenceFactory(title="Kept")
        ReferenceFactory(title="Walking speed", merged_into=kept)

        [row] = plan([draft(issued_year=2020)])

        assert row.target == kept.pk

    def test_does_not_confuse_two_of_a_file_that_have_the_title_of_a_reference(self):
        ReferenceFactory(title="Walking speed", issued_year=2020)
        found = [
            draft(n, issued_year=2020, doi=f"10.1000/{name}")
            for n, name in enumerate("aab", start=1)
        ]

        assert actions(*found) == [Action.UPDATE, Action.MATCH, Action.CREATE]

    def test_knows_one_work_twice_in_a_file(self):
        rows = plan([draft(1, doi="10.1000/a"), draft(9, doi="10.1000/a", title="B")])

        assert [row.action for row in rows] == [Action.CREATE, Action.MATCH]
        assert "line 1" in rows[1].reason

    def test_refuses_what_is_two_references(self):
        ReferenceFactory(doi="10.1000/a")
        ReferenceFactory(pmid="12345")

        [row] = plan([draft(doi="10.1000/a", pmid="12345")])

        assert row.action == Action.REFUSE
        assert "merge" in row.reason

    def test_keeps_refusals_with_their_lines(self):
        [row] = plan([Refusal(7, "Broken.")])

        assert (row.action, row.line, row.reason) == (Action.REFUSE, 7, "Broken.")


class TestDifferences:
    def test_fills_blank_fields_and_lists_what_differs(self):
        ReferenceFactory(doi="10.1000/a", volume="", publisher="Press", issue="2")

        [row] = plan([draft(doi="10.1000/a", volume="7", publisher="Other", issue="2")])

        assert row.action == Action.UPDATE
        assert row.fills == ["volume"]
        assert list(row.differs) == ["title", "publisher"]
        assert changes(row, overwrite=False) == {"volume": "7"}
        assert changes(row, overwrite=True) == {
            "volume": "7",
            "publisher": "Other",
            "title": "Walking speed",
        }

    def test_a_work_that_says_nothing_new_is_a_match(self):
        ReferenceFactory(doi="10.1000/a", title="Walking speed")

        assert actions(draft(doi="10.1000/a")) == [Action.MATCH]

    def test_a_file_that_knows_of_no_retraction_takes_none_away(self):
        ReferenceFactory(doi="10.1000/a", title="Walking speed", status="retracted")

        [row] = plan([draft(doi="10.1000/a", status="current")])

        assert (row.action, row.differs) == (Action.MATCH, {})

    @pytest.mark.parametrize(
        ("ours", "theirs", "fills"),
        [
            ("current", "retracted", True),
            ("corrected", "concern", True),
            ("retracted", "corrected", False),
        ],
    )
    def test_a_graver_standing_is_taken_unasked(self, ours, theirs, fills):
        ReferenceFactory(doi="10.1000/a", title="Walking speed", status=ours)

        [row] = plan([draft(doi="10.1000/a", status=theirs)])

        assert ("status" in row.fills, "status" in row.differs) == (fills, not fills)

    @pytest.mark.parametrize("more", [True, False])
    def test_authors_are_taken_with_whether_they_are_all(self, more):
        ReferenceFactory(doi="10.1000/a", title="Walking speed", more_authors=not more)
        authors = [{"family": "Ng"}]

        [row] = plan([draft(doi="10.1000/a", authors=authors, more_authors=more)])

        assert changes(row, overwrite=True) == {
            "authors": authors,
            "more_authors": more,
        }

    def test_a_month_of_another_year_fills_nothing(self):
        ReferenceFactory(doi="10.1000/a", title="Walking speed", issued_year=2020)

        [row] = plan([draft(doi="10.1000/a", issued_year=2019, issued_month=5)])

        assert row.fills == []
        assert changes(row, overwrite=True) == {
            "issued_year": 2019,
            "issued_month": 5,
            "issued_day": None,
        }

    def test_a_record_completes_what_was_only_a_number(self):
        ReferenceFactory(
            title="To be completed: 10.1000/a",
            doi="10.1000/a",
            authors=[],
            issued_year=None,
            container_title="",
        )

        [row] = plan([draft(doi="10.1000/a", csl_type="book", issued_year=2001)])

        assert row.fills == ["csl_type", "title", "issued_year"]
        assert row.differs == {}

    def test_changes_nothing_for_those_who_may_only_add(self):
        ReferenceFactory(doi="10.1000/a")

        [row] = plan([draft(doi="10.1000/a", volume="7")], may_change=False)

        assert row.action == Action.MATCH
        assert not row.decides


@pytest.mark.parametrize("name", reference_corpus.WRITERS)
def test_importing_a_file_again_changes_nothing(name):
    records = detect.read(reference_corpus.file(name, 60)).records
    list(carry_out(plan(records)))
    before = list(Reference.objects.order_by("pk").values())

    rows = plan(records)

    assert {row.action for row in rows} == {Action.MATCH}
    list(carry_out(rows))
    assert list(Reference.objects.order_by("pk").values()) == before


def test_takes_as_many_queries_for_five_hundred_as_for_five():
    counts = []
    for size in (5, 500):
        records = detect.read(reference_corpus.file("RIS", size)).records
        with CaptureQueriesContext(connection) as queries:
            plan(records)
        counts.append(len(queries))

    assert counts[0] == counts[1]
