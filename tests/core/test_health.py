"""An operator's tools ask whether a process lives, and whether it can answer."""

import pytest
from django.core.cache import caches
from django.db import transaction
from wagtail.models import Site

from core.cache import ResilientRedisCache
from tests.helpers.database_gone import database_gone
from tests.helpers.relay import refused_port
from tests.helpers.visiting import visit

pytestmark = pytest.mark.django_db


def test_a_process_that_can_answer_is_ready():
    for address in ("/_health/live/", "/_health/ready/"):
        answer = visit(address)
        assert answer.status == 200
        assert "no-store" in answer.headers["Cache-Control"]


def test_without_a_database_it_lives_and_is_not_ready():
    with database_gone():
        live, ready = visit("/_health/live/"), visit("/_health/ready/")

    assert live.status == 200
    assert (ready.status, ready.text) == (503, "the database does not answer\n")


def test_with_a_database_that_was_never_migrated_it_is_not_ready(monkeypatch):
    """As SQLite makes one where the disk with the right one is not mounted."""
    monkeypatch.setattr(Site._meta, "db_table", "no_such_table")

    with transaction.atomic():
        ready = visit("/_health/ready/")
        transaction.set_rollback(True)  # PostgreSQL ends a transaction that failed

    assert (ready.status, ready.text) == (503, "the database has no tables\n")


def test_without_the_cache_it_is_ready_and_says_so(monkeypatch):
    gone = ResilientRedisCache(f"redis://127.0.0.1:{refused_port()}/1", {})
    monkeypatch.setattr(caches._connections, "default", gone, raising=False)

    ready = visit("/_health/ready/")

    assert ready.status == 200
    assert "the cache does not answer" in ready.text


def test_a_probe_without_tls_is_not_sent_elsewhere(settings):
    settings.SECURE_SSL_REDIRECT = True

    assert visit("/_health/live/").status == 200
    assert visit("/robots.txt").status == 301
