"""A Redis of the tests' own."""

import shutil
import subprocess

import pytest
import redis
from redis.backoff import ConstantBackoff
from redis.retry import Retry

from tests.helpers.relay import refused_port


class RedisServer:
    """A Redis that keeps nothing when it stops, at a port of its own."""

    def __init__(self, folder):
        if not (program := shutil.which("redis-server")):
            pytest.skip("no redis-server on this machine")
        self.folder, self.port = folder, refused_port()
        self._command = [program, "--port", str(self.port), "--save", ""]

    def start(self):
        self._process = subprocess.Popen(  # noqa: S603
            self._command, cwd=self.folder, stdout=subprocess.DEVNULL
        )
        patience = Retry(ConstantBackoff(0.1), 300)
        with redis.Redis(port=self.port, retry=patience) as server:
            server.ping()

    def stop(self):
        self._process.terminate()
        self._process.wait()


@pytest.fixture(scope="module")
def redis_port(tmp_path_factory):
    """A Redis of our own."""
    server = RedisServer(tmp_path_factory.mktemp("redis"))
    server.start()
    yield server.port
    server.stop()
