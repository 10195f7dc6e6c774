"""How the history of a reference words what happened to it."""

from typing import Any

from wagtail.log_actions import LogFormatter


class MergeFormatter(LogFormatter):
    """Another record became this one."""

    label = "Merge a duplicate"

    def format_message(self, log_entry: Any) -> str:
        return f"Merged with {log_entry.data.get('merged', 'another record')}"
