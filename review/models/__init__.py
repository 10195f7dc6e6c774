"""The models of this app."""

from review.models.checklist import ChecklistItem
from review.models.corrections import PublishedCorrection
from review.models.records import ReviewRecord, ReviewReminder
from review.models.reviewers import CredentialCheck, Reviewer
from review.models.tasks import MedicalReviewTask

__all__ = [
    "ChecklistItem",
    "CredentialCheck",
    "MedicalReviewTask",
    "PublishedCorrection",
    "ReviewRecord",
    "ReviewReminder",
    "Reviewer",
]
