"""A disk of its own for a folder, so that it can be full or not be written."""

import os
import shutil
import subprocess
from contextlib import contextmanager, suppress

import pytest

SIZE = 200 * 1024 * 1024


@contextmanager
def small_disk(folder, size=SIZE, files=0):
    """Mount a disk in memory at ``folder``, where this process may.

    It holds so many bytes, and so many files if that is not 0.
    """
    mount = shutil.which("mount")
    options = f"size={size},nr_inodes={files}"
    done = mount and subprocess.run(  # noqa: S603
        [mount, "-t", "tmpfs", "-o", options, "tmpfs", folder],
        check=False,
        capture_output=True,
    )
    try:
        yield
    finally:
        if done and done.returncode == 0:
            subprocess.run([shutil.which("umount"), folder], check=True)  # noqa: S603


def need_small_disk(folder):
    """Skip a test where this process may not mount one; CI must."""
    if not os.path.ismount(folder):
        assert not os.environ.get("CI"), "CI needs the right to mount a small disk"
        pytest.skip("this process may not mount a small disk")


@contextmanager
def read_only(folder):
    """Let nobody write to the small disk at ``folder``."""
    mount = shutil.which("mount")
    subprocess.run([mount, "-o", "remount,ro", folder], check=True)  # noqa: S603
    try:
        yield
    finally:
        subprocess.run([mount, "-o", "remount,rw", folder], check=True)  # noqa: S603


@contextmanager
def full(folder):
    """Leave no byte free on the small disk at ``folder``."""
    ballast = folder / "ballast"
    try:
        with suppress(OSError), ballast.open("wb", buffering=0) as file:
            while True:
                file.write(bytes(1024 * 1024))
        with suppress(OSError), ballast.open("ab", buffering=0) as file:
            while True:
                file.write(bytes(512))
        yield
    finally:
        ballast.unlink()
