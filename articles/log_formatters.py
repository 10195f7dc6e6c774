"""Log formatters for imports in an article's history."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import LogFormatter

LOG_ACTION = "articles.import"


class ImportFormatter(LogFormatter):
    """This draft was imported from a file."""

    label = _("Import an article")

    def format_message(self, log_entry: Any) -> str:
        file = log_entry.data.get("file") or gettext("a file")
        return gettext("Imported from “{file}”").format(file=file)
