"""The legal notice and the privacy page."""

from demonstration.content.shapes import Page

LEGAL = Page(
    key="legal",
    type="ContentPage",
    parent="home",
    title="Legal notice",
    slug="legal-notice",
    seo_title="Legal notice",
    search_description=(
        "Who publishes this site, what its medical pages are and are "
        "not, and the plain statement that the clinic shown here is "
        "a demonstration."
    ),
    standfirst="Who publishes this site, and what its pages are and are not.",
    body=[
        (
            "callout",
            {
                "kind": "important",
                "heading": "This is a demonstration",
                "text": (
                    "<p>Marram Quay Clinic, its staff, its patients, its prices "
                    "and its results are invented to show a website at work. No "
                    "such clinic offers treatment. The published studies that "
                    "are cited are real.</p>"
                ),
            },
        ),
        ("heading", {"text": "Publisher", "level": "2"}),
        (
            "paragraph",
            (
                "<p>Marram Quay Clinic Ltd, The Old Sail Loft, 7 Ropewalk, "
                "Ternhaven TH0 9QY. Telephone 01632 960417, e-mail "
                "reception@marramquay.example. Responsible for medical "
                "content: the medical director.</p>"
            ),
        ),
        ("heading", {"text": "Medical information", "level": "2"}),
        (
            "paragraph",
            (
                "<p>The pages give general information. They are written by "
                "the people named on them and do not replace an examination. "
                "Nobody should begin, change or stop a treatment because of "
                "them.</p>"
            ),
        ),
        ("heading", {"text": "Stories and testimonials", "level": "2"}),
        (
            "paragraph",
            (
                "<p>Each story appears with the written agreement of the "
                "person it is about, who may withdraw it at any time. What "
                "one person tells is not evidence of what another may "
                "expect. Payments and other ties are stated beside the "
                "story.</p>"
            ),
        ),
        ("heading", {"text": "Pictures and texts", "level": "2"}),
        (
            "paragraph",
            (
                "<p>The drawings, the film and the texts were made for this "
                "site. Sentences quoted from published papers remain their "
                "authors’.</p>"
            ),
        ),
        ("heading", {"text": "Corrections", "level": "2"}),
        (
            "paragraph",
            (
                "<p>If something here is wrong, please write to us. We "
                "correct it, say on the page what has changed, and answer "
                "within ten working days.</p>"
            ),
        ),
    ],
)

PRIVACY = Page(
    key="privacy",
    type="ContentPage",
    parent="home",
    title="Privacy",
    slug="privacy",
    seo_title="Privacy: what we store, how long",
    search_description=(
        "What Marram Quay Clinic stores about visitors, subscribers "
        "and applicants, who may read it, how long it is kept and "
        "how to have it deleted."
    ),
    standfirst=(
        "What we store about visitors, subscribers and applicants, "
        "who may read it, and how you get rid of it."
    ),
    body=[
        ("heading", {"text": "If you only read", "level": "2"}),
        (
            "paragraph",
            (
                "<p>No account, no tracking, nothing loaded from other "
                "companies. The server keeps a log of requests for fourteen "
                "days in order to find faults and attacks.</p>"
            ),
        ),
        ("heading", {"text": "If you sign up for letters", "level": "2"}),
        (
            "paragraph",
            (
                "<p>We keep your e-mail address, when you confirmed it, and "
                "nothing else. Every letter carries a link that ends it.</p>"
            ),
        ),
        ("heading", {"text": "If you apply", "level": "2"}),
        (
            "comparison",
            {
                "table": {
                    "caption": "Applications: what, who, how long",
                    "columns": [
                        {"type": "short", "heading": "What"},
                        {"type": "text", "heading": "Who may read it"},
                        {"type": "text", "heading": "How long"},
                    ],
                    "rows": [
                        {
                            "values": [
                                "Name and contact",
                                "<p>Admissions team</p>",
                                (
                                    "<p>Six months; with treatment, as long as medical records "
                                    "must be kept</p>"
                                ),
                            ]
                        },
                        {
                            "values": [
                                "Health answers",
                                (
                                    "<p>Admissions team and two neurologists; stored "
                                    "encrypted</p>"
                                ),
                                "<p>The same</p>",
                            ]
                        },
                        {
                            "values": [
                                "Consents",
                                "<p>Admissions team and the privacy officer</p>",
                                "<p>Three years after they end, as proof</p>",
                            ]
                        },
                    ],
                },
            },
        ),
        (
            "callout",
            {
                "kind": "note",
                "heading": "Never by e-mail",
                "text": (
                    "<p>Our messages say that something has arrived or is ready. "
                    "They do not say what.</p>"
                ),
            },
        ),
        ("heading", {"text": "Your rights", "level": "2"}),
        (
            "list",
            {
                "kind": "bullets",
                "items": [
                    "<p>to see what we hold, and to have it corrected;</p>",
                    "<p>to take back a consent, separately for each purpose;</p>",
                    (
                        "<p>to have an application deleted, with a receipt that "
                        "contains nothing about you;</p>"
                    ),
                    "<p>to complain to the data protection authority.</p>",
                ],
            },
        ),
        (
            "paragraph",
            (
                "<p>Write to privacy@marramquay.example or to the address in "
                'the <a href="page:legal">legal notice</a>. Please do not '
                "put health details in an e-mail.</p>"
            ),
        ),
    ],
)
