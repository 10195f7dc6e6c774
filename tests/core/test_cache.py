"""Redis is gone, hangs, and comes back: the site is slower, and nothing else."""

import logging
import time

import pytest
from django.core.cache import cache, caches
from django.urls import reverse

from core import cache as our_cache
from core.cache import cache_answers
from tests.helpers.factories import UserFactory
from tests.helpers.production import values
from tests.helpers.relay import Relay, refused_port, silent_port


@pytest.fixture
def clock(monkeypatch):
    """Time passes when the test says so: ``clock.now += 5``."""

    class Clock:
        now = time.monotonic()

    monkeypatch.setattr(our_cache, "monotonic", lambda: Clock.now)
    return Clock


@pytest.fixture
def cache_at(settings, clock):
    """``cache_at(port)`` has the site keep its cache in Redis there."""
    our_cache._states.clear()

    def at(port):
        settings.CACHES = {
            "default": {
                "BACKEND": "core.cache.ResilientRedisCache",
                "LOCATION": f"redis://127.0.0.1:{port}",
                "KEY_PREFIX": "tests",
            }
        }

    yield at
    our_cache._states.clear()


@pytest.fixture
def line(cache_at, redis_port):
    """The line to a Redis that works, to be cut and mended."""
    with Relay("127.0.0.1", redis_port) as line:
        cache_at(line.port)
        cache.clear()
        yield line
        caches["default"]._cache.get_client().connection_pool.disconnect()


class TestGone:
    def test_has_every_method_miss_and_none_fail(self, cache_at):
        cache_at(refused_port())

        assert cache.get("a", "nothing") == "nothing"
        assert cache.get_many(["a", "b"]) == {}
        assert cache.get_or_set("a", lambda: "made") == "made"
        assert cache.add("a", 1) is True
        assert cache.set("a", 1) is None
        assert cache.set_many({"a": 1}) == []
        assert cache.touch("a") is False
        assert cache.delete("a") is False
        assert cache.delete_many(["a"]) is None
        assert cache.has_key("a") is False
        assert "a" not in cache
        cache.clear()
        with pytest.raises(ValueError, match="not found"):
            cache.incr("a")

    def test_serves_every_kind_of_page(self, client, home, cache_at):
        cache_at(refused_port())
        user = UserFactory(is_superuser=True)

        assert client.get("/").status_code == 200
        client.force_login(user)
        assert client.get(reverse("wagtailadmin_home")).status_code == 200

    def test_is_logged_once_a_minute(self, cache_at, clock, caplog):
        cache_at(refused_port())

        with caplog.at_level(logging.INFO, "core.cache"):
            for _ in range(59):
                cache.get("a")
                clock.now += 1
            assert len(caplog.records) == 1
            clock.now += 1
            cache.get("a")

        assert len(caplog.records) == 2
        assert "does not answer (ConnectionError)" in caplog.text

    def test_is_known_to_whom_asks(self, cache_at):
        assert cache_answers()

        cache_at(refused_port())

        assert not cache_answers()


class TestHanging:
    def test_holds_one_request_for_a_moment_and_the_others_not_at_all(self, cache_at):
        with silent_port() as port:
            cache_at(port.port)
            started = time.monotonic()
            for _ in range(100):
                assert cache.get("a") is None

            assert time.monotonic() - started < 10
            assert port.accepted == 2, "once, and once more with a new connection"

    def test_lets_one_try_again_after_a_pause(self, cache_at, clock):
        with silent_port() as port:
            cache_at(port.port)
            cache.get("a")
            clock.now += 5
            for _ in range(10):
                cache.get("a")

            assert port.accepted == 4


class TestBack:
    def test_after_a_restart_serves_at_once_what_it_kept(self, line):
        cache.set("a", 1)
        line.cut()
        line.mend()

        assert cache.get("a") == 1

    def test_is_used_again_after_a_pause(self, line, clock):
        cache.set("a", 1)
        line.cut()
        assert cache.get("a") is None
        line.mend()
        assert cache.get("a") is None, "others go on without"
        assert not cache_answers()

        clock.now += 5

        assert cache.get("a") == 1
        assert cache_answers()

    @pytest.mark.parametrize(
        "lose",
        [
            lambda: cache.delete("a"),
            lambda: cache.set("a", 2),
            lambda: cache.set_many({"a": 2}),
            lambda: cache.delete_many(["a"]),
            lambda: cache.clear(),
        ],
    )
    def test_has_forgotten_what_is_out_of_date(self, line, clock, lose):
        cache.set("a", 1)
        line.cut()
        lose()
        line.mend()

        clock.now += 5

        assert cache.get("a") is None
        cache.set("a", 3)
        assert cache.get("a") == 3

    def test_keeps_what_only_was_not_read(self, line, clock):
        cache.set("a", 1)
        line.cut()
        cache.get("a")
        line.mend()

        clock.now += 5

        assert cache.get("a") == 1


def test_production_keeps_its_cache_so():
    found = values("CACHES", CACHE_URL="redis://host:6379/1")

    assert found["CACHES"]["default"] == {
        "BACKEND": "core.cache.ResilientRedisCache",
        "LOCATION": "redis://host:6379/1",
        "KEY_FUNCTION": "delivery.once.cache_key",
    }
