"""An applicant's file goes only to those who may read applications, to be saved."""

import uuid

import pytest
from django.contrib.auth.models import Permission
from django.core.management import CommandError, call_command
from django.urls import reverse

from applications.models import Application, ApplicationLogEntry, Upload
from core.encryption import TamperedError
from core.keys.encrypted_files import PIECE_BYTES
from home.roles import ADMISSIONS, EDITORS, MODERATORS, SEO_SPECIALISTS
from tests.helpers.applicants_files import PDF, draft_of, kept
from tests.helpers.factories import UserFactory
from tests.helpers.factories_applications import (
    IDS,
    ApplicationFormPageFactory,
    send,
)
from tests.helpers.revealing import reveal

LONG = PDF.replace(b"endobj", b"%" + b"x" * 2 * PIECE_BYTES + b"\nendobj", 1)


@pytest.fixture
def form_page(home):
    return ApplicationFormPageFactory(parent=home)


@pytest.fixture
def upload(client, form_page):
    send(client, form_page)
    upload = kept(draft_of(form_page), 'Ada "Q" Brief ü.pdf', LONG)
    application = Application.objects.get()
    Upload.objects.filter(pk=upload.pk).update(draft=None, application=application)
    upload.refresh_from_db()
    return upload


def address(upload):
    return reverse("application:file", args=[upload.pk])


def read_by(role, log_in, upload):
    client = log_in(role)
    if upload.application_id:
        reveal(client, upload.application_id)
    return client.get(address(upload))


class TestWhoGetsIt:
    @pytest.mark.parametrize("role", [EDITORS, MODERATORS, SEO_SPECIALISTS])
    def test_not_those_who_write_the_site(self, log_in, upload, role):
        response = read_by(role, log_in, upload)

        assert response.status_code in {302, 403}
        assert not response.streaming
        assert not entries("applications.file").exists()

    def test_strangers_are_asked_to_log_in(self, client, upload):
        response = client.get(address(upload))

        assert response.status_code == 302
        assert "/login/" in response.url

    def test_the_right_to_see_the_admin_alone_is_not_enough(self, client, upload):
        user = UserFactory()
        user.user_permissions.add(Permission.objects.get(codename="access_admin"))
        client.force_login(user)

        assert client.get(address(upload)).status_code == 302
        assert not entries("applications.file").exists()

    def test_admissions_get_it_and_that_is_recorded(self, log_in, upload):
        response = read_by(ADMISSIONS, log_in, upload)

        assert b"".join(response.streaming_content) == LONG
        [entry] = entries("applications.file")
        assert entry.object_id == str(upload.application_id)
        assert entry.data == {}
        assert "Ada" not in str(entry.__dict__)

    def test_files_of_drafts_are_nobodys(self, log_in, form_page):
        upload = kept(draft_of(form_page))

        assert read_by(ADMISSIONS, log_in, upload).status_code == 404

    def test_an_unknown_one_is_not_found(self, log_in, form_page):
        url = reverse("application:file", args=[uuid.uuid4()])

        assert log_in(ADMISSIONS).get(url).status_code == 404


def entries(action):
    return ApplicationLogEntry.objects.filter(action=action)


def test_it_is_only_ever_saved_and_kept_by_nobody_on_the_way(log_in, upload):
    headers = read_by(ADMISSIONS, log_in, upload).headers

    assert headers["Content-Disposition"] == (
        "attachment; filename*=utf-8''Ada%20_Q_%20Brief%20%C3%BC.pdf"
    )
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert headers["Content-Type"] == "application/pdf"
    assert headers["Content-Length"] == str(len(LONG))
    assert {"private", "no-store"} <= set(headers["Cache-Control"].split(", "))


class TestWhatIsWrong:
    def told(self, client, upload):
        reveal(client, upload.application_id)
        response = client.get(address(upload), follow=True)
        assert response.redirect_chain
        return response.content.decode()

    def test_a_virus_is_not_handed_out(self, log_in, upload):
        Upload.objects.filter(pk=upload.pk).update(scan=Upload.Scan.REFUSED)

        html = self.told(log_in(ADMISSIONS), upload)

        assert "a virus was found in it" in html
        assert not entries("applications.file").exists()

    def test_a_file_that_is_lost_or_unreadable_is_told_of(
        self, log_in, upload, tmp_path, settings
    ):
        client = log_in(ADMISSIONS)
        stored = tmp_path / "applicants" / upload.stored_name
        content = bytearray(stored.read_bytes())
        content[100] ^= 1
        stored.write_bytes(content)
        assert "changed or moved outside this site" in self.told(client, upload)

        stored.unlink()
        assert "This file is no longer there" in self.told(client, upload)

        settings.FIELD_KEYS = ["bm5ubm5ubm5ubm5ubm5ubm5ubm5ubm5ubm5ubm5ubm4="]
        assert "a key that the site no longer has" in self.told(client, upload)

    def test_a_file_altered_further_on_ends_before_its_length(
        self, log_in, upload, tmp_path
    ):
        stored = tmp_path / "applicants" / upload.stored_name
        content = bytearray(stored.read_bytes())
        content[-1] ^= 1
        stored.write_bytes(content)

        response = read_by(ADMISSIONS, log_in, upload)

        with pytest.raises(TamperedError):
            list(response.streaming_content)


def test_one_that_is_lost_is_told_of_once_and_shown_to_staff(
    log_in, upload, form_page, tmp_path
):
    Upload.objects.update(question=IDS["short_text"])
    kept(draft_of(form_page))  # another, so that the store is not empty
    stored = tmp_path / "applicants" / upload.stored_name
    content = stored.read_bytes()
    stored.unlink()

    with pytest.raises(CommandError, match="1 not in order"):
        call_command("check_uploads", "--mend")
    call_command("check_uploads", "--mend")

    page = reveal(log_in(ADMISSIONS), upload.application_id).content.decode()
    assert "It is lost: ask the applicant for it again" in page
    assert address(upload) not in page
    # Such as from a backup.
    stored.parent.mkdir(exist_ok=True)
    stored.write_bytes(content)
    call_command("check_uploads", "--mend")
    page = reveal(log_in(ADMISSIONS), upload.application_id).content.decode()
    assert address(upload) in page
