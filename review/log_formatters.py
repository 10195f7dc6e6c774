"""Log formatters for our entries in a page's history."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import LogFormatter


class InvitedFormatter(LogFormatter):
    """Somebody was asked to review a version of the page."""

    label = _("Invite a reviewer")

    def format_message(self, log_entry: Any) -> str:
        return gettext("A reviewer was invited: {invitation}.").format(
            invitation=log_entry.data.get("invitation", "")
        )


class InvitationEndedFormatter(LogFormatter):
    """Somebody's link leads nowhere any more."""

    label = _("End an invitation")

    def format_message(self, log_entry: Any) -> str:
        return gettext("Ended: {invitation}.").format(
            invitation=log_entry.data.get("invitation", "")
        )


class AnsweredFormatter(LogFormatter):
    """An invited reviewer has approved the page, or asked for changes."""

    label = _("Answer of an invited reviewer")

    def format_message(self, log_entry: Any) -> str:
        if record := log_entry.data.get("record"):
            return gettext(
                "An invited reviewer has approved the review: {record}."
            ).format(record=record)
        return gettext("An invited reviewer has asked for changes.")


class ReturnedFormatter(LogFormatter):
    """A page was changed after its review, and has to be reviewed again."""

    label = _("Return to the medical review")

    def format_message(self, log_entry: Any) -> str:
        return gettext("Changed after its medical review: back at “{task}”.").format(
            task=log_entry.data.get("task", "")
        )
