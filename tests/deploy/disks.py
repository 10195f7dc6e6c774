"""A disk of its own for a folder, so that it can be full."""

import shutil
import subprocess
from contextlib import contextmanager, suppress

SIZE = 200 * 1024 * 1024


@contextmanager
def small_disk(folder):
    """Mount a disk in memory at ``folder``, where this process may."""
    mount = shutil.which("mount")
    options = ["-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", folder]
    done = mount and subprocess.run(  # noqa: S603
        [mount, *options], check=False, capture_output=True
    )
    try:
        yield
    finally:
        if done and done.returncode == 0:
            subprocess.run([shutil.which("umount"), folder], check=True)  # noqa: S603


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
