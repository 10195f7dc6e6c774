"""Tells the history of every page that has one, in place of `core.history`."""

from functools import partial
from typing import Any

from core.history.telling import Answer, Teller
from review.history.earlier import correction_after, serve_version
from review.history.listing import History, history_of
from review.structured_data import correction_properties


class HistoryTeller(Teller):
    def history_of(self, page: Any) -> History:
        return history_of(page)

    def corrections_for_machines(self, page: Any) -> dict[str, Any]:
        return correction_properties(page.history.corrections)

    def answer(self, page: Any, steps: list[str]) -> Answer | None:
        correction = correction_after(page, steps)
        return partial(serve_version, page, correction) if correction else None
