"""A shorter article: what MRI shows."""

from datetime import date

from demonstration.content.shapes import Article, Contribution

ARTICLE = Article(
    key="mri",
    slug="what-mri-shows-and-what-it-does-not",
    title=("What does an MRI scan show in MS, and what does it leave out?"),
    seo_title="What MRI shows in multiple sclerosis",
    standfirst=(
        "Bright spots are not a score of how ill you are. What the "
        "pictures can tell a neurologist, and the questions they "
        "leave to examination and talk."
    ),
    topic="multiple-sclerosis",
    lead_image={
        "picture": "mri",
        "alt": (
            "Drawing of a brain in cross-section as on a scan, with "
            "several small pale patches near its centre, held up as a "
            "film by one hand."
        ),
        "decorative": False,
    },
    answer=[
        (
            "answer",
            {
                "text": (
                    "<p>It shows where the brain and spinal cord have been inflamed, "
                    "and where they are now. It leaves out most of the slow loss of "
                    "fibres, and how you feel: a quiet scan and a worse year can go "
                    "together.</p>"
                ),
                "certainty": "high",
                "as_of": "2026-07-07",
            },
        )
    ],
    body=[
        (
            "paragraph",
            (
                "<p>Sooner or later somebody turns a screen towards you and "
                "points. The spots are real, and they are smaller than they "
                "look from the patient’s chair. It helps to know beforehand "
                "what the picture is for.</p>"
            ),
        ),
        ("heading", {"text": "What are the bright spots?", "level": "2"}),
        (
            "paragraph",
            (
                "<p>On one kind of image, called <b>T2</b>, water is bright, "
                "and places that were inflamed at any time stay visible as "
                "patches. On another, taken after a contrast agent "
                "containing <b>gadolinium</b>, only patches that are "
                "inflamed <i>now</i> light up. The first is a diary, the "
                "second is today’s newspaper.</p>"
            ),
        ),
        (
            "list",
            {
                "kind": "bullets",
                "items": [
                    (
                        "<p><b>New T2 patches</b> since the last scan mean that "
                        "something has happened in between.</p>"
                    ),
                    (
                        "<p><b>Gadolinium patches</b> mean inflammation in the past "
                        "few weeks.</p>"
                    ),
                    (
                        "<p><b>Loss of volume</b> is slow and hard to judge from one "
                        "scan to the next.</p>"
                    ),
                ],
            },
        ),
        (
            "heading",
            {"text": "Why can somebody feel worse with a quiet scan?", "level": "2"},
        ),
        (
            "paragraph",
            (
                "<p>Because ordinary scans show inflammation well and the "
                "slow loss of fibres badly, and because one small patch in "
                "the spinal cord can matter more than ten in the brain. In "
                "progressive MS the two often part company.</p>"
            ),
        ),
        (
            "callout",
            {
                "kind": "note",
                "heading": "Ask for the sentence, not the number",
                "text": (
                    "<p>‘Nothing new since May’ is more useful to you than "
                    "‘twenty-three lesions’.</p>"
                ),
            },
        ),
        ("heading", {"text": "What do scans mean in a trial of cells?", "level": "2"}),
        (
            "paragraph",
            (
                "<p>They can be read by somebody who knows nothing of the "
                "patient, which makes them an honest witness. MESEMS set out "
                "to compare cells and placebo both clinically and by MRI "
                "{cite:uccelli-2019}; the trial in progressive MS looked at "
                "the monthly change in T2 patches beside its clinical tests "
                "{cite:petrou-2020}. A change on the film that nobody can "
                "feel is a clue about mechanism, and not yet a benefit.</p>"
            ),
        ),
        (
            "page_cards",
            {
                "heading": "Read next",
                "pages": [{"page": "reading-a-trial"}, {"page": "cells-and-ms"}],
            },
        ),
    ],
    contributions=[
        Contribution(
            person="ngozi-adeyemi-hart",
            role="author",
            date=date(2026, 7, 7),
            relation="employee",
            disclosure="Employed by the clinic.",
        )
    ],
    first_published=date(2026, 7, 7),
    updated=date(2026, 7, 7),
    related=["reading-a-trial"],
)
