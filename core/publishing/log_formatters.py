"""Log formatters for our entries in a page's history."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import LogFormatter


class OverrideFormatter(LogFormatter):
    """A page was published in spite of warnings."""

    label = _("Publish in spite of warnings")

    def format_message(self, log_entry: Any) -> str:
        return gettext("Published in spite of warnings: {reason}").format(
            reason=log_entry.data.get("reason", "")
        )


class RefusalFormatter(LogFormatter):
    """A scheduled page was refused when it was due."""

    label = _("Refuse a scheduled publication")

    def format_message(self, log_entry: Any) -> str:
        problems = " ".join(log_entry.data.get("problems", []))
        return gettext("Not published when due. {problems}").format(problems=problems)


class SavedFormatter(LogFormatter):
    """A draft was saved with the button."""

    label = _("Save by hand")
    message = _("Draft saved by hand")


class KeptFormatter(LogFormatter):
    """A version was kept that autosave would have overwritten."""

    label = _("Keep a version")
    message = _("Version kept from before something was deleted")
