"""One record made of several, and what becomes of the texts that cite them."""

from contextlib import suppress

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.urls import reverse

from evidence.admin.bulk_merge import MOST
from evidence.library.merging import duplicates, merge, of_titles
from evidence.library.title_keys import comparable
from evidence.library.usage import places
from evidence.models import Reference
from evidence.vocabulary import Status
from tests.helpers.at_once import at_once
from tests.helpers.factories import ArticleIndexPageFactory
from tests.helpers.factories_evidence import (
    ReferenceFactory,
    article,
    citation,
    paragraph,
)

BULK = "wagtail_bulk_action"


@pytest.fixture
def index(home):
    return ArticleIndexPageFactory(parent=home)


@pytest.fixture
def kept(db):
    return ReferenceFactory(title="Walking in MS", doi="10.1000/kept")


@pytest.fixture
def other(db):
    return ReferenceFactory(title="Walking in M.S.", pmid="123", sample_size=48)


def list_of(response):
    html = BeautifulSoup(response.content, "html.parser")
    return [item.text for item in html.select(".references__text")]


class TestMerging:
    def test_a_text_that_cites_either_is_read_with_the_one_that_stays(
        self, client, index, kept, other
    ):
        third = ReferenceFactory(title="Another work")
        cites = paragraph(citation(other), citation(third), citation(kept))
        quotes = ("block_quotation", {"text": "<p>So.</p>", "reference": other.pk})
        page = article(index, cites, quotes)

        merge(kept, [other], None)

        response = client.get(page.url)
        entries = list_of(response)
        assert len(entries) == 2
        assert "Walking in MS." in entries[0]
        assert "10.1000/kept" in entries[0]
        html = BeautifulSoup(response.content, "html.parser")
        numbers = [mark.text for mark in html.select(".citation")]
        assert numbers == ["[1]", "[2]", "[1]", "[1]"]

    def test_an_older_version_keeps_its_citations(self, index, kept, other):
        page = article(index, paragraph(citation(other)))
        revision = page.save_revision()

        merge(kept, [other], None)

        html = str(revision.as_object().body[0].value)
        found = Reference.objects.in_bulk([other.pk])
        assert f"cite {other.pk} " in html
        assert found[other.pk] == kept

    def test_the_editor_shows_the_label_of_the_one_that_stays(
        self, log_in, index, kept, other
    ):
        kept.authors = [{"family": "Kept", "given": "A"}]
        kept.save()
        page = article(index, paragraph(citation(other, "p. 4")))

        merge(kept, [other], None)

        url = reverse("wagtailadmin_pages:edit", args=[page.pk])
        assert "[Kept 2020, p. 4]" in log_in("Editors").get(url).content.decode()

    def test_what_one_lacks_is_filled_in_and_what_it_says_stays(self, kept, other):
        kept.sample_size = 50
        kept.save()
        other.funding = "A charity"
        other.status = Status.RETRACTED
        other.save()

        merge(kept, [other], None)

        kept.refresh_from_db()
        assert (kept.doi, kept.pmid) == ("10.1000/kept", "123")
        assert kept.sample_size == 50
        assert kept.funding == "A charity"
        assert kept.status == Status.RETRACTED
        assert kept.title == "Walking in MS"

    @pytest.mark.parametrize(
        ("kept", "other", "merged"),
        [
            pytest.param(
                {"issued_year": 2019},
                {"issued_year": 2020, "issued_month": 5},
                {"issued_year": 2019, "issued_month": None},
                id="no month of another year",
            ),
            pytest.param(
                {"issued_year": None},
                {"issued_year": 2020, "issued_month": 5},
                {"issued_year": 2020, "issued_month": 5},
                id="a date as a whole",
            ),
            pytest.param(
                {"authors": [{"family": "Petrou"}, {"family": "Ng"}]},
                {"authors": [{"family": "Petrou"}], "more_authors": True},
                {"more_authors": False},
                id="no et al. beside all authors",
            ),
            pytest.param(
                {"authors": []},
                {"authors": [{"family": "Petrou"}], "more_authors": True},
                {"authors": [{"family": "Petrou"}], "more_authors": True},
                id="et al. with its authors",
            ),
            pytest.param(
                {"title": "To be completed: 10.1000/a"},
                {"title": "Walking", "csl_type": "book"},
                {"title": "Walking", "csl_type": "book"},
                id="the title of what was only a number",
            ),
        ],
    )
    def test_what_belongs_together_is_taken_together(self, db, kept, other, merged):
        kept = ReferenceFactory(**kept)

        merge(kept, [ReferenceFactory(**other)], None)

        kept.refresh_from_db()
        assert {name: getattr(kept, name) for name in merged} == merged

    def test_twice_in_a_row_leads_to_the_last(self, kept, other):
        first = ReferenceFactory()
        merge(other, [first], None)
        merge(kept, [other], None)

        assert Reference.objects.in_bulk([first.pk]) == {first.pk: kept}
        assert list(Reference.objects.unmerged()) == [kept]

    def test_with_itself_or_with_one_that_is_gone_is_refused(self, kept, other):
        with pytest.raises(ValidationError):
            merge(kept, [kept], None)
        merge(kept, [other], None)
        other.refresh_from_db()
        with pytest.raises(ValidationError):
            merge(kept, [other], None)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("round_", range(5))
