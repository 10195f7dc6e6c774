"""What the log calls that was done with applications."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogFormatter

from applications.admissions.revealing import revealed_words
from applications.applying.entered.recording import ACTION as ENTER
from applications.granting.changing import changed_words
from applications.inbox.form_settings.second_reader import asked_words
from applications.inbox.history import due_words, given_words, moved_words
from applications.inbox.mailings import ACTION as MAIL_AGAIN
from applications.models import Application, ApplicationLogEntry

# What each is called, and what an entry says.
_PLAIN = {
    "applications.states": (
        _("Change the states of a form"),
        _("Changed the states of applications"),
    ),
    "applications.read": (_("Read an application"), _("Read")),
    "applications.file": (_("Save a file of an application"), _("Saved a file")),
    "applications.note": (_("Note something on an application"), _("Wrote a note")),
    "applications.note_corrected": (_("Correct a note"), _("Corrected a note")),
    "applications.ask": (_("Ask an applicant for more"), _("Asked for more")),
    "applications.ask_back": (_("Take a question back"), _("Took a question back")),
    "applications.answer": (
        _("Answer a further question"),
        _("The applicant answered a question"),
    ),
    ENTER: (_("Enter an application for somebody"), _("Entered for the applicant")),
    MAIL_AGAIN: (
        _("Send an e-mail about an application again"),
        _("Sent an e-mail again"),
    ),
    "applications.opinion": (_("Give an opinion"), _("Gave an opinion")),
}


class RevealFormatter(LogFormatter):
    label = _("Reveal answers about health")

    def format_message(self, log_entry: Any) -> str:
        return revealed_words(log_entry.data)


class ExportFormatter(LogFormatter):
    label = _("Export applications")

    def format_message(self, log_entry: Any) -> str:
        # Its words may have been erased.
        return gettext("Exported {count} applications: {reason}").format(
            count=log_entry.data.get("count", ""),
            reason=log_entry.data.get("reason", ""),
        )


class RightsFormatter(LogFormatter):
    label = _("Change who may do what with applications")

    def format_message(self, log_entry: Any) -> str:
        return changed_words(log_entry.data)


class VouchFormatter(LogFormatter):
    label = _("Say that an application is no spam")

    def format_message(self, log_entry: Any) -> str:
        if log_entry.data.get("is_vouched"):
            return gettext("Said that it is no spam")
        return gettext("Marked again as looking automatic")


class DecideFormatter(LogFormatter):
    label = _("Decide about an application")

    def format_message(self, log_entry: Any) -> str:
        outcome = log_entry.data.get("outcome", "")
        if outcome not in Application.Status.values:  # its words were erased
            return gettext("Decided about it")
        return gettext("Decided: {outcome}").format(
            outcome=Application.Status(outcome).label
        )


class SecondReaderFormatter(LogFormatter):
    label = _("Change how many read an application before a decision")

    def format_message(self, log_entry: Any) -> str:
        return asked_words(log_entry.data)


class GivenFormatter(LogFormatter):
    label = _("Give an application to somebody")

    def format_message(self, log_entry: Any) -> str:
        return given_words(log_entry.data)


class DueFormatter(LogFormatter):
    label = _("Set when an application is due")

    def format_message(self, log_entry: Any) -> str:
        return due_words(log_entry.data)


class StatusFormatter(LogFormatter):
    label = _("Put an application into a state")

    def format_message(self, log_entry: Any) -> str:
        return moved_words(log_entry.data)


_FORMATTERS: dict[str, type[LogFormatter]] = {
    "applications.reveal": RevealFormatter,
    "applications.export": ExportFormatter,
    "applications.rights": RightsFormatter,
    "applications.second_reader": SecondReaderFormatter,
    "applications.vouch": VouchFormatter,
    "applications.decide": DecideFormatter,
    "applications.assign": GivenFormatter,
    "applications.due": DueFormatter,
    "applications.status": StatusFormatter,
}


@hooks.register("register_log_actions")
def register_actions(actions: Any) -> None:
    actions.register_model(Application, ApplicationLogEntry)
    for action, (label, message) in _PLAIN.items():
        actions.register_action(action, label, message)
    for action, formatter in _FORMATTERS.items():
        actions.register_action(action)(formatter)
