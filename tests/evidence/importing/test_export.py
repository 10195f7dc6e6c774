"""Handing out the library in the admin."""

import json

import pytest
from django.urls import reverse

from tests.helpers.factories_evidence import ReferenceFactory

pytestmark = pytest.mark.django_db

LIST = "wagtailsnippets_evidence_reference:list"


@pytest.fixture
def editor(log_in):
    return log_in("Editors")


class TestExport:
    def text(self, response):
        assert response.status_code == 200
        return b"".join(response.streaming_content).decode()

    def test_hands_out_what_the_list_shows(self, editor):
        ReferenceFactory(title="A book", csl_type="book")
        kept = ReferenceFactory(title="An article")
        ReferenceFactory(title="Merged", merged_into=kept)

        every = editor.get(reverse(LIST), {"export": "csl-json"})
        some = editor.get(reverse(LIST), {"export": "csl-json", "csl_type": "book"})

        assert every["Content-Disposition"] == 'attachment; filename="references.json"'
        assert len(json.loads(self.text(every))) == 2
        assert [one["title"] for one in json.loads(self.text(some))] == ["A book"]

    def test_hands_out_what_a_search_found(
        self, editor, django_capture_on_commit_callbacks
    ):
        with django_capture_on_commit_callbacks(execute=True):
            ReferenceFactory(title="Walking speed")
            ReferenceFactory(title="Other")

        found = editor.get(reverse(LIST), {"export": "bibtex", "q": "walk"})

        assert self.text(found).count("@article") == 1

    @pytest.mark.parametrize("name", ["csl-json", "bibtex"])
    def test_hands_out_one(self, editor, name):
        reference = ReferenceFactory(title="Walking speed")
        url = reverse("reference_export", args=[reference.pk, name])
        edit = reverse("wagtailsnippets_evidence_reference:edit", args=[reference.pk])

        assert "Walking speed" in self.text(editor.get(url))
        assert url in editor.get(edit).content.decode()

    @pytest.mark.parametrize(
        ("role", "status"), [("SEO specialists", 302), ("Admissions officers", 302)]
    )
    def test_is_for_those_who_see_the_library(self, log_in, role, status):
        url = reverse("reference_export", args=[ReferenceFactory().pk, "bibtex"])

        assert log_in(role).get(url).status_code == status

    def test_knows_no_other_format(self, editor):
        url = reverse("reference_export", args=[ReferenceFactory().pk, "docx"])

        assert editor.get(url).status_code == 404
