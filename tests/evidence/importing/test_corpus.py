"""Hundreds of records in each format, with all that goes wrong, through the admin."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from evidence.formats import detect
from evidence.formats.records import Draft, Refusal
from evidence.importing.models import ReferenceImport
from evidence.models import Reference
from tests.helpers import reference_corpus

FORMATS = sorted(reference_corpus.WRITERS)
SIZE = 300
ENCODINGS = {
    "as it is": lambda text: text.encode(),
    "byte order mark": lambda text: text.encode("utf-8-sig"),
    "Windows": lambda text: text.replace("\n", "\r\n").encode("utf-8-sig"),
    "old Mac": lambda text: text.replace("\n", "\r").encode(),
    "UTF-16": lambda text: text.encode("utf-16"),
}


def kinds(found):
    return [type(one).__name__ for one in found]


def stored_before(drafts):
    """Put the first works into the library: some as they are, some half known."""
    for place, draft in enumerate(drafts):
        fields = dict(draft.fields)
        if place % 2 and not fields["title"].startswith("To be completed"):
            fields.pop("volume", None)
        Reference.objects.create(**fields)


def import_file(client, data, name):
    """Hand a file in, see the preview, press the button; the preview and the import."""
    page = client.post(
        reverse("reference_import"), {"file": SimpleUploadedFile(name, data)}
    )
    assert page.status_code == 302, page.content.decode()
    preview = client.get(page["Location"])
    response = client.post(page["Location"], {"confirm": "1"})
    progress = b"".join(response.streaming_content).decode()
    assert progress.rstrip().endswith("</html>")
    return preview, ReferenceImport.objects.get()


@pytest.mark.django_db
@pytest.mark.parametrize("name", FORMATS)
def test_every_record_is_created_updated_matched_or_refused_with_its_line(log_in, name):
    text, broken = reference_corpus.nasty(name, SIZE)
    found = detect.read(text).records
    drafts = [one for one in found if isinstance(one, Draft)]
    stored_before(drafts[1:41])
    half_known = Reference.objects.filter(volume="").count()
    assert half_known in {20, 40}  # 40 of a list that says no more than numbers

    # Its name says nothing; so a wrong one does no harm.
    data = ENCODINGS["Windows"](text)
    preview, waiting = import_file(log_in("Editors"), data, "list.docx")

    assert waiting.formats == name
    updated = 0 if name == "identifiers" else 20
    assert waiting.result == {
        "create": SIZE - 40,
        "update": updated,
        # Also the first work, three times more, its DOI in other spellings.
        "match": 40 - updated + 3,
        "refuse": 1,
        "left_out": 0,
    }
    assert sum(waiting.result.values()) == len(found) == SIZE + 4
    assert Reference.objects.count() == SIZE
    [refused] = waiting.rows
    assert refused["line"] == broken
    assert len(refused["reason"]) > 20
    assert b"<script>alert" not in preview.content


@pytest.mark.parametrize("how", ENCODINGS)
@pytest.mark.parametrize("name", FORMATS)
def test_a_file_says_the_same_in_every_encoding(name, how):
    text, _ = reference_corpus.nasty(name, 40)

    assert detect.read(ENCODINGS[how](text)) == detect.read(text)


@pytest.mark.parametrize("second", FORMATS)
@pytest.mark.parametrize("first", FORMATS)
def test_two_files_in_one_say_what_they_say_alone(first, second):
    """Each with a broken record; the second begins with a byte order mark."""
    (one, _), (two, _) = (reference_corpus.nasty(n, 20) for n in (first, second))
    # Fields that end a record, not the blank line between two.
    text = f"{one.rstrip()}\n\n"

    both = detect.read((text + "\ufeff" + two).encode()).records

    alone = [*detect.read(one).records, *detect.read(two).records]
    assert kinds(both) == kinds(alone)
    assert [f.fields for f in both if isinstance(f, Draft)] == [
        f.fields for f in alone if isinstance(f, Draft)
    ]
    after = text.count("\n")
    lines = [f.line for f in both]
    assert lines[-1] == detect.read(two).records[-1].line + after
    assert lines == sorted(lines)


# What makes a record long, by format: an abstract, or a remark.
PADDING = {
    "BibTeX": ("\n}\n", ",\n  abstract = {{{}}}\n}}\n"),
    "RIS": ("ER  - ", "N2  - {}\nER  - "),
    "NBIB": ("OWN - NLM", "OWN - NLM\nAB  - {}"),
    "CSL-JSON": ('"type"', '"abstract": "{}",\n  "type"'),
    "identifiers": ("\n", "\n# {}\n"),
}


@pytest.mark.parametrize("name", FORMATS)
def test_five_megabytes_are_read_whole(name):
    text, broken = reference_corpus.nasty(name, SIZE)
    words = "A sentence of the abstract (p < 0.05), with a brace-less end. "
    mark, longer = PADDING[name]
    room = detect.LARGEST - len(text.encode()) - 40 * (SIZE + 4)
    abstract = (words * (room // (SIZE + 4) // len(words) + 1))[: room // (SIZE + 4)]
    long = text.replace(mark, longer.format(abstract))
    assert detect.LARGEST * 0.95 < len(long.encode()) <= detect.LARGEST

    found = detect.read(long.encode()).records

    assert kinds(found) == kinds(detect.read(text).records)
    assert kinds(found).count(Refusal.__name__) == 1
    [refused] = [one for one in found if isinstance(one, Refusal)]
    assert refused.line > broken


def test_a_damaged_byte_spoils_its_own_line_alone():
    text = "@article{a, title={Ångström}}\n@article{b, title={Öl}}\n"

    found = detect.read(text.encode().replace("Ö".encode(), b"\xd6")).records

    assert [one.fields["title"] for one in found] == ["Ångström", "Öl"]


def test_a_file_of_works_only_counts_as_many_as_it_holds():
    for name in FORMATS:
        text = reference_corpus.file(name, 50)
        titles = {one["title"] for one in reference_corpus.works(50)}
        assert len(titles) == 50
        assert len(detect.read(text).records) == 50
        assert not re.search(r"\r|\ufeff", text)
