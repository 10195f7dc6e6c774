"""A PDF without tags is warned of when it is uploaded, and listed until replaced."""

import json

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from wagtail.documents.models import Document
from wagtail.models import Site

from core.publishing.gate import suggestions
from delivery.visibility import changes_pages
from home.roles import ADMISSIONS, EDITORS
from review.models import DocumentCheck
from tests.helpers.factories import ContentPageFactory

from .test_pdf_tags import TREE, pdf

pytestmark = pytest.mark.django_db

WARNING = "This PDF has no tags"


@pytest.fixture
def upload(log_in, home, media):
    """Upload a file through the admin; return the client and the answer."""
    client = log_in(EDITORS)

    def send(content, name="leaflet.pdf"):
        file = SimpleUploadedFile(name, content)
        answer = client.post(reverse("wagtaildocs:add_multiple"), {"files[]": file})
        return client, json.loads(answer.content)

    return send


def test_an_untagged_one_is_uploaded_and_warned_of(upload):
    client, answer = upload(pdf())

    assert answer["success"]
    assert WARNING in answer["form"]
    edit = reverse("wagtaildocs:edit", args=[answer["doc_id"]])
    assert WARNING in client.get(edit).content.decode()


@pytest.mark.parametrize(
    ("content", "name"),
    [(pdf(TREE), "leaflet.pdf"), (b"%PDF- no matter", "a.txt"), (b"odd", "b.pdf")],
)
def test_others_are_not(upload, content, name):
    _client, answer = upload(content, name)

    assert WARNING not in answer["form"]


def test_is_listed_and_on_the_dashboard_until_a_tagged_one_replaces_it(upload):
    client, answer = upload(pdf())
    report = reverse("untagged_documents")
    assert "leaflet.pdf" in client.get(report).content.decode()
    assert "1 PDF has no tags" in client.get("/admin/").content.decode()

    edit = reverse("wagtaildocs:edit", args=[answer["doc_id"]])
    file = SimpleUploadedFile("leaflet.pdf", pdf(TREE))
    collection = Document.objects.get().collection_id
    fields = {"title": "Leaflet", "file": file, "collection": collection, "tags": ""}
    assert client.post(edit, fields).status_code == 302

    assert "leaflet" not in client.get(report).content.decode()
    assert "has no tags" not in client.get("/admin/").content.decode()


def test_the_report_is_for_those_who_can_change_documents(log_in):
    answer = log_in(ADMISSIONS).get(reverse("untagged_documents"))

    assert answer.status_code == 302


def test_a_document_is_looked_at_once(upload, monkeypatch):
    upload(pdf())
    document = Document.objects.get()
    looked = []
    monkeypatch.setattr("review.accessibility.documents.is_tagged", looked.append)

    document.title = "Another title"
    document.save()

    assert not looked


def test_those_from_before_are_looked_at_by_a_command(upload, capsys):
    upload(pdf())
    DocumentCheck.objects.all().delete()

    call_command("check_documents")
    call_command("check_documents")

    assert capsys.readouterr().out.splitlines() == [
        "Documents looked at: 1, untagged: 1",
        "Documents looked at: 0, untagged: 0",
    ]


@pytest.mark.parametrize("is_hashed", [True, False])
def test_a_file_that_is_gone_stops_no_upload_and_no_command(home, media, is_hashed):
    document = Document(title="Gone")
    document.file.save("gone.pdf", ContentFile(pdf()))
    DocumentCheck.objects.all().delete()
    document.file.storage.delete(document.file.name)
    if not is_hashed:
        Document.objects.update(file_hash="")

    call_command("check_documents")

    assert not DocumentCheck.objects.exists()


def test_a_check_changes_no_stored_page():
    sql = 'UPDATE "review_documentcheck" SET "is_tagged" = 0'

    assert not changes_pages(sql, (), many=False)


@pytest.mark.parametrize("site", ["", "https://clinic.example", "http://Own.example"])
def test_an_editor_is_told_beside_the_link_that_leads_to_it(
    upload, home, site, settings
):
    settings.WAGTAILADMIN_BASE_URL = "https://clinic.example"
    Site.objects.update(hostname="own.example", port=80)
    upload(pdf())
    url = Document.objects.get().url
    page = ContentPageFactory(
        parent=home, body=[("paragraph", f'<p>See <a href="{site}{url}">it</a>.</p>')]
    )

    found = [each for each in suggestions(page) if each.code == "untagged-pdf"]
    assert [(each.field, each.position) for each in found] == [("body", 0)]
    assert "“leaflet.pdf”" in found[0].sentence

    DocumentCheck.objects.update(is_tagged=True)
    assert not [each for each in suggestions(page) if each.code == "untagged-pdf"]


@pytest.mark.parametrize(
    "address", ["https://www.rki.de{}", "//rki.de{}", "https://rki.de/de{}", "/de{}"]
)
def test_a_document_of_another_host_is_none_of_the_sites(upload, home, address):
    upload(pdf())
    link = address.format(Document.objects.get().url)
    page = ContentPageFactory(
        parent=home, body=[("paragraph", f'<p>See <a href="{link}">it</a>.</p>')]
    )

    assert not [each for each in suggestions(page) if each.code == "untagged-pdf"]
