"""A shorter article: fatigue."""

from datetime import date

from demonstration.content.shapes import Article, Contribution

ARTICLE = Article(
    key="fatigue",
    slug="why-fatigue-in-ms-is-not-tiredness",
    title=("Why is fatigue in multiple sclerosis not the same as tiredness?"),
    seo_title="Fatigue in MS: what helps a little",
    standfirst=(
        "Fatigue is the symptom people mention most and show least. "
        "What seems to lie behind it, what helps a little, and what "
        "we cannot explain yet."
    ),
    topic="multiple-sclerosis",
    lead_image={
        "picture": "fatigue",
        "alt": (
            "Drawing of an armchair by a window, a blanket over its arm "
            "and a pair of walking shoes set down unlaced in front of it."
        ),
        "decorative": False,
    },
    answer=[
        (
            "answer",
            {
                "text": (
                    "<p>Because sleep does not mend it: part of it comes from the "
                    "disease itself. The other part comes from broken sleep, pain, "
                    "low mood or too little movement, and can often be treated. "
                    "Whether mesenchymal cells help against it, nobody can say: the "
                    "best-known trial was not built to find out "
                    "{cite:petrou-2020}.</p>"
                ),
                "certainty": "low",
                "as_of": "2026-03-12",
            },
        )
    ],
    body=[
        (
            "paragraph",
            (
                "<p>Ask a room of people with MS which symptom they would "
                "give back first, and many hands go up for fatigue. It does "
                "not look like anything. You have slept; you have done "
                "nothing yet; and the stairs have become a matter for "
                "negotiation.</p>"
            ),
        ),
        ("heading", {"text": "What is it?", "level": "2"}),
        (
            "paragraph",
            (
                "<p>Doctors separate two kinds. <b>Primary</b> fatigue comes "
                "from the disease: damaged fibres need more effort to carry "
                "the same signal, and inflammation itself makes people feel "
                "ill. <b>Secondary</b> fatigue comes from what travels with "
                "it: broken sleep, pain, low mood, some medicines, too "
                "little movement. The second kind can often be treated, "
                "which makes it worth looking for.</p>"
            ),
        ),
        (
            "callout",
            {
                "kind": "note",
                "heading": "Worth a blood test",
                "text": (
                    "<p>An underactive thyroid, low iron and poor sleep are "
                    "common in everybody. Ask for these to be checked before MS "
                    "is blamed for all of it.</p>"
                ),
            },
        ),
        ("heading", {"text": "What helps a little?", "level": "2"}),
        (
            "list",
            {
                "kind": "ticks",
                "items": [
                    (
                        "<p>Regular, gentle exercise, begun far below what you think "
                        'you can do; see <a href="page:exercise">how to '
                        "begin</a>.</p>"
                    ),
                    "<p>Planning the day round one thing that matters.</p>",
                    "<p>Cool rooms, cool drinks, a cool shower before effort.</p>",
                    "<p>Rest taken <i>before</i> the wall and not after it.</p>",
                ],
            },
        ),
        (
            "spoken_quotation",
            {
                "introduction": "Our lead physiotherapist",
                "text": (
                    "<p>People come expecting me to push. For the first month I "
                    "mostly hold them back.</p>"
                ),
                "speaker": "",
                "person": {"page": "meera-raghunathan"},
            },
        ),
        ("heading", {"text": "Do mesenchymal cells help?", "level": "2"}),
        (
            "paragraph",
            (
                "<p>We cannot say so. The best-known placebo-controlled "
                "trial was built around disability, relapses and MRI "
                "{cite:petrou-2020}. Some of our patients report more energy "
                "afterwards and some report none, as people also do after a "
                "sham injection; without a comparison the difference cannot "
                "be read.</p>"
            ),
        ),
        (
            "call_to_action",
            {
                "heading": "Keep a two-week diary",
                "text": (
                    "<p>Bring it to your next appointment, wherever that is. It "
                    "tells a clinician more than a score does.</p>"
                ),
                "label": "How we assess people",
                "page": {"page": "protocol"},
            },
        ),
    ],
    contributions=[
        Contribution(
            person="meera-raghunathan",
            role="author",
            date=date(2026, 3, 9),
            relation="employee",
            disclosure="Employed by the clinic.",
        ),
    ],
    first_published=date(2026, 3, 12),
    updated=date(2026, 3, 12),
    related=["exercise", "cells-and-ms"],
)
