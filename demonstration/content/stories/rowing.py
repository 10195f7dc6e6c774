"""The story of a person who also writes for the site."""

from datetime import date

from demonstration.content.stories.shapes import Story
from demonstration.content.stories.typical import OF_TREATMENT

STORY = Story(
    key="rowing-again",
    slug="rowing-again-more-slowly",
    title="Rowing again, more slowly",
    seo_title="Rowing again, two years on",
    search_description=(
        "A former long-distance rower on progressive multiple "
        "sclerosis, cell treatment in 2024, what has changed since "
        "then and what has not."
    ),
    subject="rower",
    topic="mesenchymal-cell-therapy",
    standfirst=(
        "He rowed across seas until his right leg would not answer. "
        "Two years after treatment he tells what has changed, what "
        "has not, and what he paid."
    ),
    body=[
        (
            "figure",
            {
                "image": {
                    "picture": "story-boat",
                    "alt": (
                        "Drawing of one person in a narrow rowing boat on calm "
                        "water, seen from the bank among reeds."
                    ),
                    "decorative": False,
                },
                "caption": (
                    "<p>Pictured: the estuary on a still morning, drawn from the "
                    "clinic’s landing stage.</p>"
                ),
                "credit": "Drawn for Marram Quay Clinic",
                "long_description": "",
            },
        ),
        (
            "paragraph",
            (
                "<p>I do not like the word journey. A journey has a harbour "
                "at the end of it. What I have is a boat that handles "
                "differently from the one I learned in, and I am learning "
                "it.</p>"
            ),
        ),
        ("heading", {"text": "What was it like before?", "level": "2"}),
        (
            "paragraph",
            (
                "<p>The leg went first, on the right, after an hour of "
                "anything. Then the hour shrank. My form of the illness has "
                "no relapses, so there were no good days to wait for, only a "
                "slope.</p>"
            ),
        ),
        ("heading", {"text": "Why did you choose treatment?", "level": "2"}),
        (
            "paragraph",
            (
                "<p>I had read the Jerusalem trial {cite:petrou-2020} and I "
                "had read that a larger programme, designed in the open "
                "{cite:uccelli-2019}, had not found what it hoped for. I "
                "thought: two studies, two answers, one leg. I could afford "
                "to be wrong, and most people cannot. I want that said.</p>"
            ),
        ),
        (
            "spoken_quotation",
            {
                "introduction": "His neurologist here",
                "text": (
                    "<p>He asked me for the strongest argument against. I gave "
                    "him two. He wrote both down and came back a month later.</p>"
                ),
                "speaker": "",
                "person": {"page": "ngozi-adeyemi-hart"},
            },
        ),
        ("heading", {"text": "And now?", "level": "2"}),
        (
            "list",
            {
                "kind": "bullets",
                "items": [
                    (
                        "<p><b>Better:</b> the leg lasts about forty minutes in the "
                        "boat; it had been fifteen.</p>"
                    ),
                    "<p><b>The same:</b> tiredness, and the bladder.</p>",
                    "<p><b>Worse:</b> my left hand, since last winter.</p>",
                ],
            },
        ),
        (
            "paragraph",
            (
                "<p>The slope may be a little less steep, or I may have got "
                "better at slopes. The treatment and the travel cost me what "
                "a decent car costs. I would do it again; I would not tell "
                "you to.</p>"
            ),
        ),
        (
            "call_to_action",
            {
                "heading": "Read the evidence, not only the story",
                "text": (
                    "<p>What trials have found, for and against, is set out in a "
                    "longer article.</p>"
                ),
                "label": "Read the article",
                "page": {"page": "cells-and-ms"},
            },
        ),
    ],
    quote="What I have is a boat that handles differently from the one I learned in.",
    treated_on=date(2024, 5, 14),
    typical=OF_TREATMENT,
    timeline=[],
    first_published=date(2026, 5, 12),
)
