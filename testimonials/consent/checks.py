"""System check: published stories that nobody may read any more."""

from core.checks.left_undone import Work
from testimonials.models import TestimonialPage

STORIES = Work(
    id="testimonials.W010",
    count=lambda: TestimonialPage.objects.beyond_consent().count(),
    sentence="Published stories that no consent covers, which no reader sees: {count}.",
    hint="Ask the persons to consent again, or unpublish the stories: Stories > the "
    "story > Whose story.",
)
