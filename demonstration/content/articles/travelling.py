"""A shorter article: travelling for treatment."""

from datetime import date

from demonstration.content.shapes import Article, Contribution

ARTICLE = Article(
    key="travelling-for-treatment",
    slug="travelling-for-treatment",
    title="What should you arrange before travelling for treatment?",
    seo_title="Travelling for cell treatment",
    standfirst=(
        "A good journey home matters more than a good journey out. "
        "Insurance, medicines, a person to call, and why we ask "
        "everyone to stay a second night."
    ),
    topic="mesenchymal-cell-therapy",
    lead_image={
        "picture": "travelling",
        "alt": (
            "Drawing of a small suitcase with a folded walking stick "
            "strapped to it, on a station platform with an estuary "
            "behind."
        ),
        "decorative": False,
    },
    answer=[
        (
            "answer",
            {
                "text": (
                    "<p>Tell your own doctors, ask your insurer in writing, make "
                    "every ticket changeable, and find the person who will be with "
                    "you in the first week. Stay the second night, and do not fly for "
                    "five days.</p>"
                ),
                "certainty": "advice",
                "as_of": "2026-08-30",
            },
        )
    ],
    body=[
        (
            "paragraph",
            (
                "<p>Half of our patients come from more than two hundred "
                "miles away. They have taught us most of what follows, some "
                "of them by forgetting it.</p>"
            ),
        ),
        ("heading", {"text": "Before you book anything", "level": "2"}),
        (
            "list",
            {
                "kind": "ticks",
                "items": [
                    (
                        "<p>Tell your own neurologist and your family doctor. We "
                        "will not treat anybody who has told neither.</p>"
                    ),
                    (
                        "<p>Ask your travel insurer, in writing, whether planned "
                        "treatment and its complications are covered. Mostly they "
                        "are not.</p>"
                    ),
                    (
                        "<p>Make the ticket changeable: one batch of cells in eleven "
                        "is not released.</p>"
                    ),
                    ("<p>Find the person who will be at home in the first week.</p>"),
                ],
            },
        ),
        ("heading", {"text": "What should you bring?", "level": "2"}),
        (
            "paragraph",
            (
                "<p>Your medicines for two weeks, in their boxes. Your last "
                "two scans. Shoes you can walk in. Something cool to wear. A "
                "list of questions, for which there is <a "
                'href="page:questions-for-a-clinic">a draft</a>.</p>'
            ),
        ),
        (
            "callout",
            {
                "kind": "warning",
                "heading": "Do not fly for five days",
                "text": (
                    "<p>After a lumbar puncture a headache can get much worse in "
                    "the air. Fever in the first days needs a doctor nearby who "
                    "knows what you have had.</p>"
                ),
            },
        ),
        ("heading", {"text": "Why the second night?", "level": "2"}),
        (
            "paragraph",
            (
                "<p>Most early reactions show within thirty-six hours. In "
                "the placebo-controlled trial people went on being examined "
                "for months {cite:petrou-2020}; a clinic that waves you off "
                "at lunchtime will learn nothing from you, and cannot help "
                "you either. The second night is included in <a "
                'href="page:cost">the price</a>.</p>'
            ),
        ),
        (
            "spoken_quotation",
            {
                "introduction": "The director of the laboratory",
                "text": (
                    "<p>If I ring to say that your cells have failed a test, I "
                    "have given you bad news and a good reason to trust the next "
                    "tube.</p>"
                ),
                "speaker": "",
                "person": {"page": "henrik-sandvold"},
            },
        ),
        (
            "patient_quote",
            {
                "subject": {"person_of": "postman"},
                "text": (
                    "<p>I had packed for the treatment and forgotten the journey home. "
                    "My sister drove six hours to fetch me, because I had believed that "
                    "one night would do.</p>"
                ),
                "context": "Three days after treatment",
            },
        ),
        ("heading", {"text": "Who is responsible at home?", "level": "2"}),
        (
            "paragraph",
            (
                "<p>We are, for anything that follows from the treatment, at "
                "any hour, by telephone; your own hospital is for anything "
                "that cannot wait. You leave with a letter for both, which "
                "says what was given, when, how much and by which route, and "
                "what to look out for. Long-term risks are still being "
                "worked out {cite:regmi-2019}, so please keep that letter "
                "for good.</p>"
            ),
        ),
        (
            "call_to_action",
            {
                "heading": "Ask before you apply",
                "text": (
                    "<p>Our admissions nurses answer the telephone from Monday "
                    "to Friday and would rather hear a small question early.</p>"
                ),
                "label": "How to reach us",
                "page": {"page": "about"},
            },
        ),
    ],
    contributions=[
        Contribution(
            person="meera-raghunathan",
            role="author",
            date=date(2026, 4, 21),
            relation="employee",
            disclosure="Employed by the clinic.",
        ),
        Contribution(
            person="ngozi-adeyemi-hart",
            role="clinical",
            date=date(2026, 4, 23),
            relation="owner",
            disclosure="Holds a twelve per cent share in the clinic.",
        ),
    ],
    first_published=date(2026, 4, 23),
    updated=date(2026, 8, 30),
    related=["questions-for-a-clinic", "cells-and-ms"],
)
