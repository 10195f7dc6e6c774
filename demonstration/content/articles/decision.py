"""The long article, last part: risk, cost, provenance, eligibility."""

from demonstration.content.shapes import Stream

BODY: Stream = [
    ("heading", {"text": "What is in its favour?", "level": "3"}),
    (
        "list",
        {
            "kind": "ticks",
            "items": [
                ("<p>It needs no chemotherapy and leaves other treatments open.</p>"),
                ("<p>With one’s own cells there is no rejection to prevent.</p>"),
                (
                    "<p>In the placebo-controlled trial no serious harm was put "
                    "down to the cells in the months observed "
                    "{cite:petrou-2020}.</p>"
                ),
                (
                    "<p>It has been studied in progressive MS, for which there "
                    "are few other choices.</p>"
                ),
            ],
        },
    ),
    ("heading", {"text": "What are the risks?", "level": "2"}),
    (
        "paragraph",
        (
            "<p>About a third of our patients have a headache for a few "
            "days after the lumbar puncture, and most have some "
            "backache. Fever in the first night is common and passes. "
            "Rarer are infection, bleeding near the spine and an "
            "inflamed lining of the nerves, any of which can mean weeks "
            "in hospital. In theory cells that were grown too long could "
            "behave abnormally; this is one reason for the tests before "
            "release, and for a follow-up that does not end when you "
            "feel well.</p>"
        ),
    ),
    (
        "callout",
        {
            "kind": "warning",
            "heading": "After treatment, call at once if you have",
            "text": (
                "<p>a temperature over 38.5 °C, a stiff neck, a headache "
                "that gets worse when you sit up and does not ease within "
                "two days, new weakness, or loss of bladder control. The "
                "ward’s number is on your discharge card and is answered day "
                "and night. If you cannot reach us, call the emergency "
                "services.</p>"
            ),
        },
    ),
    ("heading", {"text": "Who should not have it?", "level": "3"}),
    (
        "paragraph",
        (
            "<p>Anyone who is pregnant, has an active infection, has had "
            "cancer in the past five years or takes a blood thinner that "
            "cannot be paused. We also advise against it where the "
            "disease is quiet and well treated, since there is then "
            "little to gain and still something to lose.</p>"
        ),
    ),
    (
        "spoken_quotation",
        {
            "introduction": "The medical director",
            "text": (
                "<p>The hardest letter I write is to somebody whose disease "
                "has already done what it will do. Cells cannot be expected "
                "to mend an old scar. I would rather disappoint a person in "
                "April than in October with an invoice.</p>"
            ),
            "speaker": "",
            "person": {"page": "ngozi-adeyemi-hart"},
        },
    ),
    ("heading", {"text": "What does it cost?", "level": "2"}),
    (
        "paragraph",
        (
            "<p>The treatment is not paid for by the public health "
            "service, and what is and is not included is set out, with "
            "the price of stopping half-way, on the page <a "
            'href="page:cost">What treatment costs</a>.</p>'
        ),
    ),
    (
        "heading",
        {"text": "Where do the cells come from, and who checks?", "level": "2"},
    ),
    (
        "paragraph",
        (
            "<p>They are your own, taken from your bone marrow and grown "
            "in our laboratory on the second floor, where no other "
            "person’s cells are handled in the same room at the same "
            "time. The laboratory holds a tissue licence, works to good "
            "manufacturing practice (GMP) and is inspected every two "
            "years without notice. The latest report, with the two "
            "faults it found and what was done about them, hangs in the "
            "waiting room and is sent to anybody who asks.</p>"
        ),
    ),
    ("heading", {"text": "What is tested before the cells are given?", "level": "3"}),
    (
        "list",
        {
            "kind": "bullets",
            "items": [
                (
                    "<p><b>Identity:</b> that they are yours, checked twice by "
                    "two people.</p>"
                ),
                (
                    "<p><b>Kind:</b> the surface markers and behaviour by which "
                    "such cells are recognised {cite:uccelli-2008}.</p>"
                ),
                (
                    "<p><b>Cleanliness:</b> cultures for bacteria and fungi, "
                    "tests for mycoplasma and endotoxin.</p>"
                ),
                (
                    "<p><b>Number and health:</b> enough living cells, and no "
                    "more rounds of growth than the protocol allows.</p>"
                ),
            ],
        },
    ),
    (
        "paragraph",
        (
            "<p>In the past year one batch in eleven was not released. "
            "When this happens you are told the same day and choose "
            "whether to try again, at no further charge, or to stop.</p>"
        ),
    ),
    (
        "heading",
        {"text": "How can you find out whether you are eligible?", "level": "2"},
    ),
    (
        "paragraph",
        (
            "<p>Marram Quay is a small clinic on an estuary, with eleven "
            "beds, a gymnasium and a laboratory. We treat about sixty "
            "people a year and turn more away. The application is a form "
            "of some ten minutes; two neurologists read it, and you "
            "have an answer within three weeks. If the answer is no, the "
            "letter says why and what we think you might ask for "
            "instead.</p>"
        ),
    ),
    (
        "page_cards",
        {
            "heading": "Worth reading first",
            "pages": [
                {"page": "questions-for-a-clinic"},
                {"page": "protocol"},
                {"page": "cost"},
            ],
        },
    ),
    (
        "call_to_action",
        {
            "heading": "Find out if you may be eligible",
            "text": (
                "<p>There is no charge for the first reading of your "
                "application, and no obligation.</p>"
            ),
            "label": "Go to the application form",
            "page": {"page": "apply"},
        },
    ),
]
