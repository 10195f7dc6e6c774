"""Who tells the history of pages: an app above, which knows corrections and reviews."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

Answer = Callable[[HttpRequest], HttpResponse]


class Teller:
    """Tells nothing; an app registers one of its own."""

    def history_of(self, page: Any) -> Any:
        """Return what readers are told, false where that is nothing."""
        return None

    def corrections_for_machines(self, page: Any) -> dict[str, Any]:
        """Return the JSON-LD properties of the page that say what was corrected."""
        return {}

    def answer(self, page: Any, steps: list[str]) -> Answer | None:
        """Return what answers beneath the page's address, None where nothing does.

        Args:
            page: The page as it is published.
            steps: The parts of the address beneath the page's own.
        """
        return None


_tellers = [Teller()]


def register(teller: Teller) -> None:
    """Have ``teller`` tell the history of every page that has one."""
    _tellers[:] = [teller]


def teller() -> Teller:
    return _tellers[0]
