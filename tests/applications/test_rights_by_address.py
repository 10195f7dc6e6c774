"""Every address that shows applications, found by walking, by everybody who might ask.

An address that is not in ``TABLE`` fails: say in it who gets there.
"""

from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from django.urls import reverse
from wagtail.admin.views.bulk_action.registry import bulk_action_registry

from applications.models import (
    Application,
    ApplicationLogEntry,
    Draft,
    Feedback,
    FormRight,
)
from applications.models.rights import Right
from home.roles import create_roles
from tests.helpers.admin_addresses import addresses
from tests.helpers.revealing import inspect_url, reveal
from tests.helpers.wards import OPEN, PEOPLE, Person, ward

LOG = "view_applicationlogentry"
RIGHTS = "manage_rights"
STATES = "change_applicationstate"
REASONS = "change_decisionreason"
FIGURES = "view_formcount"


@dataclass(frozen=True)
class Expected:
    """Who gets to an address.

    Args:
        needs: A right to the form in question, a permission, or several of them; None:
            nobody of those who ask gets there.
        of: The kind of record whose number is in it; "" for none.
        posted: What a post holds; None: there is nothing to post to.
        reads: Whether it answers a GET.
        tells: What it shows of forms on which one has no right: "titles", or
            "references", too.
    """

    needs: Any
    of: str = ""
    posted: dict[str, str] | None = None
    reads: bool = True
    tells: str = ""


TABLE = {
    "application:index": Expected(OPEN),
    "application:index_results": Expected(OPEN),
    "application:deleted": Expected(OPEN),
    "application:inspect": Expected(Right.SEE, of="application"),
    "application:file": Expected(Right.REVEAL, of="upload"),
    "application:status": Expected(
        Right.DECIDE,
        of="application",
        posted={"state": "reading", "version": "1"},
        reads=False,
    ),
    "application:undo": Expected(
        Right.DECIDE, of="application", posted={"version": "1"}, reads=False
    ),
    "application:give": Expected(
        Right.DECIDE, of="application", posted={"to": "", "version": "1"}, reads=False
    ),
    "application:give_to": Expected(Right.DECIDE, of="application"),
    "application:due": Expected(
        Right.DECIDE,
        of="application",
        posted={"due_on": "2030-01-01", "version": "1"},
        reads=False,
    ),
    "application:notes": Expected(
        Right.DECIDE, of="application", posted={"text": "Called her."}, reads=False
    ),
    # A colleague's; one's own is tried in test_notes.
    "application:note": Expected(None, of="note", posted={"text": "Called him."}),
    "application:mail": Expected(
        Right.DECIDE, of="application", posted={}, reads=False
    ),
    "application:enter": Expected(Right.DECIDE, posted={}),
    # A colleague's; one's own is tried in test_entering.
    "application:go_on": Expected(None, of="entry", posted={}, reads=False),
    "application:search": Expected(Right.SEE, posted={"words": "AAAA"}, reads=False),
    "application:state_forms": Expected((STATES, Right.DECIDE)),
    "application:states": Expected(
        (STATES, Right.DECIDE), of="form", posted={"usual": "1"}
    ),
    "application:ask": Expected(
        Right.DECIDE, of="application", posted={"text": "More", "version": "1"}
    ),
    "application:ask_back": Expected(
        Right.DECIDE, of="question", posted={}, reads=False
    ),
    "application:decide": Expected(
        Right.DECIDE,
        of="application",
        posted={"state": "declined", "reasons": "Why", "version": "1"},
    ),
    "application:opinion": Expected(
        Right.DECIDE,
        of="application",
        posted={"outcome": "accepted", "text": "Well enough"},
    ),
    "application_reason:index": Expected(REASONS),
    "application_reason:index_results": Expected(REASONS),
    "application_reason:add": Expected(
        "add_decisionreason", posted={"name": "A", "text": "B", "sort_order": "0"}
    ),
    "application_reason:edit": Expected(
        REASONS, of="reason", posted={"name": "A", "text": "B", "sort_order": "0"}
    ),
    "application_reason:delete": Expected(
        "delete_decisionreason", of="reason", posted={}
    ),
    "application_reason:history": Expected(REASONS, of="reason"),
    "application_reason:history_results": Expected(REASONS, of="reason"),
    "application_reason:usage": Expected(REASONS, of="reason"),
    "application:spam": Expected(
        Right.DECIDE, of="application", posted={}, reads=False
    ),
    "application:delete": Expected(Right.DELETE, of="application", posted={}),
    "export_applications": Expected(Right.EXPORT),
    "form_feedback": Expected("view_feedback"),
    # Numbers too coarse to tell of anybody, for whoever may see figures of any form.
    "form_figures": Expected(FIGURES, tells="titles"),
    "application_log": Expected(LOG, tells="references"),
    "application_log_results": Expected(LOG, tells="references"),
    "application_rights": Expected(RIGHTS, tells="titles"),
    "application_rights_of_form": Expected(
        RIGHTS, of="form", posted={"right": "0:see"}, tells="titles"
    ),
}


