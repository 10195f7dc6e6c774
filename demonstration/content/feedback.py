"""What readers of the demonstration report, and whether pages were useful to them."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Report:
    """A report about an article, by its key, made so many days ago."""

    article: str
    kind: str
    days_ago: int
    passage: str = ""
    text: str = ""
    email: str = ""
    status: str = "new"
    answer: str = ""


REPORTS = [
    Report(
        article="fatigue",
        kind="unclear",
        days_ago=1,
        text="What does “absolute risk” mean here? A number of people would help.",
    ),
    Report(
        article="exercise",
        kind="broken",
        days_ago=4,
        text="The second link under the references leads nowhere.",
        email="reader@example.org",
    ),
    Report(
        article="fatigue",
        kind="outdated",
        days_ago=20,
        passage="When to see a doctor first",
        text="The leaflet that you name was replaced this spring.",
        status="answered",
        answer="Thank you: we name the new leaflet now.",
    ),
]

# By article: answers of yes and no in each of the last twelve weeks, the latest last.
USEFUL = {
    "fatigue": [
        (4, 1), (6, 0), (5, 2), (9, 1), (7, 1), (8, 2),
        (6, 1), (11, 2), (9, 0), (12, 3), (10, 1), (13, 2),
    ],
    "exercise": [
        (2, 3), (1, 2), (3, 3), (2, 5), (4, 4), (2, 2),
        (1, 4), (3, 2), (2, 3), (4, 5), (3, 6), (2, 4),
    ],
}  # fmt: skip

# The site's own audit, as its page on accessibility tells it.
AUDIT = {
    "audited_on": date(2026, 2, 2),
    "kind": "own",
    "audited_by": "the makers of this site",
    "outcome": "partial",
    "tested": (
        "Every page by machine, with axe-core, before a new version goes live; one page "
        "of each kind with a keyboard alone. Nobody from outside has looked yet."
    ),
    "problems": (
        "Most of the studies that we cite are PDF files of their publishers. Many cannot "
        "be read by a screen reader. Call us, and we read you the part you need.\n"
        "The films have no description of what is seen."
    ),
}
