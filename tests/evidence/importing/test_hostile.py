"""What nobody should hand in: it ends as records or in a sentence, and is stored."""

import gc
import json
import string
import time
from contextlib import suppress

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from evidence.formats import detect
from evidence.formats.records import NOTES_KEPT, Draft, Refusal
from evidence.importing.models import ReferenceImport
from evidence.importing.plan import plan
from evidence.models import Reference
from tests.helpers import reference_corpus
from tests.helpers.factories_evidence import ReferenceFactory

FORMATS = sorted(reference_corpus.WRITERS)


def read(data):
    """Return what is found in ``data``; [] where it is refused as a whole."""
    with suppress(detect.Unreadable):
        return detect.read(data).records
    return []


def storable(found):
    """Return whether PostgreSQL takes it: no NUL, no half of a surrogate pair."""
    said = [found.reason] if isinstance(found, Refusal) else [found.fields, found.notes]
    text = json.dumps(said, ensure_ascii=False, default=str)
    text.encode()
    # A backslash that somebody typed is written as two.
    return "\\u0000" not in text.replace("\\\\", "")


# What the formats are made of, so that chance comes upon their ways.
PIECES = st.sampled_from(
    [
        *"{}[]()\"',=@\\#%$&~^<>\n\t\r\0\ufeff\u2028\x85",
        *("@article{a,", "@string{", "@comment{", "title={", "author=", " and ", "}\n"),
        *("TY  - JOUR\n", "TI  - ", "AU  - ", "ER  - \n", "PY  - ", "DO  - "),
        *("PMID- 1\n", "FAU - ", "DP  - ", "LID - ", " [doi]\n", "\n      "),
        *('{"title":', '"type":"book"', '"author":[', '"issued":{"date-parts":[['),
        *('"\\ud800"', '"\\u0000"', "99999999999", "-1", "2020", "null", "1e999"),
        *(
            "10.1000/a",
            "https://doi.org/",
            "PMID: 12345",
            "et al.",
            "\\'e",
            "$\\alpha$",
        ),
        *("{\\", "\\input{/etc/passwd}", "<script>", "\N{BRAIN}", "é"),
    ]
)
TEXTS = st.lists(st.one_of(PIECES, st.text(string.printable, max_size=4)), max_size=60)


@given(st.one_of(st.binary(max_size=400), TEXTS.map(lambda p: "".join(p).encode())))
@example(b"@a{\\u0000")
@example(b"@a{\x00")
@settings(max_examples=400, deadline=None)
def test_any_bytes_are_read_or_refused_and_what_is_read_can_be_stored(data):
    lines = 1 + data.count(b"\n") + data.count(b"\r") + data.count(b"\x0a\x00")

    for found in read(data):
        assert 1 <= found.line <= lines
        assert storable(found)
        if isinstance(found, Draft):
            work = Reference(**found.fields)
            work.clean_fields()
            work.clean()


@pytest.mark.django_db
@given(TEXTS.map("".join))
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_whatever_is_read_can_be_planned_and_every_record_is_in_the_plan(text):
    found = read(text)

    rows = plan(found)

    assert [row.line for row in rows] == [one.line for one in found]
    assert all(row.action in {"create", "match", "refuse"} for row in rows)
    json.dumps([row.as_json() for row in rows], default=str)


@pytest.mark.parametrize("name", FORMATS)
@given(broken=st.sets(st.integers(0, 11)))
@settings(max_examples=25, deadline=None)
def test_broken_records_are_refused_one_by_one_and_the_others_read(name, broken):
    records = [
        reference_corpus.BROKEN[name]
        if number in broken
        else reference_corpus.WRITERS[name](work)
        for number, work in enumerate(reference_corpus.works(12))
    ]

    found = read(reference_corpus.assembled(name, records))

    kinds = [number in broken for number in range(12)]
    if all(kinds) and name not in {"BibTeX", "CSL-JSON"}:
        assert found == []  # no list of works at all
    else:
        assert [isinstance(one, Refusal) for one in found] == kinds


class TestTexts:
    @pytest.mark.parametrize(
        "text",
        [
            '[{"type": "\\ud800\\u0000", "title": "\\u0000A\\ud800", "author": '
            '[{"family": "\\u0000"}, {"family": "B\\u0000"}]}]',
            "@boo\x00k{a, title={A\x00}, ti\x00={a}, ti\x00={b}}",
            "TY  - \x00\nTI  - A\x00\nAU  - \x00\nER  - \n",
            "PMID- 1\x00\nTI  - A\x00\n\n",
        ],
        ids=["CSL-JSON", "BibTeX", "RIS", "NBIB"],
    )
    def test_with_what_no_database_holds_are_kept_without_it(self, text):
        [found] = read(text)

        assert storable(found)
        assert found.fields["title"] == "A"

    def test_with_numbers_out_of_range_say_so(self):
        item = {
            "type": "book",
            "title": "A",
            "issued": {"date-parts": [[99999999999]]},
            "PMID": "9" * 30,
            "DOI": "10.1000/" + "x" * 300,
            "custom": {"sample_size": -1},
        }

        [found] = read(json.dumps([item]))

        assert set(found.fields) == {"title", "csl_type", "more_authors"}
        assert len(found.notes) == 4

    def test_with_thousands_of_faults_name_the_first(self):
        authors = [{"given": ""}] * 100_000

        [found] = read(json.dumps([{"title": "A", "author": authors}]))

        assert len(found.notes) == NOTES_KEPT + 1
        assert found.notes[-1].startswith("And ")

    def test_copied_with_invisible_signs_have_the_same_number(self):
        copied = "10.1000/\u200ba\u00adb\u2060"

        listed, exported = read(copied), read(f"TY  - JOUR\nTI  - A\nDO  - {copied}")

        assert [one.fields["doi"] for one in (*listed, *exported)] == ["10.1000/ab"] * 2


