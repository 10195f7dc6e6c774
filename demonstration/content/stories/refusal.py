"""The story of somebody who was told no."""

from datetime import date

from demonstration.content.stories.shapes import Story

STORY = Story(
    key="told-no",
    slug="the-clinic-told-me-no",
    title="“They told me no, and why”",
    seo_title="A story of being refused treatment",
    search_description=(
        "A bus driver with relapsing multiple sclerosis applied for cell treatment and "
        "was refused. What the letter said, and what he did instead."
    ),
    subject="driver",
    topic="multiple-sclerosis",
    standfirst=(
        "He had the money saved and the bag packed. The answer was a letter of two "
        "pages. More than half of all applicants get one."
    ),
    body=[
        (
            "paragraph",
            (
                "<p>I drive the 14 from the hospital to the harbour. I applied because "
                "my sister had read about it, and because doing something felt better "
                "than injecting something.</p>"
            ),
        ),
        ("heading", {"text": "What did the letter say?", "level": "2"}),
        (
            "paragraph",
            (
                "<p>That I have relapses, that there are medicines for relapses, and "
                "that I had stopped the first one after six weeks because of the "
                "needles. That the trial they go by took people with another form of the "
                "illness {cite:petrou-2020}, and that in the large one, with people more "
                "like me, the cells did no better than placebo {cite:uccelli-2021}. That "
                "they would be taking my money for a hope.</p>"
            ),
        ),
        (
            "spoken_quotation",
            {
                "introduction": "One of the two neurologists who read his application",
                "text": (
                    "<p>The hardest letters are to people who would have come. Each "
                    "names a next step, or we do not send it.</p>"
                ),
                "speaker": "",
                "person": {"page": "ngozi-adeyemi-hart"},
            },
        ),
        ("heading", {"text": "And then?", "level": "2"}),
        (
            "paragraph",
            (
                "<p>I was angry for about a month. Then I took the letter to my own "
                "neurologist, who said it was a good letter. I now get an infusion twice "
                "a year. I have had no relapse since, which proves nothing, as she keeps "
                "telling me.</p>"
            ),
        ),
        (
            "callout",
            {
                "kind": "note",
                "heading": "How to read this",
                "text": (
                    "<p>He was not treated here. His story shows how a refusal is made, "
                    "not which treatment is better.</p>"
                ),
            },
        ),
        (
            "call_to_action",
            {
                "heading": "How many people are refused?",
                "text": "<p>The numbers, year by year, are with our results.</p>",
                "label": "See our results",
                "page": {"page": "results"},
            },
        ),
    ],
    timeline=[],
    first_published=date(2026, 9, 8),
)
