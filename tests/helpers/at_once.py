"""Several people who do something at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connections


def at_once(*works):
    """Do each in a thread of its own, all starting together; what they returned."""
    barrier = Barrier(len(works), timeout=60)

    def start(work):
        barrier.wait()
        try:
            return work()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(works)) as threads:
        return list(threads.map(start, works))
