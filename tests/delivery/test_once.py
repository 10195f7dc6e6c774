"""What the whole site shares is worked out once, and never outlives a change."""

import threading

import pytest
from django.db import connection

from delivery import once as module
from delivery.once import once_per_generation, once_per_request, scope
from tests.helpers.factories import TopicFactory


@pytest.fixture(autouse=True)
def nothing_shared(monkeypatch):
    monkeypatch.setattr(module, "_shared", ("gen-0", {}))


@pytest.fixture
def counted():
    calls = []

    @once_per_generation
    def work_out(*args, **kwargs):
        calls.append((args, kwargs))
        return [len(calls)]

    work_out.calls = calls
    return work_out


def test_requests_of_one_generation_share_it(counted):
    for _request in range(3):
        with scope("gen-5"):
            assert counted("menu") == [1]
            assert counted("menu") == [1]
            assert counted("footer") == [2]

    assert counted.calls == [(("menu",), {}), (("footer",), {})]


def test_the_next_generation_works_it_out_again(counted):
    with scope("gen-5"):
        assert counted() == [1]
    with scope("gen-6"):
        assert counted() == [2]


def test_a_request_of_an_older_generation_changes_nothing_of_the_newer(counted):
    with scope("gen-6"):
        assert counted() == [1]
    with scope("gen-5"):
        assert counted() == [2]
        assert counted() == [2]
    with scope("gen-6"):
        assert counted() == [1]


def test_without_a_generation_it_holds_for_one_request(counted):
    for request in (1, 2):
        with scope(None):
            assert counted() == [request]
            assert counted() == [request]


def test_outside_requests_it_is_worked_out_each_time(counted):
    assert [counted(), counted()] == [[1], [2]]


def test_a_failure_is_not_kept():
    attempts = []

    @once_per_generation
    def fails_at_first():
        attempts.append(1)
        if len(attempts) == 1:
            raise ConnectionError
        return "done"

    with scope("gen-5"):
        with pytest.raises(ConnectionError):
            fails_at_first()
        assert fails_at_first() == "done"


@pytest.mark.django_db
def test_who_changes_something_works_it_out_anew_from_then_on(counted):
    with scope("gen-5"):
        assert counted() == [1]
        TopicFactory()
        assert [counted(), counted()] == [[2], [3]]
        assert module.current_generation() is None


@pytest.mark.django_db
def test_what_is_not_committed_is_shared_with_nobody(counted):
    TopicFactory()
    assert connection.has_visible_changes

    with scope("gen-5"):
        assert counted() == [1]

    assert module._shared == ("gen-0", {})


def test_threads_share_it(counted):
    results = []

    def ask():
        with scope("gen-5"):
            results.append(counted())

    with scope("gen-5"):
        counted()
    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert results == [[1]] * 4


class TestOncePerRequest:
    def test_is_worked_out_anew_for_the_next_request(self):
        calls = []

        def ask():
            return once_per_request("key", lambda: calls.append(1) or len(calls))

        with scope("gen-5"):
            first = [ask(), ask()]
        with scope("gen-5"):
            second = ask()

        assert (first, second) == ([1, 1], 2)

    @pytest.mark.django_db
    def test_is_worked_out_each_time_once_the_request_has_changed_something(self):
        names = iter("abc")
        with scope("gen-5"):
            before = once_per_request("key", lambda: next(names))
            TopicFactory()
            after = [once_per_request("key", lambda: next(names)) for _ in range(2)]

        assert (before, after) == ("a", ["b", "c"])
