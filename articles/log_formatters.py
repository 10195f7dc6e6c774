"""How the history of an article words what happened to it."""

from typing import Any

from wagtail.log_actions import LogFormatter


class ImportFormatter(LogFormatter):
    """A file became this draft."""

    label = "Import an article"

    def format_message(self, log_entry: Any) -> str:
        return f"Imported from “{log_entry.data.get('file', 'a file')}”"
