"""Who reviews, and so needs a second factor."""

from typing import Any

from review.models.reviewers import Reviewer
from review.models.tasks import MedicalReviewTask


def reviews(user: Any) -> bool:
    """Return whether an account may approve reviews by what no permission tells.

    By a profile of its own, or in a group that a step of a review asks.
    """
    if not user.is_authenticated:
        return False
    if Reviewer.objects.filter(user=user.pk).exists():
        return True
    return MedicalReviewTask.objects.filter(groups__user=user.pk).exists()
