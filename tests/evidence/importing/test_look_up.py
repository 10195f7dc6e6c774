"""Completing what is only a number, by asking a register; off unless asked for."""

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from evidence.formats.records import Draft
from evidence.importing import looking_up
from evidence.importing.carrying_out import carry_out
from evidence.importing.plan import plan
from evidence.importing.tasks import complete
from evidence.models import Reference
from tests.helpers.factories_evidence import ReferenceFactory

pytestmark = pytest.mark.django_db

CROSSREF = {
    "status": "ok",
    "message": {
        "type": "journal-article",
        "title": ["Made-up <i>results</i>"],
        "author": [{"given": "Ada", "family": "Li"}, {"name": "A group"}],
        "container-title": ["Journal"],
        "issued": {"date-parts": [[2020, 5]]},
        "DOI": "10.1000/A",
        "references-count": 3,
        "reference": [{"key": "1"}],
    },
}
PUBMED = "\nPMID- 90000001\nDP  - 2020 May\nTI  - Made-up results.\nFAU - Li, Ada\n"


@pytest.fixture
def register(settings):
    """A register on this machine; what it was asked, and what it answers."""
    asked, answers = [], {}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            status, body = next(
                (answer for part, answer in answers.items() if part in self.path),
                (404, "Resource not found."),
            )
            self.send_response(status)
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *args):
            """Not among the test's output."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    host = f"http://127.0.0.1:{server.server_port}"
    settings.REFERENCE_LOOKUP = True
    settings.REFERENCE_LOOKUP_DOI = host + "/works/{}"
    settings.REFERENCE_LOOKUP_PMID = host + "/efetch"
    server.asked, server.answers = asked, answers
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def number_only(**fields):
    known = fields.get("doi") or fields["pmid"]
    return ReferenceFactory(
        title=f"To be completed: {known}",
        authors=[],
        container_title="",
        issued_year=None,
        **fields,
    )


def test_is_off_unless_asked_for(monkeypatch, commits):
    monkeypatch.setattr(looking_up, "fetch", None)

    drafts = [Draft(1, {"title": "To be completed: x", "doi": "10.1/x"})]
    with commits():
        list(carry_out(plan(drafts)))

    assert Reference.objects.get().title == "To be completed: x"


def test_an_import_asks_for_each_number(register, commits):
    register.answers["/works/10.1000%2Fa"] = 200, json.dumps(CROSSREF)

    drafts = [Draft(1, {"title": "To be completed: a", "doi": "10.1000/a"})]
    with commits():
        list(carry_out(plan(drafts)))

    reference = Reference.objects.get()
    assert reference.title == "Made-up results"
    assert reference.authors == [
        {"family": "Li", "given": "Ada"},
        {"literal": "A group"},
    ]
    assert (reference.issued_year, reference.container_title) == (2020, "Journal")


def test_pubmed_is_asked_where_there_is_no_doi(register):
    register.answers["id=90000001"] = 200, PUBMED
    reference = number_only(pmid="90000001")

    complete.call(reference.pk)

    reference.refresh_from_db()
    assert reference.title == "Made-up results"


def test_what_an_editor_has_written_stays(register):
    register.answers["/works/"] = 200, json.dumps(CROSSREF)
    reference = number_only(doi="10.1000/a")
    Reference.objects.filter(pk=reference.pk).update(container_title="Written by hand")

    complete.call(reference.pk)

    reference.refresh_from_db()
    assert (reference.title, reference.container_title) == (
        "Made-up results",
        "Written by hand",
    )


@pytest.mark.parametrize(
    "answer",
    [(404, "no"), (200, ""), (200, "<html>"), (200, "{}"), (200, "[" * 9999)],
    ids=range(5),
)
def test_what_no_register_knows_stays_to_be_completed(register, answer):
    register.answers["/works/"] = answer
    reference = number_only(doi="10.1000/a")

    complete.call(reference.pk)

    reference.refresh_from_db()
    assert reference.title == "To be completed: 10.1000/a"


def test_an_answer_that_belongs_to_another_reference_changes_nothing(register):
    ReferenceFactory(pmid="90000001")
    message = CROSSREF["message"] | {"PMID": "90000001"}
    register.answers["/works/"] = 200, json.dumps({"message": message})
    reference = number_only(doi="10.1000/a")

    complete.call(reference.pk)

    reference.refresh_from_db()
    assert reference.pmid == ""


def test_a_register_that_does_not_answer_fails_the_task(register):
    register.answers["/works/"] = 503, "busy"
    reference = number_only(doi="10.1000/a")

    with pytest.raises(looking_up.NotReached, match="503"):
        complete.call(reference.pk)


def test_a_reference_that_is_complete_or_gone_is_not_asked_about(register):
    complete.call(ReferenceFactory(doi="10.1000/a").pk)
    complete.call(0)

    assert register.asked == []
