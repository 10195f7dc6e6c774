"""A generation is open only while nobody changes what readers see."""

import os
from pathlib import Path

import pytest

from delivery.linked import LinkedGenerations
from delivery.protocol import opened_at
from tests.helpers.shared_generations import clocked


@pytest.fixture
def now(monkeypatch):
    """The time, which ``now[0]`` sets."""
    time = [1_800_000_000.0]
    monkeypatch.setattr("delivery.linked.time.time", lambda: time[0])
    return time


@pytest.fixture(autouse=True)
def ended(monkeypatch):
    """Whether the database has ended all commits, which ``ended[0]`` sets."""
    ended = [True]
    for protocol in ("linked", "shared"):
        monkeypatch.setattr(f"delivery.{protocol}.commits_have_ended", lambda: ended[0])
    return ended


@pytest.fixture
def linked(tmp_path, now):
    return LinkedGenerations(tmp_path / "pages")


@pytest.fixture(params=["linked", "shared"])
def kept(request, tmp_path, now):
    """Generations that are kept in either way."""
    if request.param == "linked":
        return request.getfixturevalue("linked")
    return clocked(tmp_path / "pages", request.getfixturevalue("redis_port"), now)


def number(kept):
    """Return the second at which the open generation was opened."""
    return opened_at(kept.current())


def link(kept):
    return str((kept.folder / "current").readlink())


def test_the_first_to_ask_opens_the_first_generation(kept):
    assert number(kept) == 1_800_000_000
    assert (kept.folder / kept.current()).is_dir()


def test_no_generation_is_open_while_somebody_commits(kept, now):
    kept.current()
    now[0] += 10

    with kept.fence():
        assert kept.current() is None

    assert number(kept) == 1_800_000_010


def test_a_commit_that_somebody_gave_up_is_waited_for_as_long_as_it_takes(
    kept, now, ended
):
    kept.current()
    now[0] += 10
    ended[0] = False

    with pytest.raises(ConnectionError), kept.fence():
        raise ConnectionError

    assert kept.current() is None
    now[0] += 3600
    assert kept.current() is None
    # Nor does another's open what this one may still change.
    with kept.fence():
        pass
    assert kept.current() is None
    ended[0] = True
    assert number(kept) == 1_800_003_610


def test_two_changes_in_a_second_share_the_generation_of_the_next(kept, now):
    kept.current()
    with kept.fence():
        pass
    now[0] += 0.9
    assert kept.current() is None

    now[0] += 0.1

    assert number(kept) == 1_800_000_001


def test_numbers_grow_though_the_clock_is_set_back(kept, now):
    kept.current()
    now[0] -= 3600

    with kept.fence():
        pass

    assert number(kept) == 1_800_000_001


def test_the_link_says_that_somebody_commits(linked):
    linked.current()

    with linked.fence():
        assert link(linked) == "closed-1800000000"


def killed_while_committing(linked, *, age):
    with linked.fence():
        pass
    lock = linked.folder / "lock"
    lock.write_text("1")
    linked._point(link(linked).replace("gen", "closed"))
    os.utime(lock, (1_800_000_000 - age,) * 2)


def test_the_commit_of_who_was_killed_is_waited_for(linked, now):
    linked.current()
    now[0] -= 100
    killed_while_committing(linked, age=0)
    now[0] = 1_800_000_000 + 4.9

    assert linked.current() is None
    # Another commit does not open what the first may still change, nor does a row of
    # them put that off.
    with linked.fence():
        pass
    assert linked.current() is None
    now[0] += 0.1
    assert linked.current() == "gen-1800000005"


def test_what_somebody_killed_left_closed_opens_later(linked, now):
    linked.current()
    killed_while_committing(linked, age=10)

    now[0] += 1

    assert linked.current() == "gen-1800000001"


def test_nothing_is_committed_where_the_folder_cannot_be_written(linked, monkeypatch):
    def full(*args):
        raise OSError(28, "No space left on device")

    linked.current()
    monkeypatch.setattr(Path, "symlink_to", full)

    with pytest.raises(OSError, match="No space"), linked.fence():
        pytest.fail("It would be committed.")


def test_a_folder_in_memory_that_was_lost_is_made_anew(linked, now):
    linked.current()
    for path in (linked.folder / "current", linked.folder / "lock"):
        path.unlink()
    now[0] += 1

    assert linked.current() == "gen-1800000001"
