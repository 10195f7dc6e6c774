"""A store that is full keeps fewer pages, refuses nothing and recovers by itself."""

import os
from contextlib import contextmanager, suppress

import pytest

from delivery import pages
from delivery.generations import generations
from delivery.warming import Warmer, moment
from tests.deploy.disks import full, need_small_disk, read_only, small_disk
from tests.helpers.factories import ContentPageFactory
from tests.helpers.visiting import open_transaction_kept

pytestmark = pytest.mark.django_db
SIZE = 256 * 1024


@pytest.fixture(params=["bytes", "files"])
def disk(request, folder):
    """The folder of the store, as a disk that lacks the one or the other."""
    folder.mkdir()
    with small_disk(folder, SIZE, files=100 if request.param == "files" else 0):
        need_small_disk(folder)
        yield folder


@pytest.fixture
def begin(disk, monkeypatch):
    """``begin()`` starts a generation and returns its name, if it could be opened."""
    now = [1_800_000_000.0]
    monkeypatch.setattr("time.time", lambda: now[0])

    def start():
        now[0] += 1
        generations().start()
        return generations().current()

    return start


@pytest.fixture
def paths(home):
    """Addresses of more pages than the store has room for."""
    with open_transaction_kept():
        return [
            ContentPageFactory(parent=home, slug=f"page-{n}").url for n in range(25)
        ]


def ask(visitor, paths):
    for path in paths:
        assert visitor.get(path).status == 200
        with pages._cleaning:  # whoever deletes what is over has done so
            pass


def kept_in(folder, generation):
    return {
        key.removeprefix("localhost_8000")
        for key in pages.stored_keys(folder)
        if list(folder.glob(f"{generation}/*/{key}.p"))
    }


def are_two_thirds(disk):
    state = os.statvfs(disk)
    few_files = state.f_files and state.f_ffree < state.f_files / 3
    return few_files or state.f_bfree < state.f_blocks / 3


def test_pages_that_take_two_thirds_of_it_are_kept_in_each_generation(
    disk, begin, visitor, paths
):
    begin()
    asked = []
    while not are_two_thirds(disk):
        asked.append(paths[len(asked)])
        ask(visitor, asked[-1:])

    for _ in range(4):
        generation = begin()
        # What could not be kept at first is kept when it is asked for again.
        ask(visitor, asked * 2)
        assert kept_in(disk, generation) == set(asked)


def test_more_pages_than_it_holds_leave_room_for_what_is_not_a_page(
    disk, begin, visitor, paths
):
    for _ in range(3):
        generation = begin()
        ask(visitor, paths * 2)

        assert 0 < len(kept_in(disk, generation)) < len(paths)
        (disk / "more").write_bytes(bytes(SIZE // 20))
        (disk / "more").unlink()


def test_generations_go_on_where_not_a_byte_is_free(disk, begin, visitor, paths):
    before = begin()

    with full(disk):
        assert begin() > before
        ask(visitor, paths[:1])
        assert pages.stored_keys(disk) == []

    ask(visitor, paths[:1])
    assert len(pages.stored_keys(disk)) == 1


@contextmanager
def out_of_files(disk):
    """Leave no room for one more file on a disk, empty as they may be."""
    made = [disk / f"more-{number}" for number in range(100)]
    with suppress(OSError):
        for path in made:
            path.touch()
    yield
    for path in made:
        path.unlink(missing_ok=True)


@pytest.mark.parametrize(
    ("disk", "hindered"),
    [("bytes", read_only), ("files", out_of_files)],
    indirect=["disk"],
)
def test_who_starts_while_nothing_can_be_made_starts_a_generation_afterwards(
    disk, hindered, begin, visitor, paths
):
    before = begin()
    ask(visitor, paths[:1])

    with hindered(disk):
        with pytest.raises(OSError, match=r"Read-only|No space"):
            begin()
        assert generations().current() is None
        ask(visitor, paths[:1])

    assert generations().current() > before


def test_what_there_is_no_room_for_is_not_made_beforehand(
    disk, begin, visitor, paths, caplog
):
    warmer = Warmer(visitor.application)
    begin()
    ask(visitor, paths[:8])
    generation, made = begin(), visitor.made

    # Only the pages of the last generation can make room for those of this one.
    with full(disk), open_transaction_kept():
        at = moment(generations())
        warmed = list(warmer.warm(generations(), at, lambda: False))

    assert visitor.made == made + len(warmed) < made + 8
    kept = {f"localhost_8000{path}" for path in kept_in(disk, generation)}
    assert kept == {*warmed} - {"localhost_8000/search/"} != set()
    assert "full" in caplog.text
