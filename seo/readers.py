"""Which pages readers see. It is decided above this app, which asks here."""

from collections.abc import Callable
from typing import Any

_answers: list[Callable[[], Any]] = []


def register(pages: Callable[[], Any]) -> None:
    """Register what returns all pages, as a queryset that knows what readers see.

    It has ``shown()``, what anyone may read now; ``reachable()``, what answers at its
    address, if only by asking for a password; ``not_withheld()``, published or
    not, without what is hidden for a reason of its own; and ``originals()``.
    """
    _answers[:] = [pages]


def pages() -> Any:
    """Return the pages of all types."""
    return _answers[0]()
