"""A shorter article: how a trial is read."""

from datetime import date

from demonstration.content.shapes import Article, Contribution

ARTICLE = Article(
    key="reading-a-trial",
    slug="how-to-read-a-clinical-trial",
    title="How do you read a clinical trial without being a scientist?",
    seo_title="How to read a clinical trial",
    standfirst=(
        "Five questions get you most of the way: who, compared with "
        "what, who knew, what was counted, and for how long. We try "
        "them on real papers."
    ),
    topic="mesenchymal-cell-therapy",
    lead_image={
        "picture": "trial",
        "alt": (
            "Drawing of six identical glass vials in a row beside a "
            "sealed envelope; nothing shows which of them holds the "
            "placebo."
        ),
        "decorative": False,
    },
    answer=[
        (
            "answer",
            {
                "text": (
                    "<p>Ask who took part, what they were compared with, who knew "
                    "what they received, what was counted, and for how long. If the "
                    "summary does not say, or the answer comes from further down the "
                    "list of results, the study cannot bear much weight.</p>"
                ),
                "certainty": "advice",
                "as_of": "2026-01-22",
            },
        )
    ],
    body=[
        (
            "paragraph",
            (
                "<p>You do not need statistics to find out whether a study "
                "can bear the weight that somebody is putting on it. You "
                "need its summary, a pencil and five questions. We use three "
                "publications on mesenchymal cells as examples.</p>"
            ),
        ),
        ("heading", {"text": "Who took part, and how many?", "level": "2"}),
        (
            "paragraph",
            (
                "<p>A brief report can describe a first attempt "
                "{cite:liang-2009}. Forty-eight people can be divided into "
                "groups {cite:petrou-2020}. Neither can tell you about a "
                "side effect that strikes one person in a thousand.</p>"
            ),
        ),
        (
            "key_fact",
            {
                "figure": "48",
                "text": (
                    "<p>people with active progressive MS took part in the "
                    "best-known placebo-controlled trial of these cells.</p>"
                ),
                "reference": {"reference": "petrou-2020"},
                "locator": "",
            },
        ),
        ("heading", {"text": "Compared with what, and who knew?", "level": "2"}),
        (
            "paragraph",
            (
                "<p>People who hope for an effect tend to find one, doctors "
                "no less than patients. Hence the <b>placebo</b>, and hence "
                "<b>blinding</b>: neither side knows who has received what "
                "until the end. In a <b>cross-over</b> design, such as the "
                "one planned for MESEMS {cite:uccelli-2019}, everybody "
                "receives both, in an order drawn by lot.</p>"
            ),
        ),
        (
            "attributed_quotation",
            {
                "text": (
                    "<p>a randomized, double blind, cross-over phase I/II "
                    "clinical trial</p>"
                ),
                "author": "Uccelli and colleagues, from the title",
                "reference": {"reference": "uccelli-2019"},
            },
        ),
        ("heading", {"text": "What was counted?", "level": "2"}),
        (
            "paragraph",
            (
                "<p>Look for the <b>primary outcome</b>, which should have "
                "been named before the trial began. When a paper is silent "
                "about it and enthusiastic about something further down the "
                "list, put the pencil down and breathe. MRI spots are easy "
                "to count; whether somebody can carry a cup across a kitchen "
                "is not, and matters more.</p>"
            ),
        ),
        ("heading", {"text": "For how long?", "level": "2"}),
        (
            "paragraph",
            (
                "<p>MS is counted in decades. A year without worsening is "
                "welcome, and it is a year. Our pages say how long each "
                "study lasted whenever we cite it, and so should any page "
                "that asks you for money.</p>"
            ),
        ),
        (
            "questions",
            {
                "items": [
                    {
                        "question": "What does ‘phase II’ mean?",
                        "answer": (
                            "<p>A trial that looks for signs of benefit and watches "
                            "safety in tens or a few hundred people. Phase III is larger "
                            "and meant to settle the matter.</p>"
                        ),
                    },
                    {
                        "question": "Is a review better than a trial?",
                        "answer": (
                            "<p>It is as good as what it gathers. A fair one, like this "
                            "survey of inflammatory diseases, names the difficulties in "
                            "its very title {cite:regmi-2019}.</p>"
                        ),
                    },
                ]
            },
        ),
    ],
    contributions=[
        Contribution(
            person="ngozi-adeyemi-hart",
            role="author",
            date=date(2026, 1, 20),
            relation="employee",
            disclosure="Employed by the clinic.",
        ),
        Contribution(
            person="meera-raghunathan",
            role="clinical",
            date=date(2026, 1, 22),
            relation="owner",
            disclosure="Holds a twelve per cent share in the clinic.",
        ),
    ],
    text_provenance="ai-edited",
    first_published=date(2026, 1, 22),
    updated=date(2026, 1, 22),
    related=["cells-and-ms", "mri"],
)
