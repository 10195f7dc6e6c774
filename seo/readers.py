"""What readers see, and whose site it is: decided above this app, which asks here."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

_answers: list[Callable[[], Any]] = []
_organisations: list[Callable[[Any], Any]] = []
_clocks: list[Callable[[], datetime | None]] = []


def register(
    pages: Callable[[], Any],
    organisation: Callable[[Any], Any],
    unchanged_since: Callable[[], datetime | None],
) -> None:
    """Register what returns all pages, as a queryset that knows what readers see.

    It has ``shown()``, what anyone may read now; ``reachable()``, what answers at its
    address, if only by asking for a password; ``marked_private()``, at which asking
    begins; ``not_withheld()``, published or not, without what is hidden for a reason
    of its own; and ``originals()``.

    ``organisation(site)`` returns the record of the organisation, with its ``logo``.

    ``unchanged_since()`` returns since when nothing that readers see has changed, None
    where nobody knows.
    """
    _answers[:] = [pages]
    _organisations[:] = [organisation]
    _clocks[:] = [unchanged_since]


def pages() -> Any:
    """Return the pages of all types."""
    return _answers[0]()


def organisation(site: Any) -> Any:
    """Return the record of the organisation that owns ``site``."""
    return _organisations[0](site)


def unchanged_since() -> datetime | None:
    """Return since when readers see what they see now, None where nobody knows."""
    return _clocks[0]()
