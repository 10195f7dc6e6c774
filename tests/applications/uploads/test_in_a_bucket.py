"""Applicants' files in a bucket: as well encrypted, and as gone, as in a folder."""

from datetime import timedelta

import boto3
import pytest
from config.settings import storage as storage_settings
from django.core.management import CommandError, call_command
from django.db import DatabaseError
from moto import mock_aws

from applications.models import Upload
from applications.uploads import deleting
from applications.uploads.stored import MissingFileError, read
from tests.helpers.applicants_files import PDF, draft_of, kept
from tests.helpers.factories_applications import ApplicationFormPageFactory

URL = "s3://key:secret@s3.eu-west-2.amazonaws.com/applicants?region_name=eu-west-2"


@pytest.fixture
def bucket(settings):
    with mock_aws():
        service = boto3.resource("s3", region_name="eu-west-2")
        place = {"LocationConstraint": "eu-west-2"}
        settings.STORAGES = settings.STORAGES | {
            "applicants": storage_settings._bucket("", URL)
        }
        yield service.create_bucket(
            Bucket="applicants", CreateBucketConfiguration=place
        )


@pytest.fixture
def draft(home):
    return draft_of(ApplicationFormPageFactory(parent=home))


def objects(bucket):
    return {each.key: each.get()["Body"].read() for each in bucket.objects.all()}


def test_a_file_is_kept_read_and_deleted_with_its_row(
    bucket, draft, django_capture_on_commit_callbacks
):
    upload = kept(draft)

    [(name, content)] = objects(bucket).items()
    assert name == upload.stored_name
    assert b"PDF" not in content
    assert b"".join(read(upload)) == PDF
    with django_capture_on_commit_callbacks(execute=True):
        draft.delete()
    assert not objects(bucket)
    with pytest.raises(MissingFileError):
        read(upload)


def test_what_a_crash_has_left_is_found_and_deleted(bucket, draft, monkeypatch):
    def killed(*args, **kwargs):
        raise DatabaseError

    whole = kept(draft)
    with monkeypatch.context() as patch:
        patch.setattr(Upload, "save", killed)
        with pytest.raises(DatabaseError):
            kept(draft, content=PDF + b"2")
    monkeypatch.setattr(deleting, "SETTLED", timedelta(0))

    call_command("check_uploads", "--mend")

    assert list(objects(bucket)) == [whole.stored_name]
    bucket.objects.all().delete()
    with pytest.raises(CommandError, match="1 not in order"):
        call_command("check_uploads")


def test_under_a_new_key_it_stays_at_its_place(bucket, draft, settings):
    upload, new_key = kept(draft), "bm5ubm5ubm5ubm5ubm5ubm5ubm5ubm5ubm5ubm5ubm4="
    before = objects(bucket)
    settings.FIELD_KEYS = [new_key, *settings.FIELD_KEYS]

    call_command("rotate_keys", "--forms")

    settings.FIELD_KEYS = [new_key]
    assert b"".join(read(upload)) == PDF
    assert objects(bucket).keys() == before.keys()
    assert objects(bucket) != before
