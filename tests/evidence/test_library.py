"""The library of references: entering, finding, choosing, keeping what is cited."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from evidence.admin.forms import ReferenceForm
from evidence.models import Reference
from tests.helpers.factories import ArticleIndexPageFactory
from tests.helpers.factories_evidence import (
    ReferenceFactory,
    article,
    citation,
    paragraph,
)

LIST = "wagtailsnippets_evidence_reference:list"
ADD = "wagtailsnippets_evidence_reference:add"
EDIT = "wagtailsnippets_evidence_reference:edit"


def typed(**fields):
    """What the form posts for a work, as somebody has typed it."""
    return {
        "csl_type": "article-journal",
        "status": "current",
        "title": "Beneficial effects",
        "authors": "Petrou, Panayiota\nWorld Health Organization",
        **fields,
    }


def entry(reference):
    """The words of a reference as a list prints it."""
    html = render_to_string(
        "evidence/includes/reference.html", {"reference": reference}
    )
    return BeautifulSoup(html, "html.parser").text.strip()


@pytest.fixture
def editor(log_in):
    return log_in("Editors")


@pytest.fixture
def index(home):
    return ArticleIndexPageFactory(parent=home)


@pytest.fixture
def indexed(django_capture_on_commit_callbacks):
    """Run what waits for the commit, such as Wagtail's reference index."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.mark.django_db
class TestRecord:
    def test_is_called_by_its_first_author_and_year(self):
        reference = ReferenceFactory(title="Beneficial effects")

        assert reference.short_label == "Petrou 2020"
        assert str(reference) == "Petrou 2020 — Beneficial effects"

    def test_without_author_and_year_is_called_by_its_title(self):
        reference = ReferenceFactory(title="A b c d e", authors=[], issued_year=None)

        assert reference.short_label == "A b c d… n.d."

    @pytest.mark.parametrize("field", ["doi", "pmid"])
    def test_an_identifier_belongs_to_one_work(self, field):
        number = {"doi": "10.1093/brain/awaa333", "pmid": "19172693"}[field]
        ReferenceFactory(**{field: number})
        ReferenceFactory.create_batch(2)  # without one

        with pytest.raises(ValidationError):
            Reference(title="Again", **{field: number.upper()}).full_clean()

    def test_is_stored_in_one_spelling_however_it_is_saved(self):
        reference = ReferenceFactory(doi="https://doi.org/10.1093/Brain/AWAA333")

        reference.refresh_from_db()

        assert reference.doi == "10.1093/brain/awaa333"
        assert reference.best_url == "https://doi.org/10.1093/brain/awaa333"

    @pytest.mark.parametrize(
        ("fields", "field"),
        [
            ({"doi": "11.1/x"}, "doi"),
            ({"pmid": "12a"}, "pmid"),
            ({"pmcid": "PMCx"}, "pmcid"),
            ({"issued_month": 5}, "issued_year"),
            ({"issued_year": 2020, "issued_day": 5}, "issued_month"),
            ({"issued_year": 2021, "issued_month": 2, "issued_day": 29}, "issued_day"),
            ({"authors": [{"given": "Ada"}]}, "authors"),
            ({"url": "javascript:alert(1)"}, "url"),
        ],
    )
    def test_refuses_what_cannot_be_with_a_sentence_at_the_field(self, fields, field):
        with pytest.raises(ValidationError) as refusal:
            Reference(title="A", **fields).full_clean()

        assert list(refusal.value.message_dict) == [field]

    def test_is_an_item_of_csl_json(self):
        reference = ReferenceFactory(
            title="Effects",
            issued_month=12,
            doi="10.1000/ABC1",
        )

        assert reference.as_csl() == {
            "id": f"reference-{reference.pk}",
            "type": "article-journal",
            "title": "Effects",
            "author": [{"family": "Petrou", "given": "Panayiota"}],
            "container-title": "Brain",
            "issued": {"date-parts": [[2020, 12]]},
            "DOI": "10.1000/abc1",
        }


@pytest.mark.parametrize(
    ("fields", "printed"),
    [
        (
            {
                "title": "Beneficial effects",
                "authors": [{"family": "Petrou", "given": "Panayiota"}],
                "more_authors": True,
                "container_title": "Brain",
                "issued_year": 2020,
                "volume": "143",
                "issue": "12",
                "page": "3574-3588",
                "doi": "10.1093/brain/awaa333",
            },
            "Petrou P, et al. Beneficial effects. Brain. "
            "2020;143(12):3574\N{EN DASH}3588. doi:10.1093/brain/awaa333",
        ),
        (
            {
                "csl_type": "webpage",
                "title": "What is it?",
                "authors": [{"literal": "World Health Organization"}],
                "container_title": "Fact sheets",
                "url": "https://example.org/a",
                "accessed": date(2026, 10, 5),
            },
            "World Health Organization. What is it? Fact sheets. n.d. "
            "Accessed October 5, 2026. https://example.org/a",
        ),
        (
            {
                "csl_type": "chapter",
                "title": "Risks",
                "container_title": "The Book",
                "publisher": "Press",
                "issued_year": 2019,
                "page": "12-30",
                "pmid": "19172693",
            },
            "Risks. In: The Book. Press; 2019:12\N{EN DASH}30. PMID: 19172693",
        ),
        (
            {
                "csl_type": "book",
                "title": "Alone",
                "issued_year": 2001,
                "status": "retracted",
            },
            "Retracted: Alone. 2001.",
        ),
    ],
)
def test_a_reference_is_printed_as_the_ama_manual_sets_it(fields, printed):
    assert entry(Reference(**fields)) == printed


