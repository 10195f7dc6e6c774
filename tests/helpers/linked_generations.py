"""Generations of one machine for tests: no second to wait for, and nobody dead."""

import os
from contextlib import contextmanager
from unittest import mock

from delivery.linked import LinkedGenerations


@contextmanager
def without_limit():
    """Open a generation after each change. In life one a second is opened."""
    opened = LinkedGenerations._open_after

    def open_after(self, number):
        with mock.patch("delivery.linked.time.time", return_value=float(number + 1)):
            opened(self, number)

    with mock.patch.object(LinkedGenerations, "_open_after", open_after):
        yield


def end_grace(folder):
    """Have whoever was killed while committing be waited for no longer."""
    os.utime(folder / "lock", (0, 0))
