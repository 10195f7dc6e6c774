"""A backup is encrypted, and written whole or not at all."""

import shutil
import subprocess

from tests.helpers.backups import NEEDS_AGE, write

pytestmark = NEEDS_AGE


def test_nothing_of_a_backup_can_be_read_without_the_key(backup, tmp_path, keys):
    content = backup.read_bytes()
    for text in (b"The clinic", b"editor", b"sea wall", b"manifest"):
        assert text not in content
    assert backup.stat().st_mode & 0o007 == 0


def test_the_newest_are_kept_and_what_a_killed_one_left_is_cleared_away(
    original, backup, keys, tmp_path
):
    for name in ("2026-01-01T00-00-00Z.tar.age", backup.name):
        shutil.copy(backup, tmp_path / name)
    (tmp_path / ".unfinished-1").mkdir()
    (tmp_path / ".unfinished-1" / "database").write_text("x")

    latest = write(original, keys, tmp_path, "--keep=2")

    kept = {path.name for path in tmp_path.iterdir()}
    assert kept == {backup.name, latest.name, ".lock"}


def test_none_is_deleted_unless_told_how_many_are_kept(
    original, backup, keys, tmp_path
):
    old = [tmp_path / f"2026-01-{day:02}T00-00-00Z.tar.age" for day in range(1, 21)]
    for path in old:
        path.touch()

    latest = write(original, keys, tmp_path)

    assert set(tmp_path.glob("*.age")) == {*old, latest}


def test_after_a_clock_that_ran_ahead_the_newest_are_kept_all_the_same(
    original, backup, keys, tmp_path
):
    ahead = {f"2999-01-0{day}T00-00-00-000000Z.tar.age" for day in (1, 2)}
    for name in ("2026-01-01T00-00-00-000000Z.tar.age", *ahead):
        (tmp_path / name).touch()

    done = original.attempt(
        *("backup", str(tmp_path), f"--recipients={keys[0]}", "--keep=1")
    )

    written = done.stdout.strip().rpartition("/")[2]
    assert {path.name for path in tmp_path.glob("*.age")} == {*ahead, written}
    assert "The names of 2 backups lie ahead" in done.stderr


def test_a_store_that_is_not_there_is_a_failure_that_deletes_nothing(
    original, backup, keys, tmp_path
):
    shutil.copy(backup, tmp_path)
    place, elsewhere = original.folder / "private", tmp_path / "elsewhere"
    place.rename(elsewhere)

    try:
        done = original.attempt(
            *("backup", str(tmp_path), f"--recipients={keys[0]}", "--keep=1")
        )
    finally:
        elsewhere.rename(place)

    assert done.returncode == 1
    assert f"is not there: {place}" in done.stderr
    assert [path.name for path in tmp_path.glob("*.age")] == [backup.name]


def test_a_failure_leaves_the_earlier_ones_and_nothing_else(original, backup, tmp_path):
    shutil.copy(backup, tmp_path)
    wrong = tmp_path / "recipients"
    wrong.write_text("no key\n")

    done = original.attempt(
        *("backup", str(tmp_path), f"--recipients={wrong}", "--keep=1")
    )

    assert done.returncode == 1
    assert "No backup was written, and the earlier ones are unt" in done.stderr
    left = {path.name for path in tmp_path.iterdir()}
    assert left == {backup.name, "recipients", ".lock"}


def test_files_that_come_and_go_meanwhile_harm_nothing(original, keys, tmp_path):
    churn = original.folder / "media" / "churn"
    churn.mkdir()
    # Stopped, it first waits for the `rm` it began.
    churning = "while :; do for n in 1 2 3; do echo $$ > $n; done; rm -f *; done"
    shell = ["/bin/sh", "-c", f"trap exit TERM; {churning}"]
    with subprocess.Popen(shell, cwd=churn) as other:  # noqa: S603
        try:
            write(original, keys, tmp_path)
        finally:
            other.terminate()
    shutil.rmtree(churn)
