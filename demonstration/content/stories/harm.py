"""The story of somebody whom treatment harmed."""

from datetime import date

from demonstration.content.stories.shapes import Entry, Story
from demonstration.content.stories.typical import OF_TREATMENT

STORY = Story(
    key="eleven-days",
    slug="eleven-days-i-had-not-planned",
    title="Eleven days I had not planned",
    seo_title="A story of an infection after treatment",
    search_description=(
        "A violin maker got an infection after cell treatment and spent eleven days in "
        "hospital. What happened, hour by hour, and what the clinic changed."
    ),
    subject="violin-maker",
    topic="mesenchymal-cell-therapy",
    standfirst=(
        "An infection after treatment, eleven days in another hospital, and a rule that "
        "was changed because of it."
    ),
    body=[
        (
            "paragraph",
            (
                "<p>You will read the other stories first. I would have. I asked that "
                "mine be printed beside them, because it happened in the same "
                "building.</p>"
            ),
        ),
        (
            "callout",
            {
                "kind": "warning",
                "heading": "After treatment, call at 38.5 degrees",
                "text": (
                    "<p>Fever, a stiff neck, confusion or a headache that grows: call "
                    "the number on your card at any hour. If nobody answers at once, "
                    'call <a href="tel:999">999</a>.</p>'
                ),
            },
        ),
        ("heading", {"text": "Was it worth it?", "level": "2"}),
        (
            "paragraph",
            (
                "<p>I walk as I did before. I lost a spring of work and some hearing in "
                "one ear that has mostly come back. I knew that infections were on the "
                "list; I had thought of the list as something that one signs. Four "
                "people of 260 have had one that needed a hospital. I am not sorry I "
                "tried. I would not try again.</p>"
            ),
        ),
        (
            "spoken_quotation",
            {
                "introduction": "The medical director",
                "text": (
                    "<p>She called at two in the morning and was told to wait until "
                    "eight. That was our mistake. A fever above 38.5 now brings a "
                    "doctor to the telephone within fifteen minutes.</p>"
                ),
                "speaker": "",
                "person": {"page": "ngozi-adeyemi-hart"},
            },
        ),
        (
            "call_to_action",
            {
                "heading": "Which harms are known?",
                "text": "<p>Every one that was reported to us is counted.</p>",
                "label": "See our results",
                "page": {"page": "results"},
            },
        ),
    ],
    timeline=[
        Entry(
            number=1,
            unit="days",
            heading="Home",
            text="<p>A sore back, no fever. Home by car with a neighbour.</p>",
            reported_by="patient",
        ),
        Entry(
            number=4,
            unit="days",
            heading="Two in the morning",
            text=(
                "<p>38.9 degrees and a headache. She called the ward and was told to "
                "take paracetamol and to call again at eight.</p>"
            ),
            own_words="<p>I did as I was told. I have stopped doing that.</p>",
            remark=(
                "<p>She should have been seen that night. We said so to her, and "
                "reported it.</p>"
            ),
            remark_by="ngozi-adeyemi-hart",
        ),
        Entry(
            number=5,
            unit="days",
            heading="Eleven days in hospital",
            text=(
                "<p>Meningitis. Antibiotics into a vein within an hour of arriving, for "
                "eleven days.</p>"
            ),
            reported_by="record",
        ),
        Entry(
            number=6,
            unit="months",
            heading="Back at the bench",
            own_words=(
                "<p>I can hear the E string properly again. The rest is as it was before "
                "I ever went.</p>"
            ),
        ),
    ],
    typical=OF_TREATMENT,
    first_published=date(2026, 9, 29),
)