class TestForm:
    def test_enters_authors_as_lines_and_shows_them_again(self, editor):
        editor.post(reverse(ADD), typed(more_authors="on"))

        reference = Reference.objects.get()
        assert reference.authors == [
            {"family": "Petrou", "given": "Panayiota"},
            {"literal": "World Health Organization"},
        ]
        html = editor.get(reverse(EDIT, args=[reference.pk])).content.decode()
        assert "Petrou, Panayiota\nWorld Health Organization" in html

    def test_says_which_line_is_wrong_and_keeps_what_was_typed(self, editor):
        lines = "Petrou, P\nKing, Martin, Jr\net al."

        html = editor.post(reverse(ADD), typed(authors=lines)).content.decode()

        assert "Line 2, “King, Martin, Jr”: it has more than one comma" in html
        assert "Line 3, “et al.”: leave it out and tick “and others”" in html
        assert lines in html
        assert not Reference.objects.exists()

    def test_keeps_what_lines_do_not_show_of_unchanged_authors(self, editor):
        king = {"family": "King", "given": "Martin", "suffix": "Jr"}
        reference = ReferenceFactory(authors=[king])

        url = reverse(EDIT, args=[reference.pk])
        editor.post(url, typed(authors="King, Martin\nPetrou, P"))

        reference.refresh_from_db()
        assert reference.authors == [king, {"family": "Petrou", "given": "P"}]

    def test_of_an_imported_name_that_nobody_could_type_can_be_saved(self, editor):
        authors = [
            {"family": "King", "given": "Martin, Jr."},
            {"literal": "Ng K; Petrou P"},
        ]
        reference = ReferenceFactory(authors=authors)
        lines = "King, Martin, Jr.\nNg K; Petrou P"

        url = reverse(EDIT, args=[reference.pk])
        editor.post(url, typed(authors=lines, status="retracted"))

        reference.refresh_from_db()
        assert (reference.authors, reference.status) == (authors, "retracted")

    @pytest.mark.parametrize("url", [ADD, "reference_chooser:create"])
    def test_is_shown_again_when_a_colleague_was_faster(self, editor, url, monkeypatch):
        stock = ReferenceForm.is_valid

        def slow(form):
            valid = stock(form)
            if valid:
                ReferenceFactory(title="Faster", doi="10.1000/a")
            return valid

        monkeypatch.setattr(ReferenceForm, "is_valid", slow)

        response = editor.post(reverse(url), typed(doi="10.1000/a"))

        assert response.status_code == 200
        assert "This DOI is in the library already" in response.content.decode()
        assert Reference.objects.get().title == "Faster"

    @pytest.mark.parametrize(
        ("field", "value"),
        [("doi", "https://doi.org/10.1093/BRAIN/awaa333"), ("pmid", "PMID: 19172693")],
    )
    def test_points_at_the_work_that_has_the_identifier(self, editor, field, value):
        stored = {"doi": "10.1093/brain/awaa333", "pmid": "19172693"}[field]
        other = ReferenceFactory(**{field: stored}, title="<b>Older</b>")

        html = editor.post(reverse(ADD), typed(**{field: value})).content.decode()

        assert "is in the library already" in html
        assert reverse(EDIT, args=[other.pk]) in html
        assert "<b>Older" not in html
        assert Reference.objects.count() == 1

    def test_a_work_may_keep_its_own_identifier(self, editor):
        reference = ReferenceFactory(doi="10.1093/brain/awaa333")

        url = reverse(EDIT, args=[reference.pk])
        response = editor.post(url, typed(doi="doi:10.1093/brain/awaa333"))

        assert response.status_code == 302


class TestList:
    def test_finds_by_author_title_doi_and_year(self, editor, indexed):
        with indexed():
            found = ReferenceFactory(title="Walking speed", doi="10.1093/brain/awaa333")
            ReferenceFactory(
                title="Other", authors=[{"family": "Liang"}], issued_year=2009
            )

        for query in ["walk", "petrou", "10.1093/brain/awaa333", "2020"]:
            html = editor.get(reverse(LIST), {"q": query}).content.decode()
            assert str(found) in html, query
            assert "Liang" not in html, query

    @pytest.mark.parametrize(
        "query",
        [{"csl_type": "book"}, {"species": "human"}, {"status": "retracted"}],
    )
    def test_filters(self, editor, query):
        found = ReferenceFactory(**query)
        other = ReferenceFactory()

        html = editor.get(reverse(LIST), query).content.decode()

        assert str(found) in html
        assert str(other) not in html

    @pytest.mark.parametrize("ordering", ["container_title", "csl_type", "-status"])
    def test_sorts_what_was_found(self, editor, indexed, ordering):
        with indexed():
            found = ReferenceFactory(title="Walking speed")

        response = editor.get(reverse(LIST), {"q": "walk", "ordering": ordering})

        assert str(found) in response.content.decode()

    def test_takes_the_same_queries_for_one_and_for_fifty(self, editor):
        counts = []
        for size in (1, 49):
            ReferenceFactory.create_batch(size)
            editor.get(reverse(LIST))
            with CaptureQueriesContext(connection) as queries:
                editor.get(reverse(LIST))
            counts.append(len(queries))

        assert counts[0] == counts[1]

    def test_says_how_often_a_reference_is_used(self, editor, index, indexed):
        reference = ReferenceFactory()
        with indexed():
            article(index, paragraph(citation(reference)))

        html = editor.get(reverse(LIST)).content.decode()

        assert "Used 1 time" in " ".join(html.split())

    @pytest.mark.parametrize(
        ("role", "status"),
        [("Editors", 200), ("SEO specialists", 302), ("Admissions officers", 302)],
    )
    def test_is_for_those_who_write(self, log_in, role, status):
        assert log_in(role).get(reverse(LIST)).status_code == status
