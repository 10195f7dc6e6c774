"""A Redis of the tests' own."""

import shutil
import subprocess

import pytest
import redis
from redis.backoff import ConstantBackoff
from redis.retry import Retry

from tests.helpers.relay import refused_port


@pytest.fixture(scope="module")
def redis_port(tmp_path_factory):
    """A Redis of our own."""
    if not (program := shutil.which("redis-server")):
        pytest.skip("no redis-server on this machine")
    port = refused_port()
    with subprocess.Popen(  # noqa: S603
        [program, "--port", str(port), "--save", ""],
        cwd=tmp_path_factory.mktemp("redis"),
        stdout=subprocess.DEVNULL,
    ) as process:
        patience = Retry(ConstantBackoff(0.1), 300)
        with redis.Redis(port=port, retry=patience) as server:
            server.ping()
        yield port
        process.terminate()
