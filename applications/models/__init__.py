"""The models of this app, one subject a file."""

from .applications import Answer, Application
from .counts import FormCount
from .decisions import Decision, DecisionReason, Opinion, SecondReader
from .definitions import FormDefinition
from .drafts import Draft
from .feedback import Feedback
from .further_questions import FurtherQuestion
from .links import AccessLink, LinkRequest
from .log_entries import ApplicationLogEntry
from .notes import ApplicationNote
from .notification_choices import NotificationChoice, SentDigest
from .pages import ApplicationFormPage
from .rights import FormRight
from .site_settings import ApplicationSettings
from .states import ApplicationState
from .uploads import Upload
from .withdrawals import ConsentRevocation, DeletedApplication

__all__ = [
    "AccessLink",
    "Answer",
    "Application",
    "ApplicationFormPage",
    "ApplicationLogEntry",
    "ApplicationNote",
    "ApplicationSettings",
    "ApplicationState",
    "ConsentRevocation",
    "Decision",
    "DecisionReason",
    "DeletedApplication",
    "Draft",
    "Feedback",
    "FormCount",
    "FormDefinition",
    "FormRight",
    "FurtherQuestion",
    "LinkRequest",
    "NotificationChoice",
    "Opinion",
    "SecondReader",
    "SentDigest",
    "Upload",
]
