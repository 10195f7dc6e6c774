"""Requests that go on while something is done to the site."""

import threading
import time
from collections import Counter
from contextlib import contextmanager


@contextmanager
def under_load(ask, *, visitors=4, pause=0.05):
    """Have visitors ask all the while; give a counter of statuses and errors.

    ``ask(visitor)`` returns a status. nginx limits what one address asks for, so each
    visitor pauses between requests.
    """
    counted, over = Counter(), threading.Event()

    def visit(number):
        while not over.is_set():
            try:
                counted[ask(number)] += 1
            except OSError as error:
                counted[repr(error)] += 1
            over.wait(pause * visitors)

    threads = [threading.Thread(target=visit, args=(n,)) for n in range(visitors)]
    for thread in threads:
        thread.start()
    try:
        yield counted
    finally:
        over.set()
        for thread in threads:
            thread.join()


def wait_until(condition, patience=60):
    """Wait until ``condition()`` holds, which another process brings about."""
    until = time.monotonic() + patience
    while not condition():
        assert time.monotonic() < until, "It never came about."
        time.sleep(0.05)
