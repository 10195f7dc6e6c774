"""Changing records that published pages print: who may, and what is asked first."""

import json

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from wagtail.models import ModelLogEntry, ReferenceIndex, Site
from wagtail.test.utils.form_data import rich_text

from core.models.site_settings import DisclaimerSettings
from core.records.changing import excerpts
from evidence.models import Reference
from tests.helpers.factories import (
    ArticleIndexPageFactory,
)
from tests.helpers.factories_evidence import (
    ReferenceFactory,
    article,
    citation,
    paragraph,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("commits")]

EDIT = "wagtailsnippets_evidence_reference:edit"
MERGE = ["evidence", "reference", "merge"]
CHANGED = "core.printed_record.changed"


def typed(**fields):
    return {
        "csl_type": "article-journal",
        "status": "current",
        "title": "Walking in MS",
        "authors": "Petrou, Panayiota",
        "container_title": "Brain",
        "issued_year": "2020",
        **fields,
    }


def agree(client, url, data):
    """Post a form, look at what is asked, and press the button that agrees."""
    question = BeautifulSoup(client.post(url, data).content, "html.parser")
    form = question.select_one("main form")
    assert form, question.text
    posted = {each["name"]: each["value"] for each in form.select("input")}
    button = form.select_one('button[name="agreed_to_pages"]')
    again = {**posted, button["name"]: button["value"]}
    return question.select_one("main").text, client.post(url, again)


@pytest.fixture
def index(home):
    return ArticleIndexPageFactory(parent=home)


@pytest.fixture
def reference(db):
    return ReferenceFactory(title="Walking in MS")


def cite(index, reference, **fields):
    page = article(index, paragraph(citation(reference)), **fields)
    ReferenceIndex.create_or_update_for_object(page)
    return page


@pytest.fixture
def page(index, reference):
    return cite(index, reference, title="How to walk")


@pytest.fixture
def url(reference):
    return reverse(EDIT, args=[reference.pk])


def title_of(reference):
    return Reference.objects.get(pk=reference.pk).title


class TestAnEditor:
    def test_is_told_whom_to_ask_and_keeps_what_was_typed(
        self, log_in, page, url, reference
    ):
        response = log_in("Editors").post(url, typed(title="Running in MS"))

        html = response.content.decode()
        assert "Ask a moderator" in html
        assert "Running in MS" in html
        assert title_of(reference) == "Walking in MS"

    def test_is_told_so_before_they_type(self, log_in, page, url):
        html = log_in("Editors").get(url).content.decode()

        assert "only moderators change it" in html
        assert "retracted you can say at once" in html

    def test_changes_what_no_page_prints(self, log_in, url, reference):
        log_in("Editors").post(url, typed(title="Running in MS"))

        assert title_of(reference) == "Running in MS"

    def test_changes_what_only_a_draft_prints(self, log_in, index, url, reference):
        cite(index, reference, live=False)

        log_in("Editors").post(url, typed(title="Running in MS"))

        assert title_of(reference) == "Running in MS"

    def test_is_not_refused_who_changes_nothing(self, log_in, page, url):
        assert log_in("Editors").post(url, typed()).status_code == 302

    def test_tells_readers_of_a_retraction_at_once(self, log_in, page, url, reference):
        client = log_in("Editors")

        assert client.post(url, typed(status="retracted")).status_code == 302

        reference.refresh_from_db()
        assert reference.status == "retracted"
        entry = ModelLogEntry.objects.get(action=CHANGED)
        assert entry.data["changed"] == {"status": ["current", "retracted"]}
        # That it was none after all is another matter.
        assert "Ask a moderator" in client.post(url, typed()).content.decode()

    def test_cannot_agree_in_a_forged_form(self, log_in, page, url, reference):
        data = typed(title="Running in MS", agreed_to_pages="x")

        log_in("Editors").post(url, data)

        assert title_of(reference) == "Walking in MS"

    def test_cannot_change_it_by_an_import(self, log_in, page, reference):
        client = log_in("Editors")
        Reference.objects.filter(pk=reference.pk).update(doi="10.1000/a")
        text = "@article{a, title={Walking}, volume={7}, doi={10.1000/a}}"
        preview = client.post(reverse("reference_import"), {"text": text})["Location"]

        assert "Ask a moderator" in client.get(preview).content.decode()
        done = client.post(preview, {"confirm": "1", "take": "0", "overwrite": "0"})
        b"".join(done.streaming_content)
        reference.refresh_from_db()
        assert (reference.volume, reference.title) == ("", "Walking in MS")

    def test_cannot_change_it_by_merging(self, log_in, page, reference):
        other = ReferenceFactory(title="Walking in MS", sample_size=48)
        merging = reverse(
            "wagtail_bulk_action", args=["evidence", "reference", "merge"]
        )
        ids = f"?id={reference.pk}&id={other.pk}"

        log_in("Editors").post(f"{merging}{ids}", {"kept": reference.pk})

        reference.refresh_from_db()
        assert reference.sample_size is None
        assert Reference.objects.get(pk=other.pk).merged_into is None