def once(piece, before="", after=""):
    """Return two texts of one make, the second four times as long."""
    return [before + piece * (n // len(piece)) + after for n in (50_000, 200_000)]


@pytest.mark.parametrize(
    ("short", "long"),
    [
        once("{"),
        once("@"),
        once("@a{\n"),
        once("@article{a, title={b\n"),
        once("TY  - \n"),
        once("PMID- \n"),
        once("["),
        once("[\n"),
        once("x"),
        once("\n"),
        once("aaa\n", "TY  - JOUR\nTI  - "),
        once("      a\n", "PMID- 1\nTI  - x\n"),
        once("a and ", "@book{a, title={A}, author={", "}}"),
        once("x", "@book{a, title={A}, author={", "}}"),
        once(" ", "@book{a, title={A}, pages={1", "2}}"),
        once("{", "@book{a, title={", "}}"),
        once("<i ", "TY  - JOUR\nTI  - "),
        once("a.", "TY  - JOUR\nTI  - A\nUR  - http://"),
        once(" ", "10.1000/a\nPMID", "x"),
        once("\n", '[{"title"'),
        once("10.1000/a;", "x/"),
        once(")", "10.1000/"),
        once("A B, ", "@book{a, title={A}, author={", "}}"),
    ],
    ids=range(23),
)
def test_four_times_the_text_takes_about_four_times_as_long(short, long):
    """Of quadratic time it would be sixteen; a busy machine is given the benefit."""

    def seconds(text):
        gc.disable()  # which takes the longer, the more tests there have been
        begun = time.process_time()
        read(text)
        taken = time.process_time() - begun
        gc.enable()
        return taken

    taken = max(seconds(short) for _ in range(3))

    # A collection of garbage may fall into one.
    assert any(seconds(long) < 0.5 + 12 * taken for _ in range(3))


@pytest.mark.django_db
class TestOthersAndForgeries:
    @pytest.fixture
    def waiting(self, log_in):
        editor = log_in("Editors")
        url = editor.post(reverse("reference_import"), {"text": "10.1000/a"})[
            "Location"
        ]
        editor.logout()
        return url

    @pytest.mark.parametrize(
        "role",
        ["Editors", "Moderators", "SEO specialists", "Admissions officers", None],
    )
    def test_nobody_reaches_the_upload_of_another(self, log_in, waiting, role):
        client = log_in(role)

        for response in (
            client.get(waiting),
            client.post(waiting, {"confirm": "1"}),
            client.get(f"{waiting}cancel/?left=1"),
            client.post(f"{waiting}cancel/"),
        ):
            assert response.status_code in {302, 404}
        assert ReferenceImport.objects.get().result is None
        assert not Reference.objects.exists()

    def test_a_stranger_is_asked_to_log_in(self, client, waiting):
        assert "/login/" in client.post(waiting, {"confirm": "1"})["Location"]

    @pytest.mark.parametrize("role", ["SEO specialists", "Admissions officers"])
    def test_who_may_not_add_references_gets_nowhere(self, log_in, role):
        reference, other = ReferenceFactory.create_batch(2, title="Twin")
        client = log_in(role)
        merging = reverse(
            "wagtail_bulk_action", args=["evidence", "reference", "merge"]
        )
        ticked = f"{merging}?id={reference.pk}&id={other.pk}"

        for response in (
            client.post(reverse("reference_import"), {"text": "10.1000/a"}),
            client.get(reverse("reference_duplicates")),
            client.get(reverse("reference_export", args=[reference.pk, "bibtex"])),
        ):
            assert response.status_code in {302, 403}
        client.post(ticked, {"kept": reference.pk})
        assert not ReferenceImport.objects.exists()
        assert Reference.objects.unmerged().count() == 2

    def test_a_forged_form_is_refused(self, log_in, waiting):
        from django.test import Client

        client = log_in("Editors", Client(enforce_csrf_checks=True))

        for url in (reverse("reference_import"), waiting, f"{waiting}cancel/"):
            assert client.post(url, {"text": "10.1000/a"}).status_code == 403

    def test_a_large_paste_is_refused_in_words_and_kept(self, log_in, monkeypatch):
        monkeypatch.setattr(detect, "LARGEST", 10)

        page = log_in("Editors").post(
            reverse("reference_import"), {"text": "10.1000/abcdef"}
        )

        html = page.content.decode()
        assert "larger than" in html
        assert "10.1000/abcdef" in html

    def test_markup_in_a_file_and_its_name_is_text(self, log_in):
        from django.core.files.uploadedfile import SimpleUploadedFile

        evil = "<script>alert(1)</script>"
        text = f"@{evil}{{\n@book{{a, title={{{evil}}}, title={{{evil}}}, x{evil}=1}}"
        file = SimpleUploadedFile(f"{evil}.bib", text.encode())

        page = log_in("Editors").post(
            reverse("reference_import"), {"file": file}, follow=True
        )

        html = page.content.decode()
        assert evil not in html
        assert "&lt;script&gt;alert(1)" in html
