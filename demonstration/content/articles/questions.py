"""A shorter article: questions to ask a clinic."""

from datetime import date

from demonstration.content.shapes import Article, Contribution

ARTICLE = Article(
    key="questions-for-a-clinic",
    slug="twelve-questions-to-ask-a-stem-cell-clinic",
    title=("Which questions should you ask a stem cell clinic, ours included?"),
    seo_title="Questions to ask a stem cell clinic",
    standfirst=(
        "Twelve questions that a serious clinic can answer without "
        "looking offended. We print our own answers to the awkward "
        "ones beside them."
    ),
    topic="mesenchymal-cell-therapy",
    lead_image={
        "picture": "questions",
        "alt": (
            "Drawing of two people in conversation across a small table, "
            "one with a notebook open and a pen in hand."
        ),
        "decorative": False,
    },
    answer=[
        (
            "answer",
            {
                "text": (
                    "<p>Ask which trial it relies on, which trial found the opposite, "
                    "what became of all its patients, who inspects the laboratory, "
                    "what the whole price is, and what you get back if you stop. A "
                    "clinic that has no answer, or is offended, has answered.</p>"
                ),
                "certainty": "advice",
                "as_of": "2026-10-01",
            },
        )
    ],
    body=[
        (
            "paragraph",
            (
                "<p>Cell treatments are sold in more places than they are "
                "studied. The questions below were collected by people who "
                "have been treated, here and elsewhere, and they are meant "
                "to be printed and taken along.</p>"
            ),
        ),
        ("heading", {"text": "About the evidence", "level": "2"}),
        (
            "list",
            {
                "kind": "numbers",
                "items": [
                    (
                        "<p>Which trial, in people with my form of the illness, do "
                        "you rely on?</p>"
                    ),
                    "<p>Was there a comparison group? Who was blinded?</p>",
                    "<p>Which trial found the opposite?</p>",
                    (
                        "<p>What happened to all your patients, and not only to "
                        "those in your brochure?</p>"
                    ),
                ],
            },
        ),
        (
            "block_quotation",
            {
                "text": "<p>challenges, opportunities, and future perspectives</p>",
                "reference": {"reference": "regmi-2019"},
                "locator": "title",
            },
        ),
        (
            "paragraph",
            (
                "<p>Thus the title of a review of this field. Note which "
                "word comes first. A clinic that can talk only about the "
                "second of the three has not read it.</p>"
            ),
        ),
        ("heading", {"text": "About the cells and the people", "level": "2"}),
        (
            "list",
            {
                "kind": "numbers",
                "items": [
                    "<p>Whose cells are they, and who grew them?</p>",
                    (
                        "<p>Which authority inspects the laboratory, and may I read "
                        "the report?</p>"
                    ),
                    "<p>How often is a batch thrown away?</p>",
                    "<p>Who sees me if I am unwell at three in the morning?</p>",
                ],
            },
        ),
        ("heading", {"text": "About money and leaving", "level": "2"}),
        (
            "list",
            {
                "kind": "numbers",
                "items": [
                    ("<p>What is the whole price, with travel and with follow-up?</p>"),
                    "<p>What do I get back if I stop half-way?</p>",
                    "<p>Is anybody paid for each patient they bring?</p>",
                    "<p>Will you tell me if I should go elsewhere?</p>",
                ],
            },
        ),
        (
            "comparison",
            {
                "table": {
                    "caption": "Our own answers to four of them",
                    "columns": [
                        {"type": "short", "heading": "Question"},
                        {"type": "text", "heading": "Our answer"},
                    ],
                    "rows": [
                        {
                            "values": [
                                "The opposite finding?",
                                (
                                    "<p>The MESEMS programme, planned in public "
                                    "{cite:uccelli-2019} and reported in 2021 {cite:uccelli-2021}; we describe it in <a "
                                    'href="page:cells-and-ms">the long article</a>.</p>'
                                ),
                            ]
                        },
                        {
                            "values": [
                                "Batches thrown away?",
                                "<p>One in eleven last year.</p>",
                            ]
                        },
                        {
                            "values": [
                                "Paid per patient?",
                                "<p>Nobody is, inside the clinic or outside.</p>",
                            ]
                        },
                        {
                            "values": [
                                "The whole price?",
                                '<p>On <a href="page:cost">one page</a>, with refunds.</p>',
                            ]
                        },
                    ],
                },
            },
        ),
        (
            "callout",
            {
                "kind": "important",
                "heading": "Three signs to leave",
                "text": (
                    "<p>A price that ends today. A cure for many illnesses. A "
                    "doctor you are not allowed to meet before paying.</p>"
                ),
            },
        ),
    ],
    contributions=[
        Contribution(
            person="callum-fairbairn",
            role="guest",
            date=date(2026, 2, 17),
            relation="patient",
            disclosure=(
                "Treated at this clinic in 2024 at the usual price; paid "
                "£200 by the clinic for this article."
            ),
        ),
        Contribution(
            person="ngozi-adeyemi-hart",
            role="editor",
            date=date(2026, 2, 20),
            relation="employee",
            disclosure="Employed by the clinic.",
        ),
    ],
    first_published=date(2026, 2, 20),
    updated=date(2026, 10, 1),
    related=["cells-and-ms", "travelling-for-treatment"],
)
