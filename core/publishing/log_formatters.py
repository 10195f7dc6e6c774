"""Log formatters for our entries in a page's history."""

from datetime import datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import LogFormatter

from core.publishing import gate


class OverrideFormatter(LogFormatter):
    """A page was published in spite of warnings."""

    label = _("Publish in spite of warnings")

    def format_message(self, log_entry: Any) -> str:
        return gettext("Published in spite of warnings: {reason}").format(
            reason=log_entry.data.get("reason", "")
        )


class RefusalFormatter(LogFormatter):
    """A scheduled page was refused when it was due.

    Entries of before hold sentences, which may quote a patient: they are not printed.
    """

    label = _("Refuse a scheduled publication")

    def format_message(self, log_entry: Any) -> str:
        titles = {rule.code: str(rule.title) for rule in gate.rules()}
        titles["invalid-field"] = gettext("Field that is empty or wrong")
        found: dict[str, None] = dict.fromkeys(
            titles.get(problem["code"]) or str(problem["code"])
            for problem in log_entry.data.get("problems", [])
            if isinstance(problem, dict)
        )
        return gettext("Not published when due. {problems}").format(
            problems=", ".join(found)
        )


class ScheduleOverFormatter(LogFormatter):
    """Dates that had passed were cleared when the page was taken down."""

    label = _("Clear dates that have passed")

    def format_message(self, log_entry: Any) -> str:
        sentences = {
            "go_live_at": gettext("Its date to go live was {day}."),
            "expire_at": gettext("Its time was over on {day}."),
        }
        return " ".join(
            sentence.format(day=_printed(log_entry.data[name]))
            for name, sentence in sentences.items()
            if name in log_entry.data
        )


def _printed(day: str) -> str:
    return date_format(localtime(datetime.fromisoformat(day)), "DATETIME_FORMAT")


class SavedFormatter(LogFormatter):
    """A draft was saved with the button."""

    label = _("Save by hand")
    message = _("Draft saved by hand")


class KeptFormatter(LogFormatter):
    """A version was kept that autosave would have overwritten."""

    label = _("Keep a version")
    message = _("Version kept from before something was deleted")
