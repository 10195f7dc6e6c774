"""What doctor says of consents: stories that nobody may read, files that are lost."""

from core.checks.left_undone import Work
from testimonials.consent.documents import missing, out_of_reach
from testimonials.models import TestimonialPage

DOCUMENTS = Work(
    id="testimonials.W011",
    count=missing,
    sentence="Signed consents whose files are not in the store: {count}.",
    hint="Bring the folder consents of APPLICANTS_STORAGE back from a backup, or have "
    "the consents signed again: Story subjects > the person > Consent register.",
)
STORE = Work(
    id="testimonials.W012",
    count=out_of_reach,
    sentence="The store of signed consents cannot be reached.",
    hint="See that the disk or bucket of APPLICANTS_STORAGE is there, and may be read. "
    "Whether files are lost is not known until then.",
)
STORIES = Work(
    id="testimonials.W010",
    count=lambda: TestimonialPage.objects.beyond_consent().count(),
    sentence="Published stories that no consent covers, which no reader sees: {count}.",
    hint="Ask the persons to consent again, or unpublish the stories: Stories > the "
    "story > Whose story.",
)
