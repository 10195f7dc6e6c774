"""A generation is open only while nobody changes what readers see."""

import os
from pathlib import Path

import pytest

from delivery.generations import Generations


@pytest.fixture
def now(monkeypatch):
    """The time, which ``now[0]`` sets."""
    time = [1_800_000_000.0]
    monkeypatch.setattr("delivery.generations.time.time", lambda: time[0])
    return time


@pytest.fixture
def kept(tmp_path, now):
    return Generations(tmp_path / "pages")


def link(kept):
    return str((kept.folder / "current").readlink())


def test_the_first_to_ask_opens_the_first_generation(kept):
    assert kept.current() == "gen-1800000000"
    assert (kept.folder / "gen-1800000000").is_dir()


def test_no_generation_is_open_while_somebody_commits(kept, now):
    kept.current()
    now[0] += 10

    with kept.fence():
        assert link(kept) == "closed-1800000000"
        assert kept.current() is None

    assert kept.current() == "gen-1800000010"


def test_a_commit_whose_outcome_is_unknown_opens_a_new_generation(kept, now):
    kept.current()
    now[0] += 10

    with pytest.raises(ConnectionError), kept.fence():
        raise ConnectionError

    assert kept.current() == "gen-1800000010"


def test_two_changes_in_a_second_share_the_generation_of_the_next(kept, now):
    kept.current()
    with kept.fence():
        pass
    now[0] += 0.9
    assert kept.current() is None

    now[0] += 0.1

    assert kept.current() == "gen-1800000001"


def test_numbers_grow_though_the_clock_is_set_back(kept, now):
    kept.current()
    now[0] -= 3600

    with kept.fence():
        pass

    assert kept.current() == "gen-1800000001"


def killed_while_committing(kept, *, age):
    with kept.fence():
        pass
    lock = kept.folder / "lock"
    lock.write_text("1")
    kept._point(link(kept).replace("gen", "closed"))
    os.utime(lock, (1_800_000_000 - age,) * 2)


def test_the_commit_of_who_was_killed_is_waited_for(kept, now):
    kept.current()
    now[0] -= 100
    killed_while_committing(kept, age=0)
    now[0] = 1_800_000_000 + 4.9

    assert kept.current() is None
    # Another commit does not open what the first may still change.
    with kept.fence():
        pass
    os.utime(kept.folder / "lock", (1_800_000_004,) * 2)
    assert kept.current() is None
    now[0] += 5
    assert kept.current() == "gen-1800000009"


def test_what_somebody_killed_left_closed_opens_later(kept, now):
    kept.current()
    killed_while_committing(kept, age=10)

    now[0] += 1

    assert kept.current() == "gen-1800000001"


def test_nothing_is_committed_where_the_folder_cannot_be_written(kept, monkeypatch):
    def full(*args):
        raise OSError(28, "No space left on device")

    kept.current()
    monkeypatch.setattr(Path, "symlink_to", full)

    with pytest.raises(OSError, match="No space"), kept.fence():
        pytest.fail("It would be committed.")


def test_a_folder_in_memory_that_was_lost_is_made_anew(kept, now):
    kept.current()
    for path in (kept.folder / "current", kept.folder / "lock"):
        path.unlink()
    now[0] += 1

    assert kept.current() == "gen-1800000001"
