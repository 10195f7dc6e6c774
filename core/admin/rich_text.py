"""The rich text editor's widget, made safe against malformed posts."""

from typing import Any

from django.core.exceptions import BadRequest
from wagtail.admin.rich_text import DraftailRichTextArea

from core.publishing.posted_form import PostedForm

# Deeper than lists, and more than styles, can be made with the editor.
_UNREADABLE = (
    AttributeError,
    IndexError,
    KeyError,
    RecursionError,
    TypeError,
    ValueError,
)


class ReadableRichTextArea(DraftailRichTextArea):
    """Wagtail's widget, which otherwise fails on malformed content.

    Wagtail 7.4 has no issue for it. A test in tests/core/test_upstream.py fails once
    that is mended.
    """

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        try:
            return super().value_from_datadict(data, files, name)
        except _UNREADABLE:
            if not isinstance(data, PostedForm):
                raise BadRequest from None
            data.is_incomplete = True
            return ""
