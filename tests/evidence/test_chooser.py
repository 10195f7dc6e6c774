"""Choosing a work to cite, and its place in the work."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from evidence.models import Reference
from tests.helpers.factories_evidence import ReferenceFactory


def typed(**fields):
    """What the form posts for a work, as somebody has typed it."""
    return {
        "csl_type": "article-journal",
        "status": "current",
        "title": "Beneficial effects",
        "authors": "Petrou, Panayiota\nWorld Health Organization",
        **fields,
    }


@pytest.fixture
def editor(log_in):
    return log_in("Editors")


def test_a_citation_asks_for_its_place_after_the_work(editor):
    reference = ReferenceFactory()
    choose = reverse("reference_chooser:choose")
    chosen = reverse("reference_chooser:chosen", args=[reference.pk])

    first = editor.get(choose, {"cite": 1}).json()
    second = editor.get(chosen, {"cite": 1, "locator": "p. <1>"}).json()
    third = editor.post(f"{chosen}?cite=1", {"locator": 'p. "2"'}).json()

    assert f"{chosen}?cite=1" in first["html"]
    assert second["step"] == "locator"
    assert 'value="p. &lt;1&gt;"' in second["html"]
    assert third["step"] == "chosen"
    assert third["result"] == {
        "id": str(reference.pk),
        "locator": 'p. "2"',
        "label": '[Petrou 2020, p. "2"]',
    }


def test_a_field_is_not_asked_for_a_place(editor):
    reference = ReferenceFactory()
    url = reverse("reference_chooser:chosen", args=[reference.pk])

    answer = editor.get(url).json()

    assert answer["step"] == "chosen"
    assert answer["result"]["string"] == str(reference)


def test_a_new_work_can_be_cited_on_the_way(editor):
    url = reverse("reference_chooser:create")

    answer = editor.post(f"{url}?cite=1", typed()).json()

    assert answer["step"] == "locator"
    assert Reference.objects.get().authors[0]["family"] == "Petrou"


def test_says_what_is_wrong_with_a_new_work(editor):
    url = reverse("reference_chooser:create")

    answer = editor.post(f"{url}?cite=1", typed(title="", doi="x")).json()

    assert answer["step"] == "reshow_creation_form"
    assert "This is not a DOI" in answer["htmlFragment"]


def test_a_place_that_is_too_long_is_asked_for_again(editor):
    reference = ReferenceFactory()
    url = reverse("reference_chooser:chosen", args=[reference.pk])

    answer = editor.post(f"{url}?cite=1", {"locator": "x" * 81}).json()

    assert answer["step"] == "locator"
    assert "at most 80 characters" in answer["html"]


@pytest.mark.parametrize("pk", ["999999", "x", "9" * 30])
def test_editing_a_dangling_citation_starts_with_choosing(editor, pk):
    url = reverse("reference_chooser:chosen", args=[pk])

    assert editor.get(url, {"cite": 1}, follow=True).json()["step"] == "choose"
    assert editor.get(url).status_code == 404


def test_a_new_work_is_asked_for_in_fields_that_the_page_below_does_not_have(editor):
    """The page's own title stands under the same name; a label belongs to one field."""
    create = reverse("reference_chooser:create")
    forms = [
        editor.get(reverse("reference_chooser:choose"), {"cite": 1}).json()["html"],
        editor.post(f"{create}?cite=1", {"title": ""}).json()["htmlFragment"],
    ]

    for html in forms:
        soup = BeautifulSoup(html, "html.parser")
        field = soup.select_one("[name=title]")
        assert field["id"] == "id_new_reference_title"
        assert soup.select_one(f"label[for={field['id']}]")
