"""Where uploads are stored, as the environment says: a folder or a bucket."""

import boto3
import pytest
from config.settings import storage as storage_settings
from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from moto import mock_aws

from core.media.private_files import say
from tests.helpers.factories import SiteImageFactory
from tests.helpers.production import REQUIRED, run, values

HOST = "s3.eu-west-2.amazonaws.com"
URL = f"s3://a%2Fkey:a%2Bsecret@{HOST}/{{}}?region_name=eu-west-2"


def stores(**environment):
    return values("STORAGES", "MEDIA_ROOT", **environment)


class TestFolders:
    def test_lie_in_var_unless_named(self, tmp_path):
        found = stores(VAR_DIR=str(tmp_path))

        assert found["MEDIA_ROOT"] == str(tmp_path / "media")
        for store in ("private", "applicants"):
            options = found["STORAGES"][store]["OPTIONS"]
            assert options == {"location": str(tmp_path / store)}

    def test_are_named(self):
        found = stores(MEDIA_STORAGE="/srv/media", PRIVATE_STORAGE="/srv/private")

        assert found["MEDIA_ROOT"] == "/srv/media"
        private = found["STORAGES"]["private"]["OPTIONS"]
        assert private == {"location": "/srv/private"}
        # Not in a release's own folder, where nothing outlives an upgrade.
        applicants = found["STORAGES"]["applicants"]["OPTIONS"]
        assert applicants == {"location": "/srv/applicants"}


class TestBuckets:
    def test_are_named(self):
        found = stores(
            MEDIA_STORAGE=URL.format("media"),
            PRIVATE_STORAGE="s3+http://localhost:9000/one/private",
            APPLICANTS_STORAGE="s3+http://localhost:9000/one/applicants",
        )["STORAGES"]

        assert found["default"]["OPTIONS"] == {
            "endpoint_url": f"https://{HOST}",
            "bucket_name": "media",
            "location": "",
            "region_name": "eu-west-2",
            "access_key": "a/key",
            "secret_key": "a+secret",
        }
        assert found["private"]["OPTIONS"] == {
            "endpoint_url": "http://localhost:9000",
            "bucket_name": "one",
            "location": "private",
        }
        assert found["applicants"]["OPTIONS"] == {
            "endpoint_url": "http://localhost:9000",
            "bucket_name": "one",
            "location": "applicants",
        }


class TestRefused:
    @pytest.mark.parametrize(
        ("media", "private", "applicants", "sentence"),
        [
            ("s3://host", "", "", "MEDIA_STORAGE is neither a folder nor like s3://"),
            ("", "ftp://a:hunter2@host/b", "", "PRIVATE_STORAGE is neither a folder"),
            ("/srv/files", "/srv/files", "", "lies within MEDIA_STORAGE"),
            ("/srv/files", "/srv/files/private", "", "lies within MEDIA_STORAGE"),
            ("/srv/files", "/srv/other/../files/a", "", "lies within MEDIA_STORAGE"),
            (
                *("s3://k:s@host/b", "s3://host/b/private", "s3://host/c"),
                "lies within MEDIA_STORAGE",
            ),
            ("", "s3://k:s@host/b", "", "APPLICANTS_STORAGE must name one, too"),
            ("/srv/a", "/srv/b", "/srv/a/c", "lies within MEDIA_STORAGE"),
            ("/srv/a", "/srv/b", "/srv/b/c", "lies within PRIVATE_STORAGE"),
            ("/srv/a/media", "/srv/a", "", "MEDIA_STORAGE lies within PRIVATE_STORAGE"),
            (
                *("s3://k:s@host/b/c/media", "s3://host/b/c", "s3://host/b/d"),
                "MEDIA_STORAGE lies within PRIVATE_STORAGE",
            ),
            ("/srv/a/b", "/srv/c", "/srv/a", "lies within APPLICANTS_STORAGE"),
            ("/srv/c", "/srv/a/b", "/srv/a", "lies within APPLICANTS_STORAGE"),
        ],
    )
    def test_is_what_cannot_be_used(self, media, private, applicants, sentence):
        named = {
            "MEDIA_STORAGE": media,
            "PRIVATE_STORAGE": private,
            "APPLICANTS_STORAGE": applicants,
        }
        done = run(
            "-c",
            "from config.settings import production",
            environment=REQUIRED | named,
        )

        assert done.returncode != 0
        assert sentence in done.stderr
        assert "hunter2" not in done.stderr

    def test_is_a_bucket_without_the_packages_it_needs(self, monkeypatch):
        monkeypatch.setattr(storage_settings, "find_spec", lambda name: None)

        with pytest.raises(ImproperlyConfigured, match=r"needs requirements-s3\.txt"):
            storage_settings._bucket("MEDIA_STORAGE", URL.format("media"))


class TestFilesInABucket:
    @pytest.fixture(autouse=True)
    def buckets(self, settings):
        """Two buckets that moto keeps in memory."""
        with mock_aws():
            service = boto3.resource("s3", region_name="eu-west-2")
            place = {"LocationConstraint": "eu-west-2"}
            settings.STORAGES = settings.STORAGES | {
                alias: storage_settings._bucket("", URL.format(name))
                for alias, name in (("default", "media"), ("private", "private"))
            }
            yield [
                service.create_bucket(Bucket=name, CreateBucketConfiguration=place)
                for name in ("media", "private")
            ]

    def test_keep_the_addresses_of_this_site(self):
        name = default_storage.save("images/a b.jpg", ContentFile(b"..."))

        assert default_storage.url(name) == "/media/images/a%20b.jpg"

    def test_are_forgotten_by_shared_caches_within_a_minute(self, buckets):
        default_storage.save("images/a.jpg", ContentFile(b"..."))

        stored = buckets[0].Object("images/a.jpg")
        assert stored.cache_control == "public, max-age=31536000, s-maxage=60"
        assert stored.content_type == "image/jpeg"

    def test_do_not_take_the_place_of_others(self):
        first, second = (
            default_storage.save("images/a.jpg", ContentFile(content))
            for content in (b"first", b"second")
        )

        assert first != second
        assert default_storage.open(first).read() == b"first"

    @pytest.mark.django_db
    @pytest.mark.usefixtures("moves_at_once")
    def test_of_pictures_go_to_the_private_bucket_and_back(self, client, buckets):
        public, private = buckets
        picture = SiteImageFactory()
        original = default_storage.open(picture.file.name).read()
        rendition = picture.get_rendition("width-80")
        assert rendition.url.startswith(f"/media/images/{picture.pk}/")

        say(picture, "people")

        assert list(public.objects.all()) == []
        [kept] = private.objects.all()
        assert kept.get()["Body"].read() == original
        assert picture.file.url.startswith(f"/pictures/{picture.pk}/")

        say(picture, "nobody")

        assert picture.file.url.startswith("/media/original_images/")
        assert default_storage.open(picture.file.name).read() == original

    def test_are_handed_out_of_the_private_bucket_in_parts(self, log_in, buckets):
        picture = SiteImageFactory(shows="people")
        [kept] = buckets[1].objects.all()
        original = kept.get()["Body"].read()

        answer = log_in(None).get(picture.file.url, headers={"Range": "bytes=2-9"})

        assert answer.status_code == 206
        assert b"".join(answer.streaming_content) == original[2:10]
