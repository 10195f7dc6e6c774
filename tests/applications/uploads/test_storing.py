"""A file is kept once, encrypted, in its own store, and goes with its row."""

import logging
import os
import shutil
import socket
from collections import namedtuple
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, storages
from django.core.management import CommandError, call_command
from django.db import DatabaseError, IntegrityError, transaction
from wagtail.models import ReferenceIndex

from applications.models import Draft, Upload
from applications.uploads import deleting, scanning
from applications.uploads.checking import MEGABYTE
from applications.uploads.stored import StoreDown, read
from applications.uploads.storing import DraftGone, Limits
from core import encryption
from delivery.visibility import changes_pages
from tests.helpers.applicants_files import (
    EICAR,
    PDF,
    QUESTION,
    clamav,
    draft_of,
    kept,
    picture,
)
from tests.helpers.at_once import at_once
from tests.helpers.factories_applications import ApplicationFormPageFactory

TYPED = b"vermilionazole twice daily"
LETTER = PDF.replace(b"endobj", b"(" + TYPED + b") endobj", 1)


@pytest.fixture
def form_page(home):
    return ApplicationFormPageFactory(parent=home)


@pytest.fixture
def draft(form_page):
    return draft_of(form_page)


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "applicants"


def files(folder):
    return [path for path in folder.rglob("*") if path.is_file()]


def test_nothing_of_a_file_or_its_name_can_be_read_on_the_disk(
    draft, tmp_path, caplog, django_assert_max_num_queries
):
    with caplog.at_level(logging.DEBUG), django_assert_max_num_queries(9):
        upload = kept(draft, "Quillfeather.pdf", LETTER)

    upload.refresh_from_db()
    assert upload.name == "Quillfeather.pdf"
    assert b"".join(read(upload)) == LETTER
    assert upload.size == len(LETTER)
    [stored] = files(tmp_path)
    assert stored == tmp_path / "applicants" / upload.stored_name
    assert TYPED not in stored.read_bytes()
    assert b"PDF" not in stored.read_bytes()
    row = str(Upload.objects.filter(pk=upload.pk).values().get())
    for text in (str(upload), row, caplog.text, stored.name):
        assert "Quillfeather" not in text
        assert TYPED.decode() not in text


def test_a_file_is_on_the_disk_before_its_row_says_that_it_is_kept(
    draft, folder, monkeypatch
):
    synced = []
    monkeypatch.setattr(os, "fsync", lambda file: synced.append(os.fstat(file).st_ino))

    stored = folder / kept(draft).stored_name

    for place in (stored, stored.parent, folder):
        assert place.stat().st_ino in synced


class TestTheSameBytes:
    def test_are_one_upload_for_one_question(self, draft, folder):
        first, again = kept(draft), kept(draft, "other name.pdf")

        assert again == first
        assert again.name == "letter.pdf"
        assert len(files(folder)) == 1

    def test_are_no_file_too_many(self, draft):
        limits = Limits(files=1, megabytes=5)
        first = kept(draft, limits=limits)

        assert kept(draft, limits=limits) == first

    def test_are_another_upload_for_another_question_or_person(
        self, draft, form_page, folder
    ):
        uploads = [kept(draft), kept(draft, question="2"), kept(draft_of(form_page))]

        assert len({upload.digest for upload in uploads}) == 3
        assert len(files(folder)) == 3

    def test_are_known_after_the_key_was_changed(self, draft, settings):
        first = kept(draft)
        new = "bm5ubm5ubm5ubm5ubm5ubm5ubm5ubm5ubm5ubm5ubm4="
        settings.FIELD_KEYS = [new, *settings.FIELD_KEYS]

        assert kept(draft) == first


class TestLimits:
    def test_more_files_than_may_be_sent_are_refused(self, draft, folder):
        limits = Limits(files=2, megabytes=5)
        for number in range(2):
            kept(draft, content=PDF + b"%d" % number, limits=limits)

        with pytest.raises(ValidationError, match="Only 2 files can be sent here"):
            kept(draft, limits=limits)

        assert len(files(folder)) == 2

    def test_a_larger_file_than_may_be_sent_is_refused(self, draft, folder):
        with pytest.raises(ValidationError, match="This file is too large"):
            kept(draft, content=PDF + bytes(5 * MEGABYTE))

        assert not files(folder)


class TestAtOnce:
    @pytest.fixture
    def draft(self, transactional_db, form_page):
        return draft_of(form_page)

    def test_the_same_file_is_kept_once(self, draft, folder):
        uploads = at_once(*[lambda: kept(draft) for _ in range(4)])

        assert len({upload.pk for upload in uploads}) == 1
        assert len(files(folder)) == Upload.objects.count() == 1

    def test_no_more_are_kept_than_may_be_sent(self, draft, folder):
        def send(number):
            try:
                return kept(draft, content=PDF + b"%d" % number)
            except ValidationError:
                return None

        sent = at_once(*[lambda number=n: send(number) for n in range(6)])

        assert len([upload for upload in sent if upload]) == 3
        assert len(files(folder)) == Upload.objects.count() == 3


