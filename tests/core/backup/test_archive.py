"""An archive takes every file of a store, and puts none anywhere else."""

import io
import os
import tarfile

import pytest

from core.backup import archive


def test_a_folder_that_cannot_be_read_is_a_failure(tmp_path, monkeypatch):
    """Root, as which tests may run, can read every folder."""
    (tmp_path / "films").mkdir()
    usual = os.scandir

    def scandir(path):
        if str(path).endswith("films"):
            raise PermissionError(13, "Permission denied", str(path))
        return usual(path)

    monkeypatch.setattr(os, "scandir", scandir)
    monkeypatch.setattr(archive, "folder", lambda store: tmp_path)
    with (
        tarfile.open(fileobj=io.BytesIO(), mode="w|") as stream,
        pytest.raises(PermissionError, match="films"),
    ):
        archive._add_files(stream, "private")


def test_what_the_file_system_keeps_in_the_root_of_a_disk_is_no_upload(
    tmp_path, monkeypatch
):
    for folder in ("lost+found", "films/lost+found"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "a").touch()
    monkeypatch.setattr(archive, "folder", lambda store: tmp_path)
    stream = io.BytesIO()

    with tarfile.open(fileobj=stream, mode="w") as written:
        archive._add_files(written, "private")

        assert written.getnames() == ["files/private/films/lost+found/a"]


@pytest.mark.parametrize("name", ["../out", "a/../../out", "link/out"])
def test_a_file_that_leads_out_of_its_store_is_refused(tmp_path, monkeypatch, name):
    # Debian 12's Python 3.11.2 lacks both.
    monkeypatch.delattr(tarfile, "data_filter", raising=False)
    monkeypatch.delattr(tarfile.TarInfo, "replace", raising=False)
    store = tmp_path / "store"
    store.mkdir()
    (store / "link").symlink_to(tmp_path)
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as written:
        written.addfile(tarfile.TarInfo(f"files/default/{name}"))
    stream.seek(0)

    with tarfile.open(fileobj=stream) as read, pytest.raises(tarfile.TarError):
        archive.extract(read, {"files/default": store})

    assert not (tmp_path / "out").exists()