def is_ours(address):
    module = getattr(address.view_class or address.view, "__module__", "")
    label = address.model and address.model._meta.app_label
    return module.startswith("applications.") or label == "applications"


@pytest.fixture
def wards(home):
    create_roles()
    return [
        ward(home, "Apply to the northern ward", "northern"),
        ward(home, "Apply to the southern ward", "southern"),
    ]


def test_every_address_is_in_the_table():
    assert {address.name for address in addresses() if is_ours(address)} == set(TABLE)


def test_no_bulk_action_is_offered():
    for model in ("application", "feedback", "applicationlogentry", "formright"):
        actions = bulk_action_registry.get_bulk_actions_for_model("applications", model)
        assert not list(actions)


@dataclass
class Visit:
    """What one person meets; requests change nothing for the next."""

    person: Person
    wards: list
    problems: list = field(default_factory=list)

    def __post_init__(self):
        self.client = self.person.client(self.wards)

    def ask(self, method, url, posted=None):
        with transaction.atomic():
            before = state()
            response = getattr(self.client, method)(url, posted or {})
            text = (
                b"".join(response.streaming_content)
                if response.streaming
                else response.content
            ).decode("utf-8", "replace")
            is_changed = state() != before
            transaction.set_rollback(True)
        return response, text, is_changed

    def check(self, name, expected, number):
        """Ask for an address with a record of one of the forms."""
        asked = self.wards[number]
        args = [asked.pks[expected.of]] if expected.of else []
        url = reverse(name, args=args)
        # Without a number, the right to any form is enough.
        forms = {number == 0} if expected.of else {True, False}
        is_granted = any(self.person.may(expected.needs, is_own) for is_own in forms)
        posted = expected.posted or {}
        for method in ("get", "post"):
            response, text, is_changed = self.ask(method, url, posted)
            where = f"{method} {name} of form {number + 1}"
            takes = expected.reads if method == "get" else expected.posted is not None
            if takes and is_let_in(response) != is_granted:
                self.problems.append(f"{where}: {response.status_code}")
            if is_changed and not (is_granted and method == "post" and takes):
                self.problems.append(f"{where} changed something")
            shown = [each for each in self.secrets(expected) if each in text]
            if shown:
                self.problems.append(f"{where} shows {shown}")

    def secrets(self, expected):
        """Yield what an answer to this person must not hold."""
        for number, each in enumerate(self.wards):
            is_own = number == 0
            yield from each.revealed  # only after a reason
            if not self.person.may(Right.READ, is_own):
                yield from each.read
            if self.person.may(Right.SEE, is_own):
                continue
            is_told = self.person.may(expected.needs, is_own=False) and expected.tells
            if not is_told:
                yield from each.seen
            elif is_told == "titles":
                yield from each.seen - {each.form.title}


def is_let_in(response):
    """Return whether it is not refused: Wagtail leads to the dashboard instead."""
    if response.status_code == 302:
        home = reverse("wagtailadmin_home")
        return response.url != home and "/login/" not in response.url
    return response.status_code == 200


def state():
    """Return all that a request might change, but for records of reading."""
    reading = {"applications.read", "applications.file"}
    return [
        list(Application.objects.values("pk", "status", "is_vouched").order_by("pk")),
        list(Draft.objects.values("pk", "secret_hash").order_by("pk")),
        list(Feedback.objects.values("pk", "status").order_by("pk")),
        list(FormRight.objects.values("form", "group", "right").order_by("pk")),
        list(
            ApplicationLogEntry.objects.exclude(action__in=reading)
            .values_list("number", flat=True)
            .order_by("number")
        ),
    ]


@pytest.mark.parametrize("person", PEOPLE, ids=lambda person: person.name)
def test_what_is_not_granted_is_refused_and_tells_nothing(person, wards):
    visit = Visit(person, wards)

    for name, expected in TABLE.items():
        for number in (0, 1) if expected.of else (0,):
            visit.check(name, expected, number)

    assert visit.problems == []


