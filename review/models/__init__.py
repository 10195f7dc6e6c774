"""The models of this app."""

from review.models.audits import AccessibilityAudit
from review.models.checklist import ChecklistItem
from review.models.corrections import PublishedCorrection
from review.models.document_checks import DocumentCheck
from review.models.due import CalendarAddress, DigestChoice, ToldOf
from review.models.invitations import Invitation
from review.models.reader_reports import ReaderReport
from review.models.records import ReviewRecord, ReviewReminder
from review.models.reviewers import CredentialCheck, Reviewer
from review.models.site_settings import CredentialCheckSettings
from review.models.tasks import MedicalReviewTask
from review.models.useful_counts import UsefulCount

__all__ = [
    "AccessibilityAudit",
    "CalendarAddress",
    "ChecklistItem",
    "CredentialCheck",
    "CredentialCheckSettings",
    "DigestChoice",
    "DocumentCheck",
    "Invitation",
    "MedicalReviewTask",
    "PublishedCorrection",
    "ReaderReport",
    "ReviewRecord",
    "ReviewReminder",
    "Reviewer",
    "ToldOf",
    "UsefulCount",
]
