"""The models of this app, one subject a file."""

from .base_page import BasePage
from .images import SiteImage, SiteRendition
from .index_page import IndexByTopicPage, IndexPage
from .latest_version import LatestVersion
from .live_problems import LiveProblem
from .outgoing_mail import OutgoingMail
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
    "BasePage",
    "ContactSettings",
    "DisclaimerSettings",
    "FooterSettings",
    "IndexByTopicPage",
    "IndexPage",
    "LatestVersion",
    "LiveProblem",
    "NavigationSettings",
    "OutgoingMail",
    "ReplacedFile",
    "SiteImage",
    "SiteRendition",
    "Topic",
    "Video",
]
