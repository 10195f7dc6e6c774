"""What is cited stays, in whichever way somebody would delete it."""

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.db.models import ProtectedError
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import ReferenceIndex
from wagtail.rich_text import RichText

from evidence.library.usage import places
from evidence.models import Reference
from tests.helpers.factories import ArticleIndexPageFactory, ArticlePageFactory
from tests.helpers.factories_evidence import (
    ReferenceFactory,
    article,
    citation,
    paragraph,
)

DELETE = "wagtailsnippets_evidence_reference:delete"


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


class TestDeletion:
    @pytest.fixture
    def cited(self, index, indexed):
        reference = ReferenceFactory()
        with indexed():
            article(index, paragraph(citation(reference)), title="On <i>walking</i>")
        return reference

    def refused(self, response):
        html = BeautifulSoup(response.content, "html.parser")
        return html.select_one(".messages .error").text

    def test_one_by_one_is_refused_and_says_where_it_is_cited(self, editor, cited):
        url = reverse(DELETE, args=[cited.pk])

        for response in (editor.get(url, follow=True), editor.post(url, follow=True)):
            message = self.refused(response)
            assert (
                "Petrou 2020 was not deleted: it is cited on “On <i>walking</i>”"
                in message
            )
        assert Reference.objects.filter(pk=cited.pk).exists()

    def test_in_bulk_is_refused_whole(self, editor, cited):
        other = ReferenceFactory()
        url = reverse("wagtail_bulk_action", args=["evidence", "reference", "delete"])

        response = editor.post(f"{url}?id={cited.pk}&id={other.pk}", follow=True)

        assert "Petrou 2020 was not deleted" in self.refused(response)
        assert Reference.objects.count() == 2

    @pytest.mark.parametrize(
        "delete", [Reference.delete, lambda r: type(r).objects.all().delete()]
    )
    def test_by_code_is_refused(self, cited, delete):
        with pytest.raises(ProtectedError):
            delete(cited)

    def test_is_refused_while_only_a_draft_cites_it(self, editor, index, indexed):
        reference = ReferenceFactory()
        with indexed():
            page = ArticlePageFactory(parent=index, title="Live")
            page.body = [("paragraph", RichText(f"<p>{citation(reference)}</p>"))]
            page.save_revision()
        assert not ReferenceIndex.get_references_to(reference).exists()

        response = editor.post(reverse(DELETE, args=[reference.pk]), follow=True)

        assert "cited on “Live” (draft)" in self.refused(response)
        with pytest.raises(ProtectedError):
            reference.delete()

    def test_is_refused_while_a_block_has_chosen_it(self, index, indexed):
        reference = ReferenceFactory()
        fact = {
            "figure": "48",
            "text": "<p>x</p>",
            "reference": reference.pk,
            "locator": "",
        }
        with indexed():
            article(index, ("key_fact", fact), title="Fact")

        assert [str(place) for place in places([reference])[reference]] == ["“Fact”"]

    def test_is_allowed_when_nothing_cites_it_any_more(self, editor, index, indexed):
        reference = ReferenceFactory()
        with indexed():
            page = article(index, paragraph(citation(reference)))
            page.body = []
            page.save_revision().publish()

        editor.post(reverse(DELETE, args=[reference.pk]))

        assert not Reference.objects.exists()

    def test_names_a_few_of_many_places(self, editor, index, indexed):
        reference = ReferenceFactory()
        with indexed():
            for number in range(7):
                article(index, paragraph(citation(reference)), title=f"Page {number}")

        response = editor.get(reverse(DELETE, args=[reference.pk]), follow=True)

        assert "“Page 4” and 2 more." in self.refused(response)

    def test_is_asked_of_many_drafts_as_cheaply_as_of_one(self, index):
        # No number that stands in a page by chance.
        reference, other = ReferenceFactory(pk=987_654), ReferenceFactory(pk=876_543)
        page = article(index, paragraph(citation(reference)), live=False)
        page.save_revision()
        counts = []
        for _ in range(2):
            with CaptureQueriesContext(connection) as queries:
                assert len(places([reference])[reference]) == 1
            counts.append(len(queries))
            for _ in range(3):
                page = article(index, paragraph(citation(other)), live=False)
                page.save_revision()

        assert counts[0] == counts[1]
