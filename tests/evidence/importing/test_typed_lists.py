"""Lists of references as people type them, pasted into the import."""

import pytest
from django.urls import reverse

from evidence.formats import detect
from evidence.importing.models import ReferenceImport
from evidence.importing.plan import plan, plan_again
from evidence.importing.rows import Action
from evidence.models import Reference
from tests.helpers.factories_evidence import ReferenceFactory

pytestmark = pytest.mark.django_db

TITLE = "Sticks and dogs as aids for walking on sand"
NEW = "2. One A, Two BC. A trial of sticks. J Ex. 2019 Mar 4;12(3):1-9."
UNKNOWN = "3. Anon. Somewhere on the web there was. A page. Of 2018, it said."


@pytest.fixture
def reference():
    return ReferenceFactory(title=TITLE, issued_year=2017, pmcid="PMC123")


def rows(*lines):
    return plan(detect.read("\n".join(lines)).records)


def test_an_entry_is_found_in_the_library_by_its_title(reference):
    entry = f"1. Three C. {TITLE}. Some Journal 2017, page 4."
    found, other = rows(entry, UNKNOWN)

    assert (found.action, found.target) == (Action.MATCH, reference.pk)
    assert found.title == TITLE
    assert other.action == Action.REFUSE
    again = plan_again([found, other], may_change=True)
    assert [row.decision for row in again] == [found.decision, other.decision]


def test_an_entry_with_another_number_fills_what_the_library_lacks(reference):
    [row] = rows(f"{TITLE}. 2017. doi:10.1000/sand")

    assert (row.action, row.target) == (Action.UPDATE, reference.pk)
    assert "doi" in row.fills
    assert row.title == TITLE


@pytest.mark.parametrize("line", ["PMC123", "See PMC123 for the rest", "pmc123."])
def test_a_number_of_pubmed_central_is_known(reference, line):
    [row] = rows(line)

    assert (row.action, row.target) == (Action.MATCH, reference.pk)
    assert row.title == TITLE


def test_a_known_work_is_called_by_its_title(reference):
    Reference.objects.filter(pk=reference.pk).update(doi="10.1000/known")

    [row] = rows("10.1000/known")

    assert row.title == TITLE


def test_a_number_of_pubmed_central_alone_makes_a_record():
    [row] = rows("PMC7654321")

    assert row.action == Action.CREATE
    assert row.title == "To be completed: PMC7654321"


@pytest.mark.parametrize("end", ["", " doi:10.1000/sticks", " PMID: 123456 PMC77"])
def test_a_record_takes_what_can_be_read_of_its_entry(end):
    [row] = rows(NEW + end)

    assert row.action == Action.CREATE
    said = {name: row.fields[name] for name in ("title", "container_title", "volume")}
    assert said == {
        "title": "A trial of sticks",
        "container_title": "J Ex",
        "volume": "12",
    }
    assert [row.fields[name] for name in ("issued_year", "issue", "page")] == [
        2019,
        "3",
        "1-9",
    ]
    assert [one["family"] for one in row.fields["authors"]] == ["One", "Two"]
    assert "check it" in row.notes[0]


@pytest.mark.parametrize(
    "entry",
    [
        "One A. A title. With a stop. J Ex. 2019;12:1-9. doi:10.1000/a",
        "Ann One and Bea Two. A title. J Ex. 2019;12:1-9. doi:10.1000/a",
        "One A. A title. J. Ex. 2019;12:1-9. doi:10.1000/a",
        "One A. A title. J Ex, 2019. doi:10.1000/a",
    ],
)
def test_of_an_entry_in_another_form_the_number_alone_is_taken(entry):
    [row] = rows(entry)

    assert row.title == "To be completed: 10.1000/a"
    assert set(row.fields) <= {"doi", "title", "csl_type"}


def test_the_words_that_are_refused_are_shown(log_in, reference):
    client = log_in("Editors")
    page = client.post(reverse("reference_import"), {"text": f"{NEW}\n{UNKNOWN}"})
    preview = client.get(page["Location"])
    assert "Somewhere on the web" in preview.content.decode()

    response = client.post(page["Location"], {"confirm": "1"})
    b"".join(response.streaming_content)

    result = client.get(page["Location"]).content.decode()
    assert "Somewhere on the web" in result
    counts = ReferenceImport.objects.get().result
    assert (counts["create"], counts["refuse"]) == (1, 1)


def test_prose_is_no_list_of_works():
    with pytest.raises(detect.Unreadable):
        detect.read("Dear all,\nplease find the list of works of 2019 attached.\n")
