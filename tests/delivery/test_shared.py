"""Several machines change pages, die and lose their Redis; no old page is kept."""

import pytest

from delivery.protocol import opened_at
from delivery.shared import SharedGenerations
from tests.helpers.relay import Relay, refused_port, silent_port
from tests.helpers.shared_generations import clocked, empty, end_leases, without_limit


@pytest.fixture(autouse=True)
def _ended(monkeypatch):
    monkeypatch.setattr("delivery.shared.commits_have_ended", lambda: True)


@pytest.fixture
def now():
    return [1_800_000_000.0]


@pytest.fixture
def machines(tmp_path, redis_port, now):
    """Two machines, each with a folder of its own."""
    one, other = (clocked(tmp_path / name, redis_port, now) for name in ("a", "b"))
    assert one.current() == other.current()
    assert number(one) == 1_800_000_000
    now[0] += 10
    return one, other


def number(kept):
    return opened_at(kept.current())


def test_each_keeps_pages_in_a_folder_of_its_own(machines):
    for each in machines:
        assert (each.folder / each.current()).is_dir()


def test_what_one_changes_is_over_for_all(machines):
    one, other = machines

    with one.fence():
        assert other.current() is None

    assert other.current() == one.current()
    assert number(one) == 1_800_000_010


def test_two_who_commit_at_once_are_both_waited_for(machines):
    one, other = machines
    other.begin("another")

    with one.fence():
        pass

    assert one.current() is None
    other.end("another")
    assert number(one) == 1_800_000_010


def test_who_is_killed_in_a_commit_is_waited_for(machines, now):
    one, other = machines
    one.begin("killed")
    now[0] += 29
    with other.fence():
        pass
    assert other.current() is None

    now[0] += 2

    assert number(other) == 1_800_000_041


def test_a_commit_that_outlasts_its_lease_is_followed_by_a_generation(machines, now):
    one, other = machines
    with one.fence():
        now[0] += 31
        assert number(other) == 1_800_000_041

    # Not in the same second: pages of before and after would share validators.
    assert other.current() is None
    now[0] += 1
    assert number(other) == 1_800_000_042


def test_a_redis_that_has_forgotten_is_not_believed(machines, redis_port, now):
    one, other = machines
    one.begin("still committing")

    empty(redis_port)

    assert other.current() is None
    now[0] += 29
    assert other.current() is None
    now[0] += 2
    assert number(other) == 1_800_000_041


def test_what_another_run_of_redis_had_open_is_over(machines, redis_port, now):
    one, other = machines
    client = empty(redis_port)
    # As a snapshot says that was taken some changes ago.
    before = {"run": "another", "open": 1, "number": 1_799_999_000}
    client.hset("pages", mapping=before)

    assert one.current() is None

    end_leases(client)
    assert one.current() == other.current()
    assert number(one) == 1_800_000_010


def test_a_number_that_comes_again_names_another_folder(machines, redis_port, now):
    one, _other = machines
    before = one.current()
    now[0] -= 40  # the clock of Redis was ahead, and what it knew is lost
    empty(redis_port)
    assert one.current() is None

    now[0] += 30

    assert number(one) == opened_at(before)
    assert one.current() != before


class TestARedisThatIsGone:
    @pytest.fixture
    def line(self, redis_port):
        with Relay("127.0.0.1", redis_port) as line:
            end_leases(empty(redis_port))
            yield line

    @pytest.fixture
    def kept(self, line, redis_port, tmp_path, monkeypatch):
        monkeypatch.setattr("delivery.shared._PAUSE", 0)
        without_limit(monkeypatch)
        kept = SharedGenerations(tmp_path, f"redis://127.0.0.1:{line.port}")
        kept.current()
        end_leases(kept._script.registered_client)
        assert kept.current()
        return kept

    def test_has_pages_made_and_not_kept(self, kept, line):
        line.cut()

        assert kept.current() is None

        line.mend()
        assert kept.current()

    def test_holds_every_change_up(self, kept, line):
        line.cut()

        with pytest.raises(ConnectionError, match="PAGE_GENERATIONS"), kept.fence():
            pytest.fail("It would be committed.")

    def test_and_went_during_a_commit_lets_that_stand(self, kept, line):
        with kept.fence():
            line.cut()

        line.mend()
        assert kept.current() is None  # until its lease ends
        end_leases(kept._script.registered_client)
        assert kept.current()

    def test_and_hangs_is_given_up(self, tmp_path, monkeypatch):
        monkeypatch.setattr("delivery.shared._PATIENCE", 0.05)
        with silent_port() as silent:
            kept = SharedGenerations(tmp_path, f"redis://127.0.0.1:{silent.port}")

            assert kept.current() is None

            # Nor does each reader wait for it anew.
            accepted = silent.accepted
            assert kept.current() is None
            assert silent.accepted == accepted

    def test_when_a_process_starts_is_told_later(self, kept, line):
        before = kept.current()
        line.cut()
        with pytest.raises(ConnectionError):
            kept.start()
        assert kept.current() is None

        line.mend()

        # Its own templates may be new: what was kept before is over.
        assert kept.current() != before

    def test_is_named_without_its_password(self, tmp_path):
        url = f"redis://:hunter2@127.0.0.1:{refused_port()}"
        kept = SharedGenerations(tmp_path, url)

        with pytest.raises(ConnectionError) as refused:
            kept.start()

        assert "hunter2" not in str(refused.value)
