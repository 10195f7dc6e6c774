"""The two stories, their subjects and what the subjects have agreed to."""

from datetime import date

from demonstration.content.shapes import Consent, Subject
from demonstration.content.stories import notebook as story_notebook
from demonstration.content.stories import rowing as story_rowing

SUBJECTS = [
    Subject(
        key="librarian",
        name="Lidia Marchetti",
        portrait="portrait-librarian",
        condition="Secondary progressive multiple sclerosis, known since 2014",
        relation="patient",
        disclosure=(
            "Paid the usual price for treatment. Received nothing for "
            "telling this story."
        ),
    ),
    Subject(
        key="rower",
        name="Callum Fairbairn",
        portrait="portrait-rower",
        condition="Primary progressive multiple sclerosis, known since 2021",
        person="callum-fairbairn",
        relation="paid",
        disclosure=(
            "Paid the usual price for treatment in 2024. He writes for "
            "this site for a fee, and was paid £150 for the time this "
            "story took."
        ),
    ),
]

CONSENTS = [
    Consent(
        subject="librarian",
        name=True,
        photograph=True,
        medical_detail=True,
        valid_from=date(2026, 2, 2),
        valid_until=date(2034, 2, 2),
    ),
    Consent(
        subject="rower",
        name=True,
        photograph=True,
        medical_detail=True,
        valid_from=date(2025, 9, 15),
        valid_until=date(2035, 9, 15),
    ),
]

STORIES = [story_notebook.STORY, story_rowing.STORY]
