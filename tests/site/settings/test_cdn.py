"""CDN_PURGE says in one variable who is told to forget, and how."""

import pytest

from delivery.purging import purges_wait_for_a_worker
from tests.helpers.production import REQUIRED, run, values


def test_each_kind_is_named_by_an_address():
    found = values(
        "WAGTAILFRONTENDCACHE",
        CDN_PURGE="http://cache-1:6081,cloudflare://to%2Fken@zone,cloudfront://E123",
    )

    assert found["WAGTAILFRONTENDCACHE"] == {
        "cdn-1": {"BACKEND": "delivery.cdn.Http", "LOCATION": "http://cache-1:6081"},
        "cdn-2": {
            "BACKEND": "delivery.cdn.Cloudflare",
            "BEARER_TOKEN": "to/ken",
            "ZONEID": "zone",
        },
        "cdn-3": {"BACKEND": "delivery.cdn.CloudFront", "DISTRIBUTION_ID": "E123"},
    }


def test_there_is_none_unless_named():
    assert values("WAGTAILFRONTENDCACHE")["WAGTAILFRONTENDCACHE"] == {}


@pytest.mark.parametrize(
    "place", ["cache.internal", "ftp://hunter2@host", "cloudflare://zone", "http://"]
)
def test_what_is_no_address_is_refused_without_being_repeated(place):
    done = run(
        "-c",
        "from config.settings import production",
        environment=REQUIRED | {"CDN_PURGE": place},
    )

    assert "CDN_PURGE holds something that is neither" in done.stderr
    assert "hunter2" not in done.stderr


def test_cloudfront_needs_what_buckets_need(monkeypatch):
    monkeypatch.setattr("config.settings.cdn.find_spec", lambda name: None)
    from config.settings.cdn import _cdn

    with pytest.raises(Exception, match=r"requirements-s3\.txt"):
        _cdn("cloudfront://E123")


def test_a_cdn_needs_a_queue_in_the_database(settings):
    settings.WAGTAILFRONTENDCACHE = {"cdn-1": {}}
    [error] = purges_wait_for_a_worker(None)
    assert error.id == "delivery.E001"

    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    assert purges_wait_for_a_worker(None) == []
