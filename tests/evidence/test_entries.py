"""Entries kept ready on records, in the style of the site, and what stands beneath."""

import json
from io import StringIO

import pytest
from bs4 import BeautifulSoup
from django.core import serializers
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import escape
from wagtail.models import Site

from evidence.bibliography import entries, study_note, styles
from evidence.formats import detect
from evidence.importing.carrying_out import carry_out
from evidence.importing.plan import plan
from evidence.library.merging import merge
from evidence.models import Reference
from evidence.site_settings import ReferenceListSettings
from evidence.vocabulary import Style
from home.roles import MODERATORS
from tests.helpers.factories import ArticleIndexPageFactory, HomePageFactory
from tests.helpers.factories_evidence import (
    ReferenceFactory,
    article,
    citation,
    paragraph,
)


@pytest.fixture
def index(home):
    return ArticleIndexPageFactory(parent=home)


@pytest.fixture
def nothing_is_made(monkeypatch):
    """Have a test fail where an entry is made."""

    def make(reference, style):
        raise AssertionError(f"The entry of {reference} in {style} was not ready.")

    def forbid():
        monkeypatch.setattr(styles, "entry", make)

    return forbid


def ready(reference):
    """Return the styles that are kept on the record as it is stored."""
    return set(entries._kept(Reference.objects.get(pk=reference.pk))) - {"of"}


def listed(client, page):
    soup = BeautifulSoup(client.get(page.url).content, "html.parser")
    return soup.select(".references__item")


class TestReady:
    @pytest.mark.django_db
    def test_when_a_reference_is_saved(self, nothing_is_made):
        reference = ReferenceFactory()
        nothing_is_made()

        kept = Reference.objects.get(pk=reference.pk)

        assert ready(kept) == set(Style.values)
        assert reference.title in entries.entry(kept, "ama")
        assert "(2020)" in entries.entry(kept, "apa")

    @pytest.mark.django_db
    def test_when_it_is_saved_again_with_nothing_new_it_costs_nothing(
        self, nothing_is_made
    ):
        reference = ReferenceFactory()
        nothing_is_made()

        reference.status = "retracted"
        reference.save()

        assert ready(reference) == set(Style.values)

    @pytest.mark.django_db
    def test_when_many_were_imported_in_the_styles_that_sites_use(
        self, home, django_capture_on_commit_callbacks
    ):
        ReferenceListSettings.objects.create(
            site=Site.objects.get(is_default_site=True), style="nlm"
        )
        file = json.dumps([{"type": "book", "title": f"W {n}"} for n in range(3)])

        with django_capture_on_commit_callbacks(execute=True):
            list(carry_out(plan(detect.read(file.encode()).records)))

        used = {"ama", "nlm"}
        assert [ready(found) for found in Reference.objects.all()] == [used] * 3

    @pytest.mark.django_db
    def test_when_an_import_has_filled_in_what_was_blank(
        self, django_capture_on_commit_callbacks
    ):
        reference = ReferenceFactory(title="Walking", volume="")
        item = {"type": "article-journal", "title": "Walking", "volume": "143"}
        item["issued"] = {"date-parts": [[2020]]}

        with django_capture_on_commit_callbacks(execute=True):
            list(carry_out(plan(detect.read(json.dumps([item]).encode()).records)))

        reference.refresh_from_db()
        assert ready(reference) == {"ama"}
        assert "2020;143." in entries.entry(reference, "ama")

    @pytest.mark.django_db
    def test_when_two_are_merged(self):
        kept = ReferenceFactory(title="Walking", volume="")
        other = ReferenceFactory(title="Walking.", volume="143")

        merge(kept, [other], None)

        assert "2020;143." in entries.entry(kept, "ama")
        assert ready(kept) == set(Style.values)

    @pytest.mark.django_db
    def test_when_a_fixture_from_before_is_loaded(self):
        text = serializers.serialize("json", [ReferenceFactory()])
        stored = json.loads(text)
        del stored[0]["fields"]["entries"]
        Reference.objects.all().delete()

        for loaded in serializers.deserialize("json", json.dumps(stored)):
            loaded.save()

        assert ready(Reference.objects.get()) == set(Style.values)


class TestOutOfDate:
    @pytest.mark.django_db
    @pytest.mark.parametrize(
        "change",
        [
            {"entries": None},
            {"entries": {}},
            {"entries": {"of": "", "ama": "Old"}},
            {"title": "A new title"},
            {"more_authors": True},
        ],
    )
    def test_entries_are_made_anew_whatever_changed_the_record(self, change):
        reference = ReferenceFactory()
        Reference.objects.filter(pk=reference.pk).update(**change)

        stored = Reference.objects.get(pk=reference.pk)

        assert ready(stored) == set()
        assert stored.title in entries.entry(stored, "ama")

    def test_entries_are_made_anew_when_styles_or_code_have_changed(
        self, client, index, monkeypatch
    ):
        reference = ReferenceFactory()
        page = article(index, paragraph(citation(reference)))
        monkeypatch.setattr(entries, "_made_by", lambda: "another release")

        assert ready(reference) == set()
        assert reference.title in listed(client, page)[0].text

    @pytest.mark.django_db
    def test_a_command_makes_them_and_says_how_far_it_is(self, monkeypatch):
        references = ReferenceFactory.create_batch(5)
        Reference.objects.update(entries=None)
        monkeypatch.setattr(entries, "_CHUNK", 2)
        said, progress = StringIO(), StringIO()

        call_command("render_references", stdout=said, stderr=progress)

        assert all(ready(one) == set(Style.values) for one in references)
        assert progress.getvalue().split("\r") == ["2 of 5", "4 of 5", "5 of 5", ""]
        assert said.getvalue() == "5 references are ready.\n"


