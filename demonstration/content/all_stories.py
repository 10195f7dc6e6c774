"""The stories, their subjects and what the subjects have agreed to."""

from datetime import date

from demonstration.content.stories import harm as story_harm
from demonstration.content.stories import notebook as story_notebook
from demonstration.content.stories import refusal as story_refusal
from demonstration.content.stories import rowing as story_rowing
from demonstration.content.stories.shapes import Consent, Subject

# What the people were asked.
PURPOSE = "Your story on our website"
WORDING = """\
We would like to tell your story, so that others can read how it went for somebody like them.

You decide what is shown: the story itself, your name or your initials, photographs, videos, your voice. You may allow one and not the other. You decide where, too.

You are treated in the same way whether you agree or not, and we pay nothing for praise. You can take all or part of it back whenever you like, without saying why. It is then gone from our website at once. What somebody else has copied meanwhile we cannot bring back.

Once a year we ask you whether it is still right."""

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
    Subject(
        key="driver",
        name="Tomos Whitlock",
        portrait="",
        condition="Relapsing-remitting multiple sclerosis, known since 2022",
        disclosure=(
            "Applied in 2025 and was not treated. Received nothing for telling this "
            "story."
        ),
    ),
    Subject(
        key="violin-maker",
        name="Agnieszka Dorn",
        portrait="",
        condition="Secondary progressive multiple sclerosis, known since 2011",
        disclosure=(
            "Paid the usual price in 2023; it was given back. Received nothing for "
            "telling this story."
        ),
    ),
    # Tells no story: an article quotes him.
    Subject(
        key="postman",
        name="Gareth Pomeroy",
        portrait="",
        condition="Secondary progressive multiple sclerosis, known since 2016",
        relation="free",
        disclosure=(
            "Treated at half the price, from the clinic's fund. Received nothing for "
            "these words."
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
    Consent(
        subject="driver",
        name=True,
        photograph=False,
        medical_detail=True,
        valid_from=date(2026, 8, 3),
        valid_until=date(2036, 8, 3),
    ),
    # Her name and picture stay with her.
    Consent(
        subject="violin-maker",
        name=False,
        photograph=False,
        medical_detail=True,
        valid_from=date(2026, 9, 1),
        valid_until=date(2036, 9, 1),
    ),
    Consent(
        subject="postman",
        name=False,
        initials=True,
        photograph=False,
        medical_detail=True,
        valid_from=date(2026, 5, 4),
        valid_until=date(2036, 5, 4),
    ),
]

STORIES = [
    story_notebook.STORY,
    story_rowing.STORY,
    story_refusal.STORY,
    story_harm.STORY,
]
