"""How attempts are counted, in either cache."""

import time

import pytest
import redis
from django.core.cache import cache

from users.limits import CacheUnavailableError, Limit

LIMIT = Limit("test", 3, 60)


@pytest.fixture(params=["memory", "redis"])
def kept(request, settings):
    """Where counts are kept."""
    if request.param == "redis":
        port = request.getfixturevalue("redis_port")
        settings.CACHES = {
            "default": {
                "BACKEND": "core.cache.ResilientRedisCache",
                "LOCATION": f"redis://127.0.0.1:{port}/11",
            }
        }
        cache.clear()
    return request.param


def test_allows_as_many_as_it_says(kept):
    assert [LIMIT.allows("one") for _ in range(5)] == [True] * 3 + [False] * 2


def test_counts_everybody_apart(kept):
    for _ in range(4):
        LIMIT.allows("one")

    assert LIMIT.allows("other")


def test_counts_what_is_taken_back_no_longer(kept):
    for _ in range(10):
        assert LIMIT.allows("one")
        LIMIT.take_back("one")


def test_takes_back_what_is_forgotten_without_an_error(kept):
    LIMIT.take_back("one")

    assert LIMIT.allows("one")


def test_is_not_put_off_by_further_attempts(kept, settings, monkeypatch):
    LIMIT.allows("one")
    now = time.time()
    if kept == "redis":
        client = redis.Redis.from_url(settings.CACHES["default"]["LOCATION"])
        key = cache.make_key(LIMIT._key(("one",)))
        client.expire(key, 30)
        LIMIT.allows("one")
        assert 0 < client.ttl(key) <= 30
    else:
        for seconds in (20, 40, 59):
            monkeypatch.setattr(time, "time", lambda seconds=seconds: now + seconds)
            LIMIT.allows("one")
        assert not LIMIT.allows("one")
        monkeypatch.setattr(time, "time", lambda: now + 61)
        assert LIMIT.allows("one")


def test_names_nobody_in_the_cache(kept):
    assert "wren@clinic.example" not in LIMIT._key(("wren@clinic.example",))


def test_says_when_it_cannot_count(settings):
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}
    }
    with pytest.raises(CacheUnavailableError):
        LIMIT.allows("one")
