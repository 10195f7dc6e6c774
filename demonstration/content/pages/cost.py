"""The cost page."""

from demonstration.content.shapes import Page

COST = Page(
    key="cost",
    type="ContentPage",
    parent="home",
    title="What treatment costs",
    slug="cost",
    seo_title="Costs of treatment, and refunds",
    search_description=(
        "Prices for assessment and cell treatment at Marram Quay, "
        "what they include and leave out, and what is refunded if "
        "you or we stop half-way."
    ),
    standfirst=(
        "One price for everybody, what it includes and leaves out, "
        "and what you get back if you or we stop half-way."
    ),
    body=[
        (
            "paragraph",
            (
                "<p>Treatment with mesenchymal cells for MS is not paid for "
                "by the public health service and hardly ever by insurers. "
                "Please do not borrow against your home for it. The evidence "
                "does not justify that, and we say so in person as well.</p>"
            ),
        ),
        (
            "comparison",
            {
                "table": {
                    "caption": "Prices from 1 January 2026, VAT included",
                    "columns": [
                        {"type": "short", "heading": "Step"},
                        {"type": "short", "heading": "Price"},
                        {"type": "text", "heading": "Includes"},
                    ],
                    "rows": [
                        {
                            "values": [
                                "Reading your application",
                                "£0",
                                "<p>Two neurologists, a written answer</p>",
                            ]
                        },
                        {
                            "values": [
                                "Assessment day",
                                "£480",
                                (
                                    "<p>Examination, blood tests, physiotherapist, written "
                                    "report for your own neurologist</p>"
                                ),
                            ]
                        },
                        {
                            "values": [
                                "Collection and growth",
                                "£7,900",
                                (
                                    "<p>Marrow collection, laboratory, all tests, a second "
                                    "attempt if the first fails</p>"
                                ),
                            ]
                        },
                        {
                            "values": [
                                "Treatment and stay",
                                "£4,600",
                                (
                                    "<p>The procedure, two nights for you and one companion, "
                                    "day-and-night telephone</p>"
                                ),
                            ]
                        },
                        {
                            "values": [
                                "Follow-up, two years",
                                "£1,700",
                                "<p>Five visits, one MRI, physiotherapy plan</p>",
                            ]
                        },
                        {
                            "values": [
                                "Total",
                                "£14,680",
                                "<p>All of the above, for one person</p>",
                            ]
                        },
                    ],
                },
            },
        ),
        ("heading", {"text": "What is not included?", "level": "2"}),
        (
            "list",
            {
                "kind": "bullets",
                "items": [
                    (
                        "<p>Travel, and an MRI before assessment if yours is too "
                        "old.</p>"
                    ),
                    ("<p>Care in another hospital should complications need it.</p>"),
                    "<p>A second treatment, which we rarely advise.</p>",
                ],
            },
        ),
        ("heading", {"text": "What is refunded?", "level": "2"}),
        (
            "questions",
            {
                "items": [
                    {
                        "question": "If I change my mind?",
                        "answer": (
                            "<p>Everything not yet begun is refunded within ten days, "
                            "without a question.</p>"
                        ),
                    },
                    {
                        "question": "If no batch can be released?",
                        "answer": "<p>You pay for the assessment only.</p>",
                    },
                    {
                        "question": "If it does not help?",
                        "answer": (
                            "<p>No. Nobody can know beforehand, and a price that "
                            "depended on improvement would tempt both of us to see "
                            "one.</p>"
                        ),
                    },
                ]
            },
        ),
        (
            "callout",
            {
                "kind": "note",
                "heading": "Nobody is paid for bringing patients",
                "text": (
                    "<p>We pay no commission to doctors, agents, writers or "
                    "former patients. Should anybody offer to take you here for "
                    "a fee, please tell us.</p>"
                ),
            },
        ),
        (
            "call_to_action",
            {
                "heading": "Still thinking?",
                "text": (
                    "<p>Take the list of questions to the next clinic on your "
                    "list too.</p>"
                ),
                "label": "Questions to ask a clinic",
                "page": {"page": "questions-for-a-clinic"},
            },
        ),
    ],
)