class TestAModerator:
    def test_sees_the_pages_before_anything_is_saved(
        self, log_in, page, url, reference
    ):
        client = log_in("Moderators")
        response = client.post(url, typed(title="Running in MS"))

        html = response.content.decode()
        assert "How to walk" in html
        assert "1 published page prints this record" in html
        assert title_of(reference) == "Walking in MS"

    def test_saves_what_was_typed_once_they_agree(self, log_in, page, url, reference):
        said, response = agree(log_in("Moderators"), url, typed(title="Running in MS"))

        assert "How to walk" in said
        assert response.status_code == 302
        reference.refresh_from_db()
        assert reference.title == "Running in MS"
        assert reference.authors == [{"family": "Petrou", "given": "Panayiota"}]

    def test_goes_back_to_what_was_typed(self, log_in, page, url, reference):
        data = typed(title="Running in MS", back_to_form="1")

        html = log_in("Moderators").post(url, data).content.decode()

        assert 'value="Running in MS"' in html or ">\nRunning in MS" in html
        assert title_of(reference) == "Walking in MS"

    def test_is_asked_again_when_another_page_has_come_to_print_it(
        self, log_in, page, url, reference, index
    ):
        client = log_in("Moderators")
        first = BeautifulSoup(
            client.post(url, typed(title="Running")).content, "html.parser"
        )
        agreed = first.select_one('button[name="agreed_to_pages"]')["value"]
        cite(index, reference, title="How to rest")

        data = typed(title="Running", agreed_to_pages=agreed)
        again = client.post(url, data).content.decode()

        assert "How to rest" in again
        assert title_of(reference) == "Walking in MS"

    def test_leaves_before_and_after_in_the_history(self, log_in, page, url, reference):
        client = log_in("Moderators")
        agree(client, url, typed(title="Running in MS"))

        entry = ModelLogEntry.objects.get(action=CHANGED)
        assert entry.user == client.user
        assert entry.data["pages"] == [page.pk]
        assert entry.data["changed"]["title"] == ["Walking in MS", "Running in MS"]
        history = reverse(
            "wagtailsnippets_evidence_reference:history", args=[reference.pk]
        )
        assert "“Walking in MS” became “Running in MS”" in (
            client.get(history).content.decode()
        )

    def test_sees_in_an_import_which_pages_it_changes(self, log_in, page, reference):
        client = log_in("Moderators")
        Reference.objects.filter(pk=reference.pk).update(doi="10.1000/a")
        text = "@article{a, title={Walking}, volume={7}, doi={10.1000/a}}"
        preview = client.post(reverse("reference_import"), {"text": text})["Location"]

        assert "How to walk" in client.get(preview).content.decode()
        b"".join(client.post(preview, {"confirm": "1"}).streaming_content)
        entry = ModelLogEntry.objects.get(action=CHANGED)
        assert entry.data["changed"] == {"volume": ["", "7"]}

    def test_sees_in_a_merge_which_pages_it_changes(self, log_in, page, reference):
        other = ReferenceFactory(title="Walking in MS", sample_size=48)
        merging = reverse(
            "wagtail_bulk_action", args=["evidence", "reference", "merge"]
        )
        ids = f"?id={reference.pk}&id={other.pk}"
        client = log_in("Moderators")

        assert "How to walk" in client.get(f"{merging}{ids}").content.decode()
        client.post(f"{merging}{ids}", {"kept": reference.pk})
        entry = ModelLogEntry.objects.get(action=CHANGED)
        assert entry.data["changed"] == {"sample_size": ["", "48"]}


def test_a_change_far_into_a_long_text_is_shown_and_kept(log_in, page, url, reference):
    names = [f"Author{number}, Ada" for number in range(60)]
    client = log_in("Moderators")
    agree(client, url, typed(authors="\n".join(names)))

    said, _response = agree(
        client, url, typed(authors="\n".join([*names[:-1], "Quill, Rosalind"]))
    )

    assert "Quill" in said
    entry = ModelLogEntry.objects.filter(action=CHANGED).latest("pk")
    assert "Quill" in entry.data["changed"]["authors"][1]


def test_an_excerpt_shows_where_a_link_leads_if_nothing_else_differs():
    assert excerpts("<b>a</b>", "<i>b</i>") == ("a", "b")
    assert excerpts('<a href="/x/">a</a>', '<a href="/y/">a</a>')[1].count("/y/") == 1
    before, after = excerpts("a" * 900 + "b", "a" * 900 + "c")
    assert (before[-2:], after[-2:], after[0]) == ("ab", "ac", "…")


def test_a_disclaimer_is_asked_about_and_logged(log_in, home):
    site = Site.objects.get(is_default_site=True)
    url = reverse("wagtailsettings:edit", args=["core", "disclaimersettings", site.pk])
    features = ["bold", "italic", "link"]
    data = {
        name: rich_text(f"<p>{words}</p>", features=features)
        for name, words in (
            ("general", "No advice."),
            ("articles", ""),
            ("testimonials", ""),
        )
    }

    said, response = agree(log_in("Moderators"), url, data)

    assert response.status_code == 302
    assert home.title in said
    assert "No advice." in DisclaimerSettings.for_site(site).general
    entry = ModelLogEntry.objects.get(action=CHANGED)
    assert "No advice." in json.dumps(entry.data)
    role = log_in("Moderators").user.groups.get()
    role.permissions.remove(*role.permissions.filter(codename="change_printed_records"))
    client = log_in("Moderators")
    data["general"] = rich_text("<p>Advice.</p>", features=features)
    for address in (url, url.replace("disclaimersettings", "DisclaimerSettings")):
        assert "Ask a moderator" in client.post(address, data).content.decode()
