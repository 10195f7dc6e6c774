"""Who has checked which credential, and the one article that was reviewed."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Review:
    """The medical review of an article, by its key, by the person with that slug."""

    article: str
    person: str
    reviewed: date
    due: date
    interest: str = ""
    changes: str = ""


# (person, name of the credential, the day on which it was looked up)
CHECKS = [
    ("ngozi-adeyemi-hart", "Specialist registration in neurology", date(2026, 1, 8)),
    # Without an account: whom to try an invitation with.
    ("meera-raghunathan", "BSc, physiotherapy", date(2026, 1, 9)),
]

REVIEWS = [
    Review(
        article="fatigue",
        person="ngozi-adeyemi-hart",
        reviewed=date(2026, 3, 12),
        due=date(2028, 3, 12),
        interest="Medical director of the clinic.",
        changes="Said more plainly when to see a doctor first.",
    ),
]

# What editors would have to say of every other article.
NOT_REVIEWED = "Content to try the site with, which no clinician has reviewed."
