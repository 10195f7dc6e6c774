"""Log formatters for merges in a reference's history."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import LogFormatter


class MergeFormatter(LogFormatter):
    """Another record was merged into this one."""

    label = _("Merge a duplicate")

    def format_message(self, log_entry: Any) -> str:
        merged = log_entry.data.get("merged") or gettext("another record")
        return gettext("Merged with {record}").format(record=merged)
