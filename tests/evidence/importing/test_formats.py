"""Files from elsewhere: every record is read, or refused with its line."""

import json
from pathlib import Path

import pytest

from evidence.formats import detect
from evidence.formats.records import AUTHORS_KEPT, Draft, Refusal
from tests.helpers import reference_corpus

FILES = Path(__file__).parents[2] / "data" / "references"


def read(name):
    """What a file holds, by line."""
    found = detect.read((FILES / name).read_bytes()).records
    by_line = {record.line: record for record in found}
    assert len(by_line) == len(found)
    return by_line


def titles(name):
    return {
        line: record.fields["title"] if isinstance(record, Draft) else None
        for line, record in read(name).items()
    }


class TestEveryRecordIsAccountedFor:
    def test_of_bibtex(self):
        assert titles("nasty.bib") == {
            5: "DNA repair in ß-cells: 50% of in vitro results & \u03b1-synuclein",
            15: None,
            19: "After the \N{QUOTATION MARK}broken\N{QUOTATION MARK} one",
            21: "In round brackets",
            23: "The same key again",
            25: '<script>alert("x")</script>',
            27: "First title",
            29: None,
            31: "To be completed: 10.1000/nasty.only-doi",
            33: "Of an unknown type",
            35: "Survival with p < 0.05 and 5 < 6 kept \\unknownsymbol",
        }

    def test_of_ris(self):
        assert titles("nasty.ris") == {
            4: "A title that goes on over two lines",
            18: None,
            22: "Of an unknown type",
            26: "One space too few",
            32: None,
            36: "Not closed",
        }

    def test_of_nbib(self):
        assert titles("nasty.nbib") == {
            1: "A translated title over two lines",
            17: "Initials only",
            23: "A number is missing",
            26: None,
            27: "To be completed: PMID 90000003",
        }

    def test_of_csl_json(self):
        assert titles("nasty.json") == {
            2: "A list of one & markup",
            4: None,
            5: "After the broken one",
            6: None,
            7: None,
            8: "Of an unknown type",
            9: "Half a pair and a nul",
            10: None,
        }

    def test_of_identifiers_however_they_are_spelt(self):
        found = read("identifiers.txt")

        assert {
            line: record.fields.get("doi") or record.fields["pmid"]
            for line, record in found.items()
            if isinstance(record, Draft)
        } == {
            1: "10.1000/list.1",
            2: "10.1000/list.2",
            3: "10.1000/list.3",
            4: "10.1000/list/4",
            5: "10.1000/list.1",
            7: "90000021",
            8: "90000022",
            9: "90000023",
        }
        assert [line for line, one in found.items() if isinstance(one, Refusal)] == [
            11,
            12,
        ]

    @pytest.mark.parametrize(
        "typed",
        [
            "10.1002/(SICI)1097-0258(1998)17:15<1661::AID-SIM968>3.0.CO;2-2",
            "https://doi.org/10.1002/(SICI)1097-0258(1998)17:15%3C1661::AID-SIM968%3E"
            "3.0.CO;2-2",
        ],
    )
    def test_of_an_identifier_made_of_a_sici_whole(self, typed):
        [found] = detect.read(typed).records

        assert found.fields["doi"] == (
            "10.1002/(sici)1097-0258(1998)17:15<1661::aid-sim968>3.0.co;2-2"
        )

    def test_of_a_file_in_several_formats(self):
        contents = detect.read((FILES / "two-formats.txt").read_bytes())

        assert contents.formats == [
            "RIS",
            "BibTeX",
            "CSL-JSON",
            "NBIB",
            "identifiers",
        ]
        assert titles("two-formats.txt") == {
            1: "First, as RIS",
            5: "Second, as BibTeX",
            8: "Third, as CSL-JSON",
            11: "Fourth, as NBIB",
            14: "To be completed: 10.1000/fifth",
        }

    @pytest.mark.parametrize("name", reference_corpus.WRITERS)
    def test_of_hundreds_as_databases_export_them(self, name):
        contents = detect.read(reference_corpus.file(name, 300).encode())

        assert contents.formats == [name]
        assert [type(one).__name__ for one in contents.records] == ["Draft"] * 300
        for work, found in zip(
            reference_corpus.works(300), contents.records, strict=True
        ):
            if name != "identifiers":
                assert found.fields["title"] == work["title"]
                assert found.fields.get("issued_year") == work["year"]
                authors = found.fields.get("authors", ())
                people = [one for one in authors if "family" in one]
                assert [(n["family"], n["given"]) for n in people] == work["people"]
                groups = [one["literal"] for one in authors if "literal" in one]
                assert [one.replace(",", "") for one in groups] == [
                    group.replace(",", "") for group in [work["group"]] if group
                ]
                assert found.fields.get("more_authors", False) == work["more"]
                assert found.fields["doi"] == work["doi"]
            told = bool(work["until"]) and name != "identifiers"
            assert len(found.notes) == told, found.notes


