"""Generations in a Redis of the tests' own."""

import redis

from delivery import shared
from delivery.shared import SharedGenerations


def clocked(folder, port, now):
    """Return generations whose clock is ``now[0]``, of a Redis that started before."""
    client = empty(port)
    script = shared._SCRIPT.replace("'TIME'", "'MGET', 'test:seconds', 'test:micro'")

    class Clocked(SharedGenerations):
        def _ask(self, action, committer=""):
            seconds, part = divmod(now[0], 1)
            at = {"test:seconds": int(seconds), "test:micro": int(part * 1_000_000)}
            client.mset(at)
            return super()._ask(action, committer)

        def begin(self, committer):
            self._ask("begin", committer)

        def end(self, committer):
            self._ask("end", committer)

    kept = Clocked(folder, f"redis://127.0.0.1:{port}")
    kept._script = client.register_script(script)
    now[0] -= 100
    assert kept.current() is None
    now[0] += 100
    return kept


def empty(port):
    """Return a client of a Redis in which nothing is."""
    client = redis.Redis(port=port)
    client.flushdb()
    return client


def unlimited(script):
    """Return the script that opens a generation after each change.

    In life one a second is opened.
    """
    limit = "if now == number then return '' end"
    assert limit in script
    return script.replace(limit, "")


def without_limit(monkeypatch):
    monkeypatch.setattr(shared, "_SCRIPT", unlimited(shared._SCRIPT))


def end_leases(client):
    """Have whoever was killed, or forgotten, be waited for no longer."""
    busy = [name for name in client.hkeys(shared._KEY) if name.startswith(b"busy:")]
    if busy:
        client.hdel(shared._KEY, *busy)
