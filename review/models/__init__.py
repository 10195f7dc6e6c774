"""The models of this app."""

from review.models.checklist import ChecklistItem
from review.models.corrections import PublishedCorrection
from review.models.due import CalendarAddress, DigestChoice, ToldOf
from review.models.invitations import Invitation
from review.models.records import ReviewRecord, ReviewReminder
from review.models.reviewers import CredentialCheck, Reviewer
from review.models.tasks import MedicalReviewTask

__all__ = [
    "CalendarAddress",
    "ChecklistItem",
    "CredentialCheck",
    "DigestChoice",
    "Invitation",
    "MedicalReviewTask",
    "PublishedCorrection",
    "ReviewRecord",
    "ReviewReminder",
    "Reviewer",
    "ToldOf",
]
