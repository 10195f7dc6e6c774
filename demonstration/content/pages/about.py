"""The about page."""

from demonstration.content.shapes import Page

ABOUT = Page(
    key="about",
    type="ContentPage",
    parent="home",
    title="About the clinic",
    slug="about",
    seo_title="About Marram Quay Clinic and how to reach us",
    search_description=(
        "A small clinic on an estuary: who runs it, who inspects it, "
        "how decisions are made, how to get here, and how to reach "
        "us by telephone or post."
    ),
    standfirst=(
        "Eleven beds, a gymnasium and a laboratory in an old sail "
        "loft. Who we are, who checks us, and how to reach us."
    ),
    body=[
        (
            "figure",
            {
                "image": {
                    "picture": "quay-building",
                    "alt": (
                        "Drawing of a long whitewashed sail loft with arched windows "
                        "beside a quay at low tide, a ramp with a handrail leading "
                        "to its door."
                    ),
                    "decorative": False,
                },
                "caption": (
                    "<p>Pictured: the sail loft. The ramp is the main entrance "
                    "for everybody.</p>"
                ),
                "credit": "Drawn for Marram Quay Clinic",
                "long_description": "",
            },
        ),
        (
            "paragraph",
            (
                "<p>The clinic was founded in 2017 by two doctors and a cell "
                "biologist who thought that if mesenchymal cells were to be "
                "given to people with MS at all, somebody should do it "
                "slowly and count. It treats about sixty people a year. "
                "Marram is the grass that holds dunes together, for a "
                "while.</p>"
            ),
        ),
        (
            "picture_carousel",
            {
                "heading": "What you see on the first day",
                "pictures": [
                    {
                        "image": {
                            "picture": "estuary-morning",
                            "alt": (
                                "Drawing of an estuary at low tide with two people "
                                "on the sea wall."
                            ),
                            "decorative": False,
                        },
                        "caption": "<p>The sea wall, where walking is measured.</p>",
                    },
                    {
                        "image": {
                            "picture": "exercise",
                            "alt": "Drawing of the gymnasium with its parallel bars.",
                            "decorative": False,
                        },
                        "caption": "<p>The gymnasium on the ground floor.</p>",
                    },
                    {
                        "image": {
                            "picture": "culture",
                            "alt": (
                                "Drawing of a gloved hand about to lift a flat flask "
                                "with a layer of cells."
                            ),
                            "decorative": False,
                        },
                        "caption": "<p>The laboratory, through its window.</p>",
                    },
                ],
            },
        ),
        ("heading", {"text": "Who decides?", "level": "2"}),
        (
            "paragraph",
            (
                "<p>A panel of two neurologists, a physiotherapist and a lay "
                "member meets every second Tuesday. Nobody on it gains from "
                "a yes. The owners have no vote.</p>"
            ),
        ),
        (
            "spoken_quotation",
            {
                "introduction": "The medical director, ten years on",
                "text": (
                    "<p>We began with the hope of showing that it works. What I "
                    "hope for now is that we shall be able to say for whom it "
                    "does not.</p>"
                ),
                "speaker": "",
                "person": {"page": "ngozi-adeyemi-hart"},
            },
        ),
        ("heading", {"text": "Who owns it?", "level": "2"}),
        (
            "paragraph",
            (
                "<p>Marram Quay Clinic Ltd belongs to its medical director (40 %), its "
                "laboratory director (40 %) and a charity for people with MS (20 %). No "
                "supplier and no investor holds a share. The accounts are public, and so "
                '<a href="page:results">are our results</a>.</p>'
            ),
        ),
        ("heading", {"text": "Who checks us?", "level": "2"}),
        (
            "list",
            {
                "kind": "bullets",
                "items": [
                    (
                        "<p>The tissue authority inspects the laboratory every two "
                        "years, unannounced (NTA 0417-B).</p>"
                    ),
                    "<p>The care inspectorate visits the wards (WCI 20-1174).</p>",
                    ("<p>An outside statistician reads the register every year.</p>"),
                ],
            },
        ),
        ("heading", {"text": "How can you reach us?", "level": "2"}),
        (
            "paragraph",
            (
                "<p>Marram Quay Clinic, The Old Sail Loft, 7 Ropewalk, "
                "Ternhaven TH0 9QY. Reception: 01632 960417, every day from "
                "eight to six. Admissions nurses: 01632 960433, Monday to "
                "Friday from nine to four. The station is four hundred "
                "metres away on level ground; if that is too far, our van "
                'fetches you. <a href="page:contact">Contact</a> has a map.</p>'
            ),
        ),
        (
            "page_cards",
            {
                "heading": "The people",
                "pages": [
                    {"page": "ngozi-adeyemi-hart"},
                    {"page": "henrik-sandvold"},
                    {"page": "meera-raghunathan"},
                ],
            },
        ),
    ],
)