class TestSite:
    def test_prints_its_lists_in_the_style_chosen_for_it(
        self, client, index, nothing_is_made
    ):
        reference = ReferenceFactory(volume="143")
        page = article(index, paragraph(citation(reference)))
        site = Site.objects.get(is_default_site=True)
        nothing_is_made()
        assert "Petrou P. " in listed(client, page)[0].text

        ReferenceListSettings.objects.create(site=site, style="apa")

        assert "Petrou, P. (2020). " in listed(client, page)[0].text

    def test_does_not_print_another_sites_style(self, client, index):
        page = article(index, paragraph(citation(ReferenceFactory())))
        other = Site.objects.create(
            hostname="other.example", root_page=HomePageFactory(parent=None)
        )
        ReferenceListSettings.objects.create(site=other, style="apa")

        assert "Petrou P. " in listed(client, page)[0].text

    def test_prints_a_preview_in_the_same_style(self, index):
        page = article(index, paragraph(citation(ReferenceFactory())))
        site = Site.objects.get(is_default_site=True)
        ReferenceListSettings.objects.create(site=site, style="apa")

        html = page.make_preview_request().rendered_content

        assert "Petrou, P. (2020). " in html

    def test_asks_no_more_for_it(self, client, index):
        page = article(index, paragraph(citation(ReferenceFactory())))
        client.get(page.url)

        with CaptureQueriesContext(connection) as before:
            client.get(page.url)
        ReferenceListSettings.objects.create(
            site=Site.objects.get(is_default_site=True), style="apa"
        )
        with CaptureQueriesContext(connection) as after:
            client.get(page.url)

        assert len(before) == len(after)
        about = [q["sql"] for q in after if "referencelistsettings" in q["sql"]]
        assert len(about) == 1  # once per generation

    def test_a_style_that_is_gone_is_the_default(self, client, index):
        page = article(index, paragraph(citation(ReferenceFactory())))
        site = Site.objects.get(is_default_site=True)
        ReferenceListSettings.objects.create(site=site, style="harvard")

        assert "Petrou P. " in listed(client, page)[0].text

    def test_has_its_style_chosen_by_a_moderator(self, log_in, home):
        site = Site.objects.get(is_default_site=True)
        url = reverse(
            "wagtailsettings:edit", args=["evidence", "referencelistsettings", site.pk]
        )

        response = log_in(MODERATORS).post(url, {"style": "nlm"})

        assert response.status_code == 302
        assert ReferenceListSettings.objects.get(site=site).style == "nlm"


STUDIED = [
    ({}, []),
    ({"study_design": "randomised-trial"}, ["Randomised trial"]),
    ({"study_design": "cohort", "species": "human"}, ["Cohort study in people"]),
    (
        {"study_design": "systematic-review", "species": "animal"},
        ["Systematic review or meta-analysis of studies in animals"],
    ),
    ({"study_design": "guideline", "species": "human"}, ["Guideline for people"]),
    (
        {"study_design": "laboratory", "species": "laboratory"},
        ["Laboratory study in cells or tissue"],
    ),
    ({"species": "animal"}, ["Studied in animals"]),
    ({"species": "human", "population": "people"}, ["People"]),
    ({"species": "animal", "population": "mice"}, ["Studied in animals", "Mice"]),
    (
        {"sample_size": 48, "population": "Adults with progressive disease."},
        ["48 adults with progressive disease"],
    ),
    (
        {"sample_size": 12500, "species": "human"},
        ["Studied in people", "12,500 people"],
    ),
    ({"sample_size": 1, "species": "human"}, ["Studied in people", "1 person"]),
    ({"sample_size": 0}, ["0 took part"]),
    ({"sample_size": 7}, ["7 took part"]),
    ({"sample_size": 9, "population": "MS patients"}, ["9 MS patients"]),
    ({"sample_size": 48, "population": "48 adults"}, ["48 adults"]),
    ({"sample_size": 1, "population": "one person"}, ["One person"]),
    ({"population": "adults who walk"}, ["Adults who walk"]),
    ({"funding": "the Example Foundation."}, ["Paid for by the Example Foundation"]),
    ({"funding": "None reported"}, ["Funding: None reported"]),
    ({"funding": "Supported by a grant"}, ["Funding: Supported by a grant"]),
    ({"funding": "Norwegian Council"}, ["Paid for by Norwegian Council"]),
]


