"""DOIs, addresses and numbers of preprints, as files write them."""

import pytest

from evidence.formats import detect
from evidence.formats.records import Refusal
from evidence.library.doi_in_text import doi_of, dois_in


def read(text):
    return detect.read(text).records


def bibtex(kind="article", **fields):
    said = ", ".join(f"{name} = {{{value}}}" for name, value in fields.items())
    [record] = read(f"@{kind}{{a, title = {{A title}}, {said}}}")
    return record


SITE = "https://journals.example/doi"


class TestDois:
    @pytest.mark.parametrize(
        "typed",
        [
            "10.1000/ABC.12",
            "doi: 10.1000/abc.12.",
            "(doi:10.1000/abc.12).",
            "10.1000/abc.12.Epub 2020 Jan 1",
            "10.1000/abc.12/abstract",
            "10.1000/abc.12</a>",
            "https://doi.org/10.1000%2Fabc.12?utm_source=x",
            f"{SITE}/10.1000/abc.12",
            f"{SITE}/10.1000/abc.12/abstract",
            f"{SITE}/full/10.1000/abc.12?needAccess=true",
            f"{SITE}/10.1000/abc.12/full/html#sec-2",
            f"{SITE}/pdf/10.1000/abc.12.full.pdf+html",
            f"{SITE}/10.1000/abc.12;jsessionid=1A.b",
            f"{SITE}?id=10.1000/abc.12&type=printable",
            f"{SITE}/10.1000%2Fabc.12%2Fpdf",
            "www.journals.example/doi/epdf/10.1000/abc.12",
        ],
    )
    def test_are_kept_without_what_follows_them(self, typed):
        assert doi_of(typed) == "10.1000/abc.12"

    @pytest.mark.parametrize(
        "doi",
        [
            "10.1000/182/a.3",
            "10.1000/full",
            "10.1016/s0140-6736(05)67889-0",
            "10.1002/(sici)1097-4598(199901)22:1<1::aid-mus1>3.0.co;2-d",
            "10.1175/1520-0477(1998)079<0061:apgtwa>2.0.co;2",
        ],
    )
    @pytest.mark.parametrize("resolver", ["", "https://doi.org/", "doi:"])
    def test_of_several_parts_stay_whole(self, doi, resolver):
        assert doi_of(resolver + doi) == doi

    @pytest.mark.parametrize(
        "address",
        [f"{SITE}/10.1000/abc.12/5981654", f"{SITE}/10.1000/abc.12/the-title-of-it"],
    )
    def test_whose_end_nobody_can_tell_are_left_out(self, address):
        assert doi_of(address) == ""
        [work] = read(f"TY  - JOUR\nTI  - A title\nUR  - {address}\nER  - ")
        assert "doi" not in work.fields
        assert work.fields["url"] == address
        [refused] = read(f"10.1000/other\n{address}")[1:]
        assert isinstance(refused, Refusal)

    def test_of_a_field_that_says_more_are_named(self):
        work = bibtex(doi=f"{SITE}/10.1000/abc.12/more")

        assert "doi" not in work.fields
        assert "10.1000/abc.12/more" in work.notes[0]

    def test_of_one_line_are_told_apart(self):
        assert dois_in("10.1000/a,10.1000/b; 10.1000/c") == [
            "10.1000/a",
            "10.1000/b",
            "10.1000/c",
        ]

    @pytest.mark.parametrize(
        "text",
        [
            "@article{a, title={A}, url={https://doi.org/10.1000/abc.12}}",
            f'[{{"title": "A", "type": "book", "URL": "{SITE}/10.1000/abc.12/full"}}]',
        ],
    )
    def test_are_found_in_the_address_of_a_work_without_one(self, text):
        [work] = read(text)

        assert work.fields["doi"] == "10.1000/abc.12"

    @pytest.mark.parametrize("typed", ["10/abc12", "https://doi.org/10/abc12"])
    def test_that_are_short_are_kept_as_an_address(self, typed):
        work = bibtex(doi=typed, url="https://example.org/a")

        assert work.fields["url"] == "https://doi.org/10/abc12"
        assert "https://example.org/a" in work.notes[0]


class TestAddresses:
    @pytest.mark.parametrize("parted", [" ", "; ", ",", " | "])
    def test_beyond_the_first_are_named(self, parted):
        work = bibtex(url=f"https://example.org/a{parted}https://example.org/b.pdf")

        assert work.fields["url"] == "https://example.org/a"
        [note] = work.notes
        assert "https://example.org/b.pdf" in note

    def test_beyond_the_first_are_named_in_ris(self):
        [work] = read(
            "TY  - JOUR\nTI  - A\nUR  - nowhere\nUR  - https://example.org/a\n"
            "L2  - https://example.org/b\nER  - "
        )

        assert work.fields["url"] == "https://example.org/a"
        assert ["nowhere" in work.notes[0], "org/b" in work.notes[1]] == [True, True]


class TestPreprints:
    @pytest.mark.parametrize(
        ("kind", "fields"),
        [
            ("misc", {"eprint": "2101.01234", "archiveprefix": "arXiv"}),
            ("article", {"eprint": "arXiv:2101.01234v2"}),
            ("online", {"eprint": "2101.01234", "eprinttype": "arxiv"}),
            ("article", {"journal": "arXiv preprint arXiv:2101.01234"}),
            ("article", {"journal": "CoRR", "volume": "abs/2101.01234"}),
            ("unpublished", {"eprint": "q-bio/0301001", "archiveprefix": "arXiv"}),
        ],
    )
    def test_that_give_a_number_alone_have_an_address(self, kind, fields):
        work = bibtex(kind, **fields)

        assert work.fields["csl_type"] == "article"
        assert work.fields["url"].startswith("https://arxiv.org/abs/")

    @pytest.mark.parametrize(
        ("kind", "fields", "expected"),
        [
            (
                "article",
                {"journal": "Brain Ex", "volume": "1", "pages": "2"},
                "article-journal",
            ),
            ("article", {"journal": "Brain Ex", "doi": "10.1000/a"}, "article-journal"),
            ("inproceedings", {"booktitle": "Proceedings"}, "paper-conference"),
            ("book", {"publisher": "Press"}, "book"),
        ],
    )
    def test_that_were_published_are_none(self, kind, fields, expected):
        work = bibtex(kind, eprint="2101.01234", archiveprefix="arXiv", **fields)

        assert work.fields["csl_type"] == expected
        assert "2101.01234" in (work.fields.get("url", "") + " ".join(work.notes))

    def test_of_another_archive_are_named(self):
        assert "hal-01" in bibtex(eprint="hal-01", eprinttype="hal").notes[0]
