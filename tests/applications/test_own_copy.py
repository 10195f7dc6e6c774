"""The applicant's own copy: answers, and the files that were sent, in one archive."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.files.base import ContentFile
from django.test import Client

from applications.models.applications import Application
from applications.models.uploads import Upload
from applications.status import download
from applications.uploads.stored import store
from tests.helpers.access_links import open_status
from tests.helpers.applicants_files import PDF, draft_of, kept, picture
from tests.helpers.factories_applications import ApplicationFormPageFactory, send

STATUS = "/applications/status/"
ANSWERS = "/applications/status/answers/"


@pytest.fixture
def form_page(home):
    return ApplicationFormPageFactory(parent=home)


@pytest.fixture
def applicant(client, form_page, commits):
    """Who has sent an application and opened its status page."""
    send(client, form_page)
    browser = Client(headers={"host": "localhost"})
    open_status(browser)
    return browser


@pytest.fixture
def files(applicant, form_page):
    """Two files of one name, and what they hold."""
    draft = draft_of(form_page)
    kept(draft, "brief é.pdf", PDF)
    kept(draft, "brief é.pdf", PDF + b"\n")
    Upload.objects.update(draft=None, application=Application.objects.get())
    return [PDF, PDF + b"\n"]


def archive_of(response):
    assert response.headers["Content-Type"] == "application/zip"
    return ZipFile(BytesIO(b"".join(response.streaming_content)))


def page_in(archive):
    [name] = [name for name in archive.namelist() if name.endswith(".html")]
    return archive.read(name).decode()


def test_holds_answers_and_files_by_safe_names(applicant, files):
    response = applicant.get(ANSWERS)

    archive = archive_of(response)
    assert archive.testzip() is None
    reference = Application.objects.get().reference
    assert archive.namelist()[0] == f"answers-{reference}.html"
    names = archive.namelist()[1:]
    assert names == ["01 brief é.pdf", "02 brief é.pdf"]
    assert sorted(archive.read(name) for name in names) == sorted(files)
    assert "Quillfeather" in page_in(archive)
    assert "no-store" in response.headers["Cache-Control"]
    assert f'filename="answers-{reference}.zip"' in response["Content-Disposition"]


def test_the_status_page_says_that_it_is_an_archive(applicant, files):
    assert "(ZIP)" in applicant.get("/applications/status/").content.decode()


def test_without_files_it_is_one_page(applicant):
    response = applicant.get(ANSWERS)

    assert response.headers["Content-Type"].startswith("text/html")
    assert "(ZIP)" not in applicant.get("/applications/status/").content.decode()


def test_what_is_not_handed_out_is_named_and_hides_nothing_else(applicant, files):
    lost, refused = Upload.objects.all()
    application = Application.objects.get()
    photo = kept(draft_of(application.definition.page), "photo.jpg", picture())
    Upload.objects.filter(pk=photo.pk).update(draft=None, application=application)
    store().delete(lost.stored_name)
    Upload.objects.filter(pk=refused.pk).update(scan=Upload.Scan.REFUSED)

    archive = archive_of(applicant.get(ANSWERS))

    assert archive.namelist()[1:] == ["03 photo.jpg"]
    assert page_in(archive).count("<li>brief é.pdf</li>") == 2


@pytest.mark.parametrize("which", ["one", "all"])
def test_a_file_that_cannot_be_decrypted_is_named_and_the_rest_comes(
    applicant, files, which
):
    uploads = list(Upload.objects.all())
    for upload in uploads if which == "all" else uploads[:1]:
        size = store().size(upload.stored_name)
        store().delete(upload.stored_name)
        store().save(upload.stored_name, ContentFile(b"x" * size))

    response = applicant.get(ANSWERS)

    if which == "all":
        assert response.content.decode().count("<li>brief é.pdf</li>") == 2
        return
    archive = archive_of(response)
    assert archive.testzip() is None
    assert archive.namelist()[1:] == ["02 brief é.pdf"]
    assert page_in(archive).count("<li>brief é.pdf</li>") == 1


def test_the_status_page_promises_no_more_files_than_there_are(applicant, files):
    Upload.objects.update(scan=Upload.Scan.REFUSED)

    assert "you get your answers alone" in applicant.get(STATUS).content.decode()
    assert applicant.get(ANSWERS).headers["Content-Type"].startswith("text/html")


def test_a_file_goes_through_piece_by_piece(applicant, form_page, monkeypatch):
    big = PDF + b"%" * 1_000_000 + b"\n%%EOF\n"
    kept(draft_of(form_page), "big.pdf", big)
    Upload.objects.update(draft=None, application=Application.objects.get())

    pieces = list(applicant.get(ANSWERS).streaming_content)

    assert len(pieces) > 10
    assert max(map(len, pieces)) < 100_000


def test_an_altered_file_breaks_the_archive_off(applicant, files, monkeypatch):
    def altered(upload):
        yield b"first"
        raise download.EncryptionError

    monkeypatch.setattr(download, "read", altered)

    with pytest.raises(download.EncryptionError):
        list(applicant.get(ANSWERS).streaming_content)


def test_strangers_get_none(client, files):
    assert client.get(ANSWERS).headers["Content-Type"].startswith("text/html")