def test_those_who_merge_at_once_leave_one_record(home, round_):
    """None makes a signpost that leads to a signpost, or waits for one who waits."""
    first, second, third = ReferenceFactory.create_batch(3, title="Walking")

    def one_of(kept, other):
        with suppress(ValidationError):
            merge(kept, [other], None)

    at_once(
        lambda: one_of(first, second),
        lambda: one_of(second, third),
        lambda: one_of(third, first),
    )

    everyone = Reference.objects.all()
    standing = {one.pk for one in everyone if not one.merged_into_id}
    assert standing
    assert {one.merged_into_id for one in everyone} <= {None, *standing}


class TestLibrary:
    @pytest.fixture
    def cited(self, index, kept, other, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks(execute=True):
            article(index, paragraph(citation(other)), title="Published words")
            draft = article(index, title="Drafted words", live=False)
        draft.body = [("paragraph", f"<p>{citation(kept)}</p>")]
        draft.save_revision()
        merge(kept, [other], None)

    def test_offers_and_finds_only_the_one_that_stays(self, log_in, cited, kept):
        editor = log_in("Editors")
        for name in (
            "wagtailsnippets_evidence_reference:list",
            "reference_chooser:choose",
        ):
            html = editor.get(reverse(name)).content.decode()
            assert "Walking in MS" in html
            assert "Walking in M.S." not in html

    def test_names_everything_that_cites_either_drafts_too(self, log_in, cited, kept):
        assert {str(place) for place in places([kept])[kept]} == {
            "“Published words”",
            "“Drafted words” (draft)",
        }
        url = reverse("wagtailsnippets_evidence_reference:usage", args=[kept.pk])
        html = BeautifulSoup(log_in("Editors").get(url).content, "html.parser")
        rows = [row.text for row in html.select(".listing tbody tr")]
        assert len(rows) == 2
        assert "Published words" in rows[0]
        assert "What readers see" in rows[0]
        assert "A draft" in rows[1]

    def test_leads_from_the_form_of_the_other_to_the_one_that_stays(
        self, log_in, cited, kept, other
    ):
        edit = "wagtailsnippets_evidence_reference:edit"
        form = {"csl_type": "book", "status": "current", "title": "Changed"}

        page = log_in("Editors").post(reverse(edit, args=[other.pk]), form, follow=True)

        assert page.redirect_chain == [(reverse(edit, args=[kept.pk]), 302)]
        assert "was merged into this one" in page.content.decode()
        other.refresh_from_db()
        assert other.title == "Walking in M.S."

    def test_keeps_the_one_that_stays_while_the_other_is_cited(
        self, log_in, cited, kept
    ):
        url = reverse("wagtailsnippets_evidence_reference:delete", args=[kept.pk])
        log_in("Editors").post(url)

        assert Reference.objects.filter(pk=kept.pk).exists()


class TestDuplicates:
    def test_are_works_of_one_title_in_any_spelling(self, kept, other):
        ReferenceFactory(title="Rowing in MS")

        assert of_titles(duplicates()) == [[kept, other]]

    @pytest.mark.parametrize(
        ("one", "two"),
        [
            ({"issued_year": 2019}, {"issued_year": 2020}),
            ({"doi": "10.1000/one"}, {"doi": "10.1000/two"}),
            ({"pmid": "1"}, {"pmid": "2"}),
        ],
    )
    def test_are_not_works_that_differ_in_year_or_identifier(self, db, one, two):
        ReferenceFactory(title="Erratum", **one)
        ReferenceFactory(title="Erratum", **two)

        assert not duplicates()

    def test_are_listed_with_a_way_to_merge_them(self, log_in, kept, other):
        editor = log_in("Editors")
        listed = reverse("wagtailsnippets_evidence_reference:list")
        assert reverse("reference_duplicates") in editor.get(listed).content.decode()

        page = editor.get(reverse("reference_duplicates"))
        html = BeautifulSoup(page.content, "html.parser")
        link = html.find("a", string="Merge these")
        form = editor.get(link["href"])
        assert form.content.count(b'type="radio"') == 2

        editor.post(link["href"], {"kept": kept.pk}, follow=True)

        assert list(Reference.objects.unmerged()) == [kept]

    def test_cost_the_same_whatever_their_number(self, db, django_assert_num_queries):
        for number in range(20):
            ReferenceFactory(title=f"Twin {number % 10}")

        with django_assert_num_queries(2):
            assert len(of_titles(duplicates())) == 10

    def test_are_nobodys_who_may_not_change_references(self, log_in, db):
        response = log_in("Admissions officers").get(reverse("reference_duplicates"))

        assert response.status_code in {302, 403}


class TestBulkAction:
    def url(self, *references):
        ids = "&".join(f"id={reference.pk}" for reference in references)
        return reverse(BULK, args=["evidence", "reference", "merge"]) + f"?{ids}"

    def test_asks_which_to_keep(self, log_in, kept, other):
        response = log_in("Editors").post(self.url(kept, other), {})

        assert "Choose the record to keep." in response.content.decode()
        assert Reference.objects.unmerged().count() == 2

    def test_of_two_works_by_their_numbers_is_refused(self, log_in, kept):
        other = ReferenceFactory(doi="10.1000/other")

        response = log_in("Editors").post(self.url(kept, other), {"kept": kept.pk})

        assert "10.1000/kept and 10.1000/other" in response.content.decode()
        assert Reference.objects.unmerged().count() == 2

    def test_of_one_alone_does_nothing(self, log_in, kept):
        editor = log_in("Editors")
        assert "Tick two references" in editor.get(self.url(kept)).content.decode()
        editor.post(self.url(kept), {"kept": kept.pk})

        assert Reference.objects.unmerged().count() == 1

    def test_of_more_than_a_page_is_refused_unread(self, log_in, db):
        ReferenceFactory.create_batch(MOST + 20, title="Twin", issued_year=None)
        editor = log_in("Editors")
        url = reverse(BULK, args=["evidence", "reference", "merge"]) + "?id=all"

        assert f"{MOST} at most" in editor.get(url).content.decode()
        editor.post(url, {"kept": Reference.objects.first().pk})

        assert Reference.objects.unmerged().count() == MOST + 20

    def test_of_what_is_no_reference_is_not_found(self, log_in, db):
        url = reverse(BULK, args=["evidence", "reference", "merge"]) + "?id=x&id=9"

        assert log_in("Editors").get(url).status_code == 404

    def test_that_comes_too_late_says_so(self, log_in, kept, other, monkeypatch):
        def late(*args):
            raise ValidationError("One of these has been merged already.")

        monkeypatch.setattr("evidence.admin.bulk_merge.merge", late)

        listed = reverse("wagtailsnippets_evidence_reference:list")
        url = f"{self.url(kept, other)}&next={listed}"
        response = log_in("Editors").post(url, {"kept": kept.pk}, follow=True)

        assert "One of these has been merged already." in response.content.decode()
        assert "are one now" not in response.content.decode()

    def test_is_remembered_in_the_history(self, log_in, kept, other):
        editor = log_in("Editors")
        editor.post(self.url(kept, other), {"kept": kept.pk})

        url = reverse("wagtailsnippets_evidence_reference:history", args=[kept.pk])
        assert "Merged with" in editor.get(url).content.decode()


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Walking in MS", "walking  in M.S."),
        ("Café-au-lait spots", "CAFE AU LAIT SPOTS"),
        ("Stem cells: a review.", "Stem cells — a review"),
    ],
)
def test_titles_are_compared_without_case_accents_and_punctuation(one, two):
    assert comparable(one) == comparable(two)


def test_a_title_without_letters_is_itself():
    assert comparable("???") == "???"
    assert comparable("???") != comparable("!!!")