class TestWhatWasStudied:
    @pytest.mark.parametrize(("fields", "said"), STUDIED)
    def test_is_said_as_far_as_it_is_known(self, fields, said):
        assert study_note.sentences(Reference(title="T", **fields)) == said

    def test_stands_beneath_the_entry_escaped_once(self, client, index):
        evil = "<script>alert(1)</script> & co"
        reference = ReferenceFactory(
            study_design="randomised-trial",
            species="human",
            sample_size=48,
            population=evil,
            funding=evil,
        )
        page = article(index, paragraph(citation(reference)))

        html = client.get(page.url).content.decode()

        [text] = BeautifulSoup(html, "html.parser").select(".references__study")
        assert text.text == (
            f"Randomised trial in people · 48 {evil} · Paid for by {evil}"
        )
        assert "<script>alert" not in html
        assert escape(evil) in html

    def test_has_no_place_where_nothing_is_known(self, client, index):
        page = article(index, paragraph(citation(ReferenceFactory())))

        [item] = listed(client, page)

        assert item.select(".references__study") == []
        assert "None" not in item.text

    def test_stands_after_a_warning_that_readers_must_see_first(self, client, index):
        reference = ReferenceFactory(species="animal")
        page = article(index, paragraph(citation(reference)))
        Reference.objects.update(status="retracted")

        [item] = listed(client, page)

        first, second = item.select(".references__text p")
        assert first.text.strip().startswith("Retracted: Petrou P.")
        assert second.text == "Studied in animals"


class TestBibtex:
    @pytest.fixture
    def reference(self):
        return ReferenceFactory(title="Walking & talking")

    @pytest.fixture
    def page(self, index, reference):
        return article(index, paragraph(citation(reference)))

    def test_is_linked_from_its_entry_and_handed_out_to_anybody(
        self, client, page, reference
    ):
        [item] = listed(client, page)
        link = item.select_one("a.references__bibtex")

        response = Client().get(link["href"])

        assert link["href"] == f"/references/{reference.pk}.bib"
        assert link["aria-label"] == "BibTeX of reference 1"
        assert link.has_attr("download")
        assert response.status_code == 200
        assert response.content.decode().startswith("@article{petrou-2020-")
        assert "Walking \\& talking" in response.content.decode()

    def test_may_be_kept_by_caches_for_a_minute_and_sets_no_cookie(
        self, client, page, reference
    ):
        response = client.get(f"/references/{reference.pk}.bib")

        assert response.headers["Cache-Control"] == "public, max-age=60"
        assert response.headers["Content-Type"].startswith("application/x-bibtex")
        assert "attachment" in response.headers["Content-Disposition"]
        assert response.headers["X-Robots-Tag"] == "noindex"
        assert "Cookie" not in response.headers.get("Vary", "")
        assert response.cookies == {}

    def test_is_not_there_unless_something_cites_it(self, client, home):
        assert client.get(f"/references/{ReferenceFactory().pk}.bib").status_code == 404
        assert client.get("/references/987654.bib").status_code == 404
        assert client.get("/references/99999999999999999999.bib").status_code == 404

    def test_is_not_there_while_only_a_draft_cites_it(self, client, index, reference):
        article(index, paragraph(citation(reference)), live=False)
        live = article(index, ("paragraph", "<p>Plain.</p>"))
        live.body = [("paragraph", f"<p>{citation(reference)}</p>")]
        live.save_revision()

        assert client.get(f"/references/{reference.pk}.bib").status_code == 404

    def test_is_gone_with_the_page(self, client, page, reference):
        page.unpublish()

        assert client.get(f"/references/{reference.pk}.bib").status_code == 404

    def test_is_not_there_for_pages_that_ask_for_a_password(
        self, client, page, reference
    ):
        page.get_parent().view_restrictions.create(
            restriction_type="password", password="x"
        )

        assert client.get(f"/references/{reference.pk}.bib").status_code == 404

    def test_of_a_merged_work_leads_to_the_one_kept(self, client, page, reference):
        kept = ReferenceFactory(title="Walking & talking")
        merge(kept, [reference], None)

        old = client.get(f"/references/{reference.pk}.bib")
        [item] = listed(client, page)

        assert old.status_code == 302
        assert old.url == f"/references/{kept.pk}.bib"
        assert client.get(old.url).status_code == 200
        assert item.select_one(".references__bibtex")["href"] == old.url

    def test_is_only_read(self, client, page, reference):
        assert client.post(f"/references/{reference.pk}.bib").status_code == 405

    def test_costs_the_same_for_one_page_as_for_ten(
        self, client, index, page, reference, django_assert_max_num_queries
    ):
        for _ in range(9):
            article(index, paragraph(citation(reference)))

        with django_assert_max_num_queries(6):
            response = client.get(f"/references/{reference.pk}.bib")

        assert response.status_code == 200
