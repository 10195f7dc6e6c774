"""Choices among keys that are texts."""

from typing import Any

from wagtail import blocks


class KeyBlock(blocks.ChoiceBlock):
    """A choice among texts, read as it is stored.

    Wagtail's own goes through all choices each time a page is read, to find the type of
    the key.
    """

    def normalize_choice(self, value: Any) -> Any:
        return None if value is None else str(value)