@pytest.mark.parametrize("person", PEOPLE, ids=lambda person: person.name)
def test_nothing_is_counted_that_may_not_be_seen(person, wards):
    client = person.client(wards)
    seen = sum(person.may(Right.SEE, is_own=number == 0) for number in range(2))

    listed = client.get(reverse("application:index")).context
    told = client.get(reverse("wagtailadmin_home")).content.decode()

    if person.may(OPEN, is_own=True):
        assert listed["paginator"].count == seen
    for count, words in ((1, "1 new application has"), (2, "2 new applications have")):
        assert (words in told) == (seen == count)


@pytest.mark.parametrize("right", [Right.SEE, Right.READ])
def test_who_applied_where_is_found_by_those_who_read_it_alone(right, wards):
    person = next(each for each in PEOPLE if each.rights == (right,))
    client, url = person.client(wards), reverse("application:search")

    by_address = client.post(url, {"words": "ada@example.org"}, follow=True)
    number = wards[0].application.reference
    by_number = client.post(url, {"words": number}, follow=True)

    assert (number in by_address.content.decode()) == (right == Right.READ)
    assert number in by_number.content.decode()


@pytest.mark.parametrize("name", [name for name, each in TABLE.items() if each.of])
def test_guessed_and_foreign_numbers_lead_nowhere(name, wards, admin_client):
    """Not even for those who may do everything."""
    kind = TABLE[name].of
    own = wards[0].pks
    guesses = (
        [999_999]
        if kind in {"form", "reason"}
        else [uuid4(), *(own[other] for other in ("application", "upload"))]
    )
    for guess in guesses:
        if guess == own[kind]:
            continue
        url = reverse(name, args=[guess])
        before = state()
        for response in (
            admin_client.get(url),
            admin_client.post(url, TABLE[name].posted or {}),
        ):
            assert response.status_code in {404, 405}
        assert state() == before


@pytest.mark.parametrize("right", Right)
def test_feedback_is_moved_by_those_who_read_its_form_alone(right, wards):
    person = next(each for each in PEOPLE if each.rights == (right,))
    client = person.client(wards)
    reads = person.may(Right.READ, is_own=True)

    answers = [
        client.post(
            reverse("form_feedback"), {"pk": each.feedback.pk, "status": "done"}
        ).status_code
        for each in wards
    ]

    assert answers == [302 if reads else 404, 404]


def test_the_table_of_another_form_is_not_exported(wards):
    person = next(each for each in PEOPLE if each.rights == (Right.EXPORT,))
    client, url = person.client(wards), reverse("export_applications")
    asked = {"kind": "csv", "reason": "Yearly report"}

    other = client.post(url, asked | {"form": wards[1].form.pk})
    own = client.post(url, asked | {"form": wards[0].form.pk})

    assert not other.streaming
    text = b"".join(own.streaming_content).decode()
    assert wards[0].application.reference in text
    assert not [each for each in wards[0].revealed if each in text]


def test_the_list_offers_to_delete_what_one_may_delete_alone(wards):
    person = next(each for each in PEOPLE if each.name == "officer of both")

    html = person.client(wards).get(reverse("application:index")).content.decode()

    for each, is_offered in zip(wards, (False, True), strict=True):
        url = reverse("application:delete", args=[each.application.pk])
        assert each.application.reference in html
        assert (url in html) == is_offered


class TestReplayed:
    """The same post a second time."""

    def test_deleting_finds_nothing(self, wards, admin_client):
        url = reverse("application:delete", args=[wards[0].application.pk])

        assert [admin_client.post(url).status_code for _ in range(2)] == [302, 404]

    def test_revealing_after_the_right_is_gone_is_refused(self, wards):
        person = next(each for each in PEOPLE if each.rights == (Right.REVEAL,))
        client, pk = person.client(wards), wards[0].application.pk
        assert "Vermilionazole" in reveal(client, pk).content.decode()

        FormRight.objects.filter(right=Right.REVEAL).delete()

        assert not is_let_in(client.post(inspect_url(pk), {"reason": "decide"}))
        assert "Vermilionazole" not in client.get(inspect_url(pk)).content.decode()

    def test_of_another_persons_reveal_opens_nothing(self, wards):
        officer = next(each for each in PEOPLE if each.rights == (Right.REVEAL,))
        reader = next(each for each in PEOPLE if each.rights == (Right.READ,))
        pk = wards[0].application.pk
        reveal(officer.client(wards), pk)

        html = reader.client(wards).get(inspect_url(pk)).content.decode()

        assert "Ada northern" in html
        assert "Vermilionazole" not in html
