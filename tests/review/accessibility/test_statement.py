"""The statement of accessibility says what the last audit has found, and no more."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from delivery.visibility import changes_pages
from home.roles import EDITORS, MODERATORS
from review.models import AccessibilityAudit
from tests.helpers.factories import ContentPageFactory

pytestmark = pytest.mark.django_db

CLAIM = "Web Content Accessibility Guidelines"
FIELDS = {
    "audited_on": "2026-02-02",
    "kind": "own",
    "audited_by": "Ada Quay",
    "outcome": "partial",
    "tested": "Every page by machine.",
    "problems": "Films have no description.\nSome PDFs.",
}


@pytest.fixture
def statement(client, home):
    value = {
        "heading": "How accessible it is",
        "contact": "<p>Call us.</p>",
        "enforcement": "",
    }
    page = ContentPageFactory(parent=home, body=[("accessibility_statement", value)])

    def read():
        html = BeautifulSoup(client.get(page.url).content, "html.parser")
        return html.select_one(".accessibility-statement")

    return read


def test_claims_nothing_without_an_audit(statement):
    text = statement().text

    assert CLAIM not in text
    assert "not been audited" in text
    assert "Call us." in text


def test_says_what_the_last_audit_has_found(statement):
    AccessibilityAudit.objects.create(**FIELDS)
    AccessibilityAudit.objects.create(
        **FIELDS | {"audited_on": "2025-01-01", "outcome": "full", "problems": ""}
    )

    shown = statement()

    assert "conforms in part" in shown.text
    assert "by ourselves (Ada Quay)" in shown.text
    assert shown.select_one("time")["datetime"] == "2026-02-02"
    problems = [each.text for each in shown.select("li")]
    assert problems == ["Films have no description.", "Some PDFs."]


def test_what_was_typed_is_text(statement):
    AccessibilityAudit.objects.create(**FIELDS | {"tested": "<b>All</b>"})

    assert "<b>All</b>" in statement().text


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"outcome": "full"}, "outcome"),
        ({"problems": " \n"}, "problems"),
        ({"audited_on": timezone.localdate() + timedelta(days=2)}, "audited_on"),
    ],
)
def test_a_record_that_contradicts_itself_is_refused(log_in, changes, field):
    answer = log_in(MODERATORS).post(
        reverse("accessibility_audits:add"), FIELDS | changes
    )

    assert answer.context["form"].errors.keys() == {field}
    assert not AccessibilityAudit.objects.exists()


def test_is_entered_by_moderators_alone(log_in):
    add = reverse("accessibility_audits:add")
    log_in(EDITORS).post(add, FIELDS)
    assert not AccessibilityAudit.objects.exists()

    log_in(MODERATORS).post(add, FIELDS)
    assert AccessibilityAudit.objects.count() == 1


def test_a_new_audit_shows_at_once():
    """A stored page with the statement is made anew."""
    assert changes_pages('INSERT INTO "review_accessibilityaudit" VALUES', (), False)
