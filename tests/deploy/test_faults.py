"""Readers are served while the site is restarted, killed, held up or out of disk."""

import os
import signal
import socket
import time

import pytest

from tests.deploy.disks import full, need_small_disk, read_only
from tests.deploy.faults import under_load, wait_until
from tests.deploy.signing_in import sign_in

# A path that no store keeps: each answer is made by the site.
MADE = "/search/?query=about"
RENAME = """
from wagtail.models import Page
Page.objects.filter(slug='alpha').update(title='{}')
"""


@pytest.fixture
def read(served):
    return lambda visitor: served.get(f"{MADE}{visitor}")[0]


def test_a_restart_under_load_fails_no_request(served, read):
    before = served.workers

    def post(_visitor):
        return sign_in(served)[0]

    with under_load(read) as counted, under_load(post, visitors=2) as posted:
        wait_until(lambda: counted[200] > 5 and posted[302] > 2)
        served.restart()
        wait_until(lambda: len(served.workers) == 2)
        so_far, posted_so_far = counted[200], posted[302]
        wait_until(lambda: counted[200] > so_far + 15)
        wait_until(lambda: posted[302] > posted_so_far + 3)

    assert not set(before) & set(served.workers)
    assert (set(counted), set(posted)) == ({200}, {302}), (counted, posted)


def test_a_killed_worker_fails_no_reader(served, read):
    with under_load(read) as counted:
        wait_until(lambda: counted[200] > 5)
        [victim, other] = served.workers
        os.kill(victim, signal.SIGKILL)
        wait_until(lambda: len(set(served.workers) - {victim}) == 2)
        so_far = counted[200]
        wait_until(lambda: counted[200] > so_far + 15)

    assert other in served.workers
    assert set(counted) == {200}, counted


def test_slow_senders_hold_up_nobody_and_are_cut_off(served):
    head = f"GET / HTTP/1.1\r\nHost: {served.host}\r\n"
    body = (
        f"POST /admin/login/ HTTP/1.1\r\nHost: {served.host}\r\n"
        "Content-Length: 100000\r\n\r\nlogin=a"
    )
    slow = []
    for begun in [head] * 60 + [body] * 60:
        connection = socket.create_connection(("127.0.0.1", served.port))
        connection.sendall(begun.encode())
        slow.append(connection)

    started = time.monotonic()
    for _ in range(5):
        assert served.get(MADE)[0] == 200
    assert time.monotonic() - started < 15

    said = []
    for connection in slow:
        connection.settimeout(60)
        said.append(connection.recv(4096)[:12])
        connection.close()
    cut_off = {b"", b"HTTP/1.1 408"}
    assert set(said[:60]) <= cut_off
    # Ten bodies of one address may be on their way at once.
    assert said[60:].count(b"HTTP/1.1 429") == 50
    assert set(said[60:]) - {b"HTTP/1.1 429"} <= cut_off
    assert time.monotonic() - started < 50


def test_a_full_disk_stops_what_is_stored_and_nothing_that_is_read(served):
    disk = served.database.parent
    need_small_disk(disk)
    assert sign_in(served)[0] == 302
    answers = []

    with full(disk):

        def refused():
            answers.append(sign_in(served))
            return answers[-1][0] != 302

        wait_until(refused)
        assert answers[-1][0] == 503
        assert int(answers[-1][1]["Retry-After"]) > 0
        assert served.get("/about/")[0] == 200
        assert served.get(MADE)[0] == 200

    assert sign_in(served)[0] == 302


@pytest.fixture
def store(served):
    """The folder of stored pages, which is a disk of its own."""
    need_small_disk(served.generations.folder)
    return served.generations.folder


@pytest.fixture
def shows(served):
    """``shows(title)`` tells whether readers get a page, and with this title."""

    def page(title):
        status, _headers, content = served.get("/alpha/")
        assert status == 200
        return title.encode() in content

    return page


def is_kept(served):
    served.get("/alpha/")
    return any(key.endswith("/alpha/") for key in served.stored)


def test_a_full_page_store_stops_no_reader_no_change_and_no_start(served, store, shows):
    wait_until(lambda: is_kept(served))

    with full(store):
        served.run(RENAME.format("While it is full"))
        assert shows("While it is full")
        served.restart()
        assert shows("While it is full")
        served.run(RENAME.format("Full and restarted"))
        assert shows("Full and restarted")
        assert not is_kept(served)

    wait_until(lambda: is_kept(served))
    assert shows("Full and restarted")


def test_a_page_store_that_cannot_be_written_stops_changes_alone_and_recovers(
    served, store, shows
):
    served.run(RENAME.format("Before"))
    wait_until(lambda: is_kept(served))
    before = served.generations.current()

    with read_only(store):
        served.restart()
        assert shows("Before")
        with pytest.raises(AssertionError, match="Nothing was stored"):
            served.run(RENAME.format("Never"))
        assert shows("Before")
        assert served.get(MADE)[0] == 200

    # What could not be started when the site was is started now, by each process.
    wait_until(lambda: served.get(MADE) and is_kept(served))
    wait_until(lambda: (served.generations.current() or "") > before)
    served.run(RENAME.format("Afterwards"))
    assert shows("Afterwards")
