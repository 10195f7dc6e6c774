"""How to reach the clinic, and how to complain."""

from demonstration.content.shapes import Page

CONTACT = Page(
    key="contact",
    type="ContentPage",
    parent="home",
    title="Contact",
    slug="contact",
    seo_title="Contact and how to get here",
    search_description=(
        "Telephone numbers and hours, the address, a map, the way from the station, "
        "interpreters, and what to do in an emergency."
    ),
    standfirst=(
        "A person answers the telephone. If speaking is difficult, write, or let "
        "somebody call for you."
    ),
    body=[
        (
            "callout",
            {
                "kind": "warning",
                "heading": "In an emergency",
                "text": (
                    "<p>We have no emergency department. If you cannot breathe, have "
                    "chest pain, or have suddenly lost strength or speech, call "
                    '<a href="tel:999">999</a>.</p>'
                ),
            },
        ),
        ("heading", {"text": "By telephone", "level": "2"}),
        (
            "list",
            {
                "kind": "bullets",
                "items": [
                    (
                        '<p><b>Reception:</b> <a href="tel:01632960417">01632 '
                        "960417</a>, every day from 8&nbsp;am to 6&nbsp;pm.</p>"
                    ),
                    (
                        "<p><b>Admissions nurses,</b> for questions about treatment and "
                        'applications: <a href="tel:01632960433">01632 960433</a>, '
                        "Monday to Friday from 9&nbsp;am to 4&nbsp;pm.</p>"
                    ),
                    (
                        "<p><b>After treatment,</b> day and night: the number on the "
                        "card that you were given.</p>"
                    ),
                ],
            },
        ),
        ("heading", {"text": "In writing", "level": "2"}),
        (
            "paragraph",
            (
                "<p>Write to "
                '<a href="mailto:reception@marramquay.example">reception@marramquay'
                ".example</a>, or to Marram Quay Clinic, The Old Sail Loft, 7 Ropewalk, "
                "Ternhaven TH0 9QY. We answer within two working days. Please send no "
                "medical details by e-mail: the application form encrypts them.</p>"
            ),
        ),
        ("heading", {"text": "Interpreters and other help", "level": "2"}),
        (
            "paragraph",
            (
                "<p>Tell us which language you prefer, and an interpreter joins the "
                "call, free of charge; British Sign Language by video. We send letters "
                "in large print or as a recording. A relative may speak for you if you "
                "have told us so.</p>"
            ),
        ),
        ("heading", {"text": "Getting here", "level": "2"}),
        (
            "figure",
            {
                "image": {
                    "picture": "map",
                    "alt": (
                        "Map: from Ternhaven station along Station Road and the quay "
                        "to the clinic at 7 Ropewalk, 400 metres, level all the way."
                    ),
                    "decorative": False,
                },
                "caption": (
                    "<p>From the station to the clinic: 400 metres, level, with two "
                    "benches.</p>"
                ),
                "credit": "",
                "long_description": (
                    "<p>Leave the station by its only exit and turn left into Station "
                    "Road. After 250 metres the road meets the quay; there is a bench at "
                    "the corner. Turn right along the water. The clinic is the long "
                    "white building after 150 metres; its ramp is the main entrance. "
                    "Four parking places for blue badges are behind it, reached from "
                    "Ropewalk.</p>"
                ),
            },
        ),
        (
            "paragraph",
            (
                "<p>Trains stop hourly. If 400 metres is too far to walk, call reception "
                "the day before: our van meets any train and has a ramp.</p>"
            ),
        ),
        (
            "page_cards",
            {
                "heading": "Also useful",
                "pages": [
                    {"page": "complaints"},
                    {"page": "accessibility"},
                    {"page": "cost"},
                ],
            },
        ),
    ],
)

COMPLAINTS = Page(
    key="complaints",
    type="ContentPage",
    parent="home",
    title="Complaints",
    slug="complaints",
    seo_title="How to make a complaint",
    search_description=(
        "How to complain about Marram Quay Clinic: whom to tell, how soon you hear from "
        "us, and who decides if you do not agree with our answer."
    ),
    standfirst=(
        "Tell us what went wrong. A complaint never affects your treatment, or whether "
        "we offer it."
    ),
    body=[
        ("heading", {"text": "How do I complain?", "level": "2"}),
        (
            "list",
            {
                "kind": "numbers",
                "items": [
                    (
                        "<p><b>Tell anybody here,</b> or call reception on "
                        '<a href="tel:01632960417">01632 960417</a>. Many things can be '
                        "put right the same day.</p>"
                    ),
                    (
                        "<p><b>Write to the complaints manager</b> at the clinic’s "
                        "address, within twelve months if you can. You hear that we have "
                        "it within three working days, and get an answer with reasons "
                        "within twenty.</p>"
                    ),
                    (
                        "<p><b>Ask for a second look.</b> A member of the board who had "
                        "no part in the first answer reads everything again.</p>"
                    ),
                    (
                        "<p><b>Go to the independent adjudicator,</b> free of charge, if "
                        "you still do not agree. We send you the address with every "
                        "answer, and accept what it decides.</p>"
                    ),
                ],
            },
        ),
        (
            "paragraph",
            (
                "<p>Somebody else may complain for you if you say so in writing. We can "
                "name an advocate who is not paid by us.</p>"
            ),
        ),
        ("heading", {"text": "Who regulates the clinic?", "level": "2"}),
        (
            "comparison",
            {
                "table": {
                    "caption": "Regulators and registration numbers, invented",
                    "columns": [
                        {"type": "short", "heading": "What is regulated"},
                        {"type": "short", "heading": "By whom"},
                        {"type": "short", "heading": "Number"},
                    ],
                    "rows": [
                        {
                            "values": [
                                "The clinic and its wards",
                                "Wexshire Care Inspectorate",
                                "WCI 20-1174",
                            ]
                        },
                        {
                            "values": [
                                "The laboratory",
                                "National Tissue Authority",
                                "NTA 0417-B",
                            ]
                        },
                        {
                            "values": [
                                "The company",
                                "Register of companies",
                                "00960417",
                            ]
                        },
                    ],
                },
            },
        ),
        ("heading", {"text": "What have complaints changed?", "level": "2"}),
        (
            "paragraph",
            (
                "<p>Since 2024 the price list says what is refunded, letters are written "
                "without Latin, and the waiting room has chairs with arms. Each of these "
                "began as a complaint.</p>"
            ),
        ),
    ],
)
