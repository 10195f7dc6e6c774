"""The exception that stops an import whose preview is out of date."""

from typing import Any


class Changed(Exception):
    """The site has changed since the preview, so nothing was stored.

    Attributes:
        rows: What the plan is now.
        count: How many of the rows to be imported are different.
    """

    def __init__(self, rows: list[Any], count: int) -> None:
        super().__init__(count)
        self.rows = rows
        self.count = count
