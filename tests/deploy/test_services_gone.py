"""PostgreSQL or Redis goes away and comes back, as readers behind nginx see it."""

import os
import shutil
from urllib.parse import urlsplit

import psycopg
import pytest
from django.conf import settings

from tests.deploy.conftest import seed
from tests.deploy.faults import wait_until
from tests.deploy.signing_in import sign_in
from tests.helpers.behind_nginx import BehindNginx
from tests.helpers.postgresql_databases import SERVER, restore
from tests.helpers.prepared_database import prepared_dump
from tests.helpers.redis_server import redis_port  # noqa: F401
from tests.helpers.relay import Relay

MADE = "/search/?query=about"
NAME = "behind_nginx"


@pytest.fixture(scope="module")
def lines(redis_port):  # noqa: F811
    """(to PostgreSQL, to Redis)."""
    address = urlsplit(SERVER)
    try:
        with psycopg.connect(SERVER, autocommit=True, connect_timeout=3) as server:
            server.execute(f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE)")
            server.execute(f"CREATE DATABASE {NAME}")
    except psycopg.OperationalError:
        if os.environ.get("CI"):
            raise
        pytest.skip("no PostgreSQL on this machine")
    lines = (
        Relay(address.hostname, address.port or 5432),
        Relay("127.0.0.1", redis_port),
    )
    yield lines
    for line in lines:
        line.cut()
    with psycopg.connect(SERVER, autocommit=True) as server:
        server.execute(f"DROP DATABASE {NAME} WITH (FORCE)")


@pytest.fixture(scope="module")
def far(lines, served, tmp_path_factory, pytestconfig):
    """A site whose database and cache are elsewhere."""
    database, cache = lines
    who = urlsplit(SERVER).netloc.rpartition("@")[0]
    there = urlsplit(SERVER)._replace(path=f"/{NAME}").geturl()
    restore(there, prepared_dump(pytestconfig))
    site = BehindNginx(
        tmp_path_factory.mktemp("far"),
        DATABASE_URL=f"postgres://{who}@127.0.0.1:{database.port}/{NAME}",
        CACHE_URL=f"redis://127.0.0.1:{cache.port}/1",
        # Ends of logs are sealed in the database that is copied.
        FIELD_KEYS=",".join(settings.FIELD_KEYS),
    )
    # What was collected for the other is good for this one.
    shutil.copytree(served.folder / "var" / "static", site.folder / "var" / "static")
    try:
        site.start(seed)
        yield site
    finally:
        site.stop()


def test_without_postgresql_what_is_stored_is_read(far, lines):
    wait_until(lambda: "ETag" in far.get("/about/")[1])
    assert far.get(MADE)[0] == 200

    lines[0].cut()
    try:
        assert far.get("/about/")[0] == 200
        status, headers, _ = far.get(MADE)
        assert (status, headers["Retry-After"].isdecimal()) == (503, True)
        assert far.get("/_health/live/")[0] == 200
        assert far.get("/_health/ready/")[0] == 503
    finally:
        lines[0].mend()

    for _ in range(10):
        assert far.get(MADE)[0] == 200
    assert far.get("/_health/ready/")[0] == 200


def test_without_redis_everything_is_read_and_nobody_signs_in(far, lines):
    assert sign_in(far)[0] == 302

    lines[1].cut()
    try:
        assert far.get(MADE)[0] == 200
        status, headers = sign_in(far)
        assert (status, headers["Retry-After"].isdecimal()) == (503, True)
    finally:
        lines[1].mend()

    wait_until(lambda: sign_in(far)[0] == 302)
