"""Log formatters for our entries in a page's history."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import LogFormatter


class ReturnedFormatter(LogFormatter):
    """A page was changed after its review, and has to be reviewed again."""

    label = _("Return to the medical review")

    def format_message(self, log_entry: Any) -> str:
        return gettext("Changed after its medical review: back at “{task}”.").format(
            task=log_entry.data.get("task", "")
        )
