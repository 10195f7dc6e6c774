"""The results page: what became of everybody who applied and was treated. Invented."""

from demonstration.content.shapes import Page

# By the year of treatment, two years later: better, the same, worse, lost.
OUTCOMES = [
    ("2019", 11, 18, 9, 3),
    ("2020", 8, 19, 9, 2),
    ("2021", 15, 26, 12, 4),
    ("2022", 14, 30, 14, 3),
    ("2023", 17, 29, 13, 4),
]
# By year: refused by us, decided against, treated.
APPLICATIONS = [
    ("2019", 88, 23, 41),
    ("2020", 74, 19, 38),
    ("2021", 118, 28, 57),
    ("2022", 121, 32, 61),
    ("2023", 133, 33, 63),
]
HARMS = [
    ("Pain at the hip or back for more than a week", 71),
    ("Headache for more than two days", 48),
    ("Fever in the first week", 33),
    ("A relapse within ninety days", 9),
    ("An infection that needed a hospital", 4),
    ("Bleeding that needed a stitch", 3),
    ("Death from any cause within two years", 1),
]

INVENTED = (
    "<p>Invented, like the clinic. They show how results can be told, not what the "
    "treatment does.</p>"
)

OUTCOME_CHART = (
    "chart",
    {
        "kind": "marks",
        "table": {
            "caption": (
                "Walking two years after treatment, by the year of treatment: one mark "
                "for each person"
            ),
            "columns": [
                {"type": "label", "heading": "Treated in"},
                {"type": "number", "heading": "Better"},
                {"type": "number", "heading": "The same"},
                {"type": "number", "heading": "Worse"},
                {"type": "number", "heading": "Lost to follow-up"},
            ],
            "rows": [{"values": list(row)} for row in OUTCOMES],
        },
        "note": INVENTED,
    },
)

RESULTS = Page(
    key="results",
    type="ContentPage",
    parent="home",
    title="Our results",
    slug="results",
    seo_title="Results: everybody we treated, by year",
    search_description=(
        "What became of everybody who applied to Marram Quay Clinic and of everybody "
        "treated there: better, the same, worse, harmed, and lost to follow-up."
    ),
    standfirst=(
        "Everybody who applied, everybody who was treated, and what became of them. "
        "Nobody is left out because the answer was disappointing."
    ),
    body=[
        (
            "callout",
            {
                "kind": "important",
                "heading": "These figures are invented",
                "text": (
                    "<p>Marram Quay Clinic exists only to show this website at work. "
                    "The numbers on this page were made up to show how a clinic can "
                    "report its results. They say nothing about any treatment.</p>"
                ),
            },
        ),
        ("heading", {"text": "Did people walk better?", "level": "2"}),
        (
            "paragraph",
            (
                "<p>Of 260 people treated between 2019 and 2023, 65 walked better two "
                "years later, 122 walked as before, and 57 walked worse. We do not know "
                "how 16 of them are: they moved, or no longer wished to be asked. "
                "<b>Without a comparison group nobody can say what the treatment "
                "did.</b> Some people with multiple sclerosis get better for a while "
                "without any treatment.</p>"
            ),
        ),
        OUTCOME_CHART,
        (
            "paragraph",
            (
                "<p>“Better” and “worse” mean a change of at least one fifth in the time "
                "taken to walk 7.6 metres, measured by a physiotherapist who had not "
                "treated the person.</p>"
            ),
        ),
        ("heading", {"text": "How many people do you turn away?", "level": "2"}),
        (
            "paragraph",
            (
                "<p>More than half. Of 929 people who applied in these years, we told "
                "534 that we would not treat them, and 135 decided against it "
                "themselves. The most frequent reason for a refusal was that a licensed "
                "medicine had not been tried.</p>"
            ),
        ),
        (
            "chart",
            {
                "kind": "bars",
                "table": {
                    "caption": "Applications, by the year of the decision",
                    "columns": [
                        {"type": "label", "heading": "Year"},
                        {"type": "number", "heading": "Refused by us"},
                        {"type": "number", "heading": "Decided against"},
                        {"type": "number", "heading": "Treated"},
                    ],
                    "rows": [{"values": list(row)} for row in APPLICATIONS],
                },
                "note": INVENTED,
            },
        ),
        ("heading", {"text": "What harm was done?", "level": "2"}),
        (
            "paragraph",
            (
                "<p>People are asked about harms at every visit, and by telephone in "
                "between. One person can be counted in several rows. The panel judged "
                "the one death, a heart attack fourteen months after treatment, to be "
                "unrelated; its reasons are kept with the register.</p>"
            ),
        ),
        (
            "chart",
            {
                "kind": "bars",
                "table": {
                    "caption": "Harms within two years, among 260 people",
                    "columns": [
                        {"type": "label", "heading": "Harm"},
                        {"type": "number", "heading": "People"},
                    ],
                    "rows": [{"values": list(row)} for row in HARMS],
                },
                "note": INVENTED,
            },
        ),
        ("heading", {"text": "How do trials compare?", "level": "2"}),
        (
            "paragraph",
            (
                "<p>Our register cannot replace a trial. In a trial of 48 people with "
                "progressive disease, those given cells worsened less often than those "
                "given a sham injection {cite:petrou-2020}. In a larger trial, of 144 "
                "people with active disease who were given cells once into a vein, the "
                "cells did no better than placebo on the number of new lesions after "
                "24 weeks {cite:uccelli-2021}.</p>"
            ),
        ),
        ("heading", {"text": "Who counts?", "level": "2"}),
        (
            "paragraph",
            (
                "<p>A statistician who is not employed here reads the register every "
                "January and writes to the panel. This page changes once a year, after "
                "that letter. People treated in 2024 will be on it in 2027, when two "
                "years have passed for all of them.</p>"
            ),
        ),
        (
            "call_to_action",
            {
                "heading": "Is something missing?",
                "text": (
                    "<p>Ask us for a number that is not on this page. If we have it, "
                    "you will get it.</p>"
                ),
                "label": "Contact us",
                "page": {"page": "contact"},
            },
        ),
    ],
)