class TestBibTeX:
    def test_knows_people_groups_and_others(self):
        fields = read("nasty.bib")[5].fields

        assert fields["authors"] == [
            {"family": "Gödel", "given": "Kurt"},
            {
                "family": "Tour",
                "given": "Étienne",
                "non-dropping-particle": "de la",
            },
            {"literal": "World Health Organization"},
        ]
        assert fields["more_authors"] is True
        assert fields["container_title"] == "Brain"
        assert (fields["issued_year"], fields["issued_month"]) == (2019, 12)
        assert fields["page"] == "12-34"
        assert fields["doi"] == "10.1000/nasty.1"

    def test_says_what_was_not_kept(self):
        found = read("nasty.bib")

        assert "is a range" in found[21].notes[0]
        assert "no year" in " ".join(found[23].notes)
        assert "more than one “title”" in found[27].notes[0]
        assert "javascript" in " ".join(found[33].notes)
        assert "url" not in found[33].fields

    def test_points_at_what_is_broken(self):
        assert "@article{broken" in read("nasty.bib")[15].reason


class TestRis:
    def test_reads_names_dates_and_a_doi_from_the_address(self):
        fields = read("nasty.ris")[4].fields

        assert fields["authors"][1:] == [
            {"literal": "World Health Organization"},
            {"family": "King", "given": "Martin", "suffix": "Jr"},
        ]
        assert fields["more_authors"] is True
        assert [fields[f"issued_{part}"] for part in ("year", "month", "day")] == [
            2019,
            5,
            17,
        ]
        assert fields["page"] == "12-34"
        assert fields["doi"] == "10.1000/ris.1"

    def test_says_that_a_record_may_be_cut_off(self):
        assert "last line" in read("nasty.ris")[36].notes[0]


class TestNbib:
    def test_knows_the_study_and_what_became_of_it(self):
        fields = read("nasty.nbib")[1].fields

        assert fields["study_design"] == "randomised-trial"
        assert fields["species"] == "human"
        assert fields["status"] == "retracted"
        assert fields["pmcid"] == "PMC7000001"
        assert (fields["issued_year"], fields["issued_month"]) == (2018, 11)

    def test_reads_initials(self):
        assert read("nasty.nbib")[17].fields["authors"] == [
            {"family": "van der Berg", "given": "JP", "suffix": "Jr"}
        ]


class TestRetractions:
    @pytest.mark.parametrize(
        "text",
        [
            "PMID- 1\nTI  - Cells\nPT  - Retracted Publication\n",
            "TY  - JOUR\nTI  - RETRACTED: Cells\nER  - \n",
            "TY  - JOUR\nTI  - Retracted Article: Cells\nER  - \n",
            "@article{a, title={[Retracted] Cells}}",
        ],
    )
    def test_are_known_by_what_the_file_says(self, text):
        [found] = detect.read(text).records

        assert found.fields["status"] == "retracted"

    @pytest.mark.parametrize("title", ["Retraction: Cells", "Retracted papers in MS"])
    def test_are_not_what_only_tells_of_them(self, title):
        [found] = detect.read(f"TY  - JOUR\nTI  - {title}\nER  - \n").records

        assert "status" not in found.fields


class TestValues:
    def test_too_long_are_cut_or_left_out_and_said_so(self):
        item = {
            "type": "book",
            "title": "T" * 600,
            "volume": "9" * 50,
            "author": [{"family": f"A{n}"} for n in range(AUTHORS_KEPT + 1)],
        }

        [found] = detect.read(json.dumps([item])).records

        assert len(found.fields["title"]) == 500
        assert "volume" not in found.fields
        assert len(found.fields["authors"]) == AUTHORS_KEPT
        assert found.fields["more_authors"] is True
        assert len(found.notes) == 3

    @pytest.mark.parametrize(
        ("written", "date"),
        [
            ("2020", (2020, None, None)),
            ("2020-12", (2020, 12, None)),
            ("2020/12/05/", (2020, 12, 5)),
            ("2020 Dec 5", (2020, 12, 5)),
            ("5 December 2020", (2020, 12, 5)),
            ("2019 Nov-Dec", (2019, 11, None)),
            ("2019-2020", (2019, None, None)),
            ("2019-05/2020-01", (2019, 5, None)),
            ("2020-13-01", (2020, None, None)),
            ("2021-02-29", (2021, 2, None)),
            ("in press", (None, None, None)),
            ("c1999", (1999, None, None)),
        ],
    )
    def test_dates_are_kept_as_far_as_they_go(self, written, date):
        from evidence.formats import dates

        assert dates.parse(written)[:3] == date
