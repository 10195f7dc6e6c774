"""The models of this app, one subject a file."""

from .assignments import Assignment
from .base_page import BasePage
from .chained_log import LogEnd
from .data_key import DataKey
from .images import SiteImage, SiteRendition
from .index_page import IndexByTopicPage, IndexPage
from .latest_version import LatestVersion
from .live_problems import LiveProblem
from .mail_record import MailRecord
from .organisation import Organisation
from .outgoing_mail import OutgoingMail
from .person_requests import BegunErasureList, PersonLogEntry, PersonRequest
from .replaced_files import ReplacedFile
from .site_settings import (
    ContactSettings,
    DisclaimerSettings,
    FooterSettings,
    NavigationSettings,
)
from .topics import Topic
from .videos import Video

__all__ = [
    "Assignment",
    "BasePage",
    "BegunErasureList",
    "ContactSettings",
    "DataKey",
    "DisclaimerSettings",
    "FooterSettings",
    "IndexByTopicPage",
    "IndexPage",
    "LatestVersion",
    "LiveProblem",
    "LogEnd",
    "MailRecord",
    "NavigationSettings",
    "Organisation",
    "OutgoingMail",
    "PersonLogEntry",
    "PersonRequest",
    "ReplacedFile",
    "SiteImage",
    "SiteRendition",
    "Topic",
    "Video",
]
