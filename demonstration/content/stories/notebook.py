"""The story with a timeline: three months after treatment."""

from datetime import date

from demonstration.content.stories.shapes import Entry, Story
from demonstration.content.stories.typical import OF_TREATMENT

STORY = Story(
    key="walking-notebook",
    slug="three-months-in-a-walking-notebook",
    title="Three months in a walking notebook",
    seo_title="Three months in a walking notebook",
    search_description=(
        "A school librarian with progressive multiple sclerosis "
        "wrote down every walk for three months after treatment, the "
        "bad ones too."
    ),
    subject="librarian",
    topic="multiple-sclerosis",
    standfirst=(
        "A school librarian wrote down every walk for three months "
        "after treatment, the bad ones too. She will go on, and so "
        "will this page."
    ),
    body=[
        (
            "paragraph",
            (
                "<p>When she came for assessment she could walk about two "
                "hundred metres with a stick. She had kept a notebook since "
                "her diagnosis, and asked whether she might keep it here. We "
                "print from it what she marked with a pencil line; the "
                "clinician’s remarks are from her file, with her "
                "agreement.</p>"
            ),
        ),
        (
            "callout",
            {
                "kind": "note",
                "heading": "How to read this",
                "text": (
                    "<p>This is one person over three months. Her form of MS has "
                    "better and worse seasons without any treatment, and she "
                    "trained harder than ever before. In the best-known "
                    "placebo-controlled trial in active progressive MS some "
                    "people worsened in every group {cite:petrou-2020}. Entries "
                    "will be added as time passes, whatever they say.</p>"
                ),
            },
        ),
    ],
    timeline=[
        Entry(
            number=6,
            unit="weeks",
            direction="before",
            count="200",
            heading="Two hundred metres",
            text=(
                "<p>To the letter box and back, with the stick, on the day before the "
                "marrow was taken.</p>"
            ),
        ),
        Entry(
            number=2,
            unit="days",
            heading="Lying flat",
            text=(
                "<p>Home by train with her sister, along two seats. A "
                "headache when sitting, none when lying down; paracetamol "
                "and coffee.</p>"
            ),
            own_words=(
                "<p>Nothing has happened except that my back is sore. I had "
                "to laugh at myself for checking my toes every hour.</p>"
            ),
        ),
        Entry(
            number=3,
            unit="days",
            heading="A fever that came and went",
            text=(
                "<p>38.1 degrees in the evening, normal by breakfast. The "
                "ward telephoned twice.</p>"
            ),
            remark=(
                "<p>A short fever is common. We asked her to measure it "
                "every four hours and to call if it passed 38.5.</p>"
            ),
            remark_by="ngozi-adeyemi-hart",
        ),
        Entry(
            number=2,
            unit="weeks",
            count="150",
            heading="To the end of the wall",
            own_words=(
                "<p>The wall by the allotments has ninety-one stones. I did "
                "it there and back, with the stick, twice in one week, and "
                "on the other days I did not.</p>"
            ),
            image={
                "picture": "story-notebook",
                "alt": (
                    "Drawing of an open notebook with rows of pencil strokes, a "
                    "pencil across it, a cup and a walking stick beside it."
                ),
                "decorative": False,
            },
            image_caption=(
                "<p>Pictured: the notebook. One stroke is fifty metres; a "
                "circle is a day without a walk.</p>"
            ),
        ),
        Entry(
            number=50,
            unit="days",
            count="300",
            heading="Between the bars",
            text=(
                "<p>Second visit to the gymnasium. The timed walk over "
                "twenty-five feet took 9.4 seconds; before treatment, after "
                "six weeks of exercise, it had taken 10.2.</p>"
            ),
            remark=(
                "<p>I would not build much on eight tenths of a second. What "
                "I can see is that she trusts the left leg to be there.</p>"
            ),
            remark_by="meera-raghunathan",
            video={"video": "walking-practice"},
            video_caption=(
                "<p>The exercise she does each morning, drawn and not "
                "filmed: she preferred it so.</p>"
            ),
        ),
        Entry(
            number=11,
            unit="weeks",
            count="50",
            heading="A bad week",
            text="<p>A cold, then five days in which nothing worked.</p>",
        ),
        Entry(
            number=3,
            unit="months",
            count="450",
            heading="The gate",
            text=(
                "<p>The scan at three months showed no new patch; nor had the one "
                "before treatment.</p>"
            ),
            own_words=(
                "<p>On the Sunday I got to the gate at the top of the field. "
                "I do not know whether it was the cells. I know that it was "
                "the gate.</p>"
            ),
            image={
                "picture": "story-gate",
                "alt": (
                    "Drawing of a field gate at the top of a path, with a stick "
                    "leaning against it and low hills beyond."
                ),
                "decorative": False,
            },
            image_caption=(
                "<p>Pictured: the gate, four hundred and fifty metres from "
                "her door.</p>"
            ),
        ),
    ],
    counted="The longest walk of the week, as she wrote it down",
    treatment_topic="mesenchymal-cell-therapy",
    typical=OF_TREATMENT,
    counted_unit="m",
    first_published=date(2026, 8, 18),
)
