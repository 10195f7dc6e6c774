"""Template tags for corrections.

``{% version_before page value as version %}``: what one leads to.
``{% correction_day page value as day %}``: when readers were told of it.
``{% correction_text page value as text %}``: what it says, as far as that is allowed.
"""

from datetime import date
from typing import Any

from django import template
from wagtail.rich_text import RichText

from core.history.pages import HistoryMixin
from review.history import listing

register = template.Library()


@register.simple_tag
def version_before(page: Any, value: Any) -> int | None:
    """Return the pk of the version before a correction, None where there is none.

    Args:
        page: The page that is shown, or what a preview has in its place.
        value: The `CorrectionBlock`'s value on it.
    """
    block_id = getattr(value, "block_id", "")
    if not (block_id and isinstance(page, HistoryMixin) and page.pk):
        return None
    return listing.version_before(page, block_id)


@register.simple_tag
def correction_day(page: Any, value: Any) -> date | None:
    """Return the day of a correction: the one typed in until it is published.

    Args:
        page: The page that is shown, or what a preview has in its place.
        value: The `CorrectionBlock`'s value on it.
    """
    block_id = getattr(value, "block_id", "")
    typed: date | None = value.get("date")
    if not (block_id and getattr(page, "pk", None) and hasattr(page, "alias_of_id")):
        return typed
    return listing.day_of(page, block_id) or typed


@register.simple_tag
def correction_text(page: Any, value: Any) -> Any:
    """Return the words of a correction, or what stands for them where they name.

    Args:
        page: The page that is shown, or what a preview has in its place.
        value: The `CorrectionBlock`'s value on it.
    """
    text = value.get("text")
    if not (text and isinstance(page, HistoryMixin)):
        return text
    printed = listing.printable(page, text.source)
    return text if printed == text.source else RichText(printed)