class TestFailures:
    def test_a_draft_that_was_deleted_meanwhile_keeps_nothing(self, draft, folder):
        Draft.objects.filter(pk=draft.pk).delete()

        with pytest.raises(DraftGone):
            kept(draft)

        assert not files(folder)

    def test_a_store_that_is_full_keeps_no_half_of_a_file(
        self, draft, folder, monkeypatch
    ):
        def half(self, name, content):
            (folder / name).parent.mkdir(parents=True)
            (folder / name).write_bytes(content.read(10))
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(FileSystemStorage, "_save", half)

        with pytest.raises(StoreDown):
            kept(draft)

        assert not files(folder)
        assert not Upload.objects.exists()

    def test_a_disk_with_little_room_left_takes_no_file(
        self, draft, folder, settings, monkeypatch
    ):
        settings.APPLICANTS_RESERVE = 1000
        usage = namedtuple("usage", "total used free")
        monkeypatch.setattr(shutil, "disk_usage", lambda place: usage(0, 0, 999))

        with pytest.raises(StoreDown):
            kept(draft)

        assert not files(folder)

    def test_a_key_that_is_missing_keeps_nothing(self, draft, folder, settings):
        settings.FIELD_KEYS = []

        with pytest.raises(encryption.KeysUnusableError):
            kept(draft)

        assert not files(folder)

    def test_what_a_crash_between_file_and_row_leaves_is_deleted_a_night_later(
        self, draft, folder, monkeypatch
    ):
        whole = kept(draft)
        with monkeypatch.context() as patch:
            patch.setattr(Upload, "save", killed)
            with pytest.raises(DatabaseError):
                kept(draft, content=LETTER)
        assert len(files(folder)) == 2

        call_command("check_uploads", "--mend")
        assert len(files(folder)) == 2, "a row may still come"
        monkeypatch.setattr(deleting, "SETTLED", timedelta(0))
        with pytest.raises(CommandError, match="1 not in order"):
            call_command("check_uploads")
        call_command("check_uploads", "--mend")

        [left] = files(folder)
        assert left == folder / whole.stored_name

    def test_what_is_not_an_applicants_file_is_left_alone(
        self, db, folder, monkeypatch
    ):
        monkeypatch.setattr(deleting, "SETTLED", timedelta(0))
        for name in (".restoring/ab/x", "ab/notes.txt", "lost+found/" + "a" * 32):
            storages["applicants"].save(name, ContentFile(b"x"))

        call_command("check_uploads", "--mend")

        assert len(files(folder)) == 3

    def test_a_row_whose_file_is_lost_is_told_of(self, draft, folder, capsys):
        upload = kept(draft)
        shutil.rmtree(folder)

        with pytest.raises(CommandError, match="1 not in order"):
            call_command("check_uploads", "--mend")

        said = capsys.readouterr()
        assert f"Row without a file: {upload.pk}" in said.out
        # Its disk may not be there.
        assert "The store is empty" in said.err
        assert Upload.objects.filter(is_lost=False).exists()

    @pytest.mark.parametrize("harm", [Path.unlink, lambda path: os.truncate(path, 60)])
    def test_a_drafts_row_whose_file_is_lost_or_cut_short_is_deleted(
        self, draft, folder, harm
    ):
        whole, upload = kept(draft), kept(draft, content=LETTER)
        harm(folder / upload.stored_name)
        with pytest.raises(CommandError, match="1 not in order"):
            call_command("check_uploads")

        call_command("check_uploads", "--mend")

        assert Upload.objects.get() == whole
        assert kept(draft, content=LETTER).pk != upload.pk


def killed(*args, **kwargs):
    raise DatabaseError("the connection is gone")


class TestTheFileGoesWithTheRow:
    @pytest.mark.parametrize(
        "delete",
        [
            lambda draft: draft.delete(),
            lambda draft: Draft.objects.filter(pk=draft.pk).delete(),
            lambda draft: draft.uploads.all().delete(),
            lambda draft: draft.uploads.get().delete(),
        ],
        ids=["its draft", "a queryset of drafts", "a queryset", "alone"],
    )
    def test_whichever_way_it_is_deleted(
        self, draft, folder, delete, django_capture_on_commit_callbacks
    ):
        kept(draft)

        with django_capture_on_commit_callbacks(execute=True):
            delete(draft)
            assert files(folder)

        assert not files(folder)

    def test_but_stays_when_the_deletion_is_undone(
        self, draft, folder, django_capture_on_commit_callbacks
    ):
        kept(draft)

        with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
            draft.delete()
            transaction.set_rollback(True)

        assert files(folder)
        assert Upload.objects.exists()

    def test_and_a_store_that_is_down_spoils_no_deletion(
        self, draft, folder, django_capture_on_commit_callbacks, monkeypatch, caplog
    ):
        upload = kept(draft)
        monkeypatch.setattr(FileSystemStorage, "delete", killed)

        with django_capture_on_commit_callbacks(execute=True):
            draft.delete()

        assert not Upload.objects.exists()
        assert "still in the store" in caplog.text
        assert upload.pk.hex not in caplog.records[0].getMessage()


