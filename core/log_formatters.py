"""How the page history words what the publish gate did."""

from typing import Any

from wagtail.log_actions import LogFormatter


class OverrideFormatter(LogFormatter):
    """A page went live in spite of warnings."""

    label = "Publish in spite of warnings"

    def format_message(self, log_entry: Any) -> str:
        return f"Published in spite of warnings: {log_entry.data.get('reason', '')}"


class RefusalFormatter(LogFormatter):
    """A scheduled page was refused when it was due."""

    label = "Refuse a scheduled publication"

    def format_message(self, log_entry: Any) -> str:
        problems = " ".join(log_entry.data.get("problems", []))
        return f"Not published when due. {problems}"