def test_a_row_belongs_to_a_draft_or_an_application_and_never_to_neither(draft):
    upload = kept(draft)

    with pytest.raises(IntegrityError), transaction.atomic():
        Upload.objects.filter(pk=upload.pk).update(draft=None)


class TestVirusScan:
    def test_is_not_made_where_there_is_no_scanner(self, draft):
        assert kept(draft).scan == Upload.Scan.NONE

    def test_sees_what_was_sent_and_finds_nothing(self, draft, settings, tmp_path):
        with clamav(tmp_path) as (settings.CLAMAV, received):
            content = picture("JPEG")
            upload = kept(draft, "a.jpg", content)

        assert upload.scan == Upload.Scan.CLEAN
        assert received == [content]

    def test_refuses_a_virus_and_keeps_nothing(self, draft, settings, tmp_path, folder):
        with (
            clamav(tmp_path) as (settings.CLAMAV, _),
            pytest.raises(ValidationError, match="virus scanner has found"),
        ):
            kept(draft, content=PDF + EICAR)

        assert not files(folder)

    def test_waits_while_the_scanner_is_gone_and_is_made_up_for(
        self, draft, settings, tmp_path
    ):
        settings.CLAMAV = str(tmp_path / "clamd")
        clean, virus = kept(draft), kept(draft, content=PDF + EICAR)
        assert {clean.scan, virus.scan} == {Upload.Scan.PENDING}
        with pytest.raises(CommandError, match="2 not in order"):
            call_command("check_uploads", "--mend")

        with clamav(tmp_path):
            call_command("check_uploads", "--mend")

        clean.refresh_from_db()
        virus.refresh_from_db()
        assert clean.scan == Upload.Scan.CLEAN
        assert virus.scan == Upload.Scan.REFUSED

    @pytest.mark.parametrize(
        "answer", [b"INSTREAM size limit exceeded. ERROR\0", b"\0", b"nonsense\0"]
    )
    def test_takes_no_error_for_a_verdict(self, draft, settings, tmp_path, answer):
        with clamav(tmp_path, answer) as (settings.CLAMAV, _):
            assert kept(draft).scan == Upload.Scan.PENDING

    def test_does_not_ask_a_scanner_again_that_has_just_not_answered(
        self, draft, settings, tmp_path
    ):
        with clamav(tmp_path, b"nonsense\0") as (settings.CLAMAV, received):
            kept(draft)
            assert kept(draft, content=LETTER).scan == Upload.Scan.PENDING

        assert len(received) == 1

    def test_gives_up_on_a_scanner_that_does_not_answer(
        self, settings, tmp_path, monkeypatch
    ):
        monkeypatch.setattr(scanning, "TIMEOUT", 0.05)
        with socket.socket() as server:
            server.bind(("127.0.0.1", 0))
            server.listen()
            settings.CLAMAV = f"tcp://127.0.0.1:{server.getsockname()[1]}"

            with pytest.raises(scanning.ScannerGone):
                scanning.scan([b"x"])

    def test_gives_up_on_a_scanner_that_answers_byte_by_byte(
        self, settings, tmp_path, monkeypatch
    ):
        monkeypatch.setattr(scanning, "LONGEST", 0.3)
        drops = (b"s" for _ in iter(int, 1))

        with (
            clamav(tmp_path, drops) as (settings.CLAMAV, _),
            pytest.raises(scanning.ScannerGone),
        ):
            scanning.scan([b"x"])

    def test_waits_where_the_scanner_takes_no_more_of_a_large_file(
        self, draft, settings, tmp_path
    ):
        """As clamd does beyond StreamMaxLength: it says so, and hangs up."""
        letter = PDF.replace(b"endobj", b"(" + b"x" * 3_000_000 + b") endobj", 1)

        with clamav(tmp_path, most=100_000) as (settings.CLAMAV, received):
            assert kept(draft, content=letter).scan == Upload.Scan.PENDING

        assert received == []

    def test_hands_over_a_virus_that_lies_across_two_pieces(self, settings, tmp_path):
        with clamav(tmp_path) as (settings.CLAMAV, _):
            found = scanning.scan([b"x" * 65_000 + EICAR[:20], b"", EICAR[20:]])

        assert found == scanning.Verdict.VIRUS


def test_the_table_shows_nothing_to_readers_and_is_indexed_nowhere(draft):
    upload = kept(draft)

    assert not ReferenceIndex.model_is_indexable(Upload)
    table = Upload._meta.db_table
    assert changes_pages(f'INSERT INTO "{table}" DEFAULT VALUES', None, False) == ""
    assert changes_pages(f'DELETE FROM "{table}"', None, False) == ""  # noqa: S608
    assert upload.question == QUESTION
