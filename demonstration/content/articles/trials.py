"""The long article, second part: what trials have shown."""

from demonstration.content.shapes import Stream

BODY: Stream = [
    ("heading", {"text": "What have trials shown so far?", "level": "2"}),
    (
        "paragraph",
        (
            "<p>The order matters here, because early reports tend to be "
            "the hopeful ones. If the words <i>placebo</i> and "
            "<i>blinded</i> are new to you, <a "
            'href="page:reading-a-trial">how to read a trial</a> '
            "explains them in five minutes.</p>"
        ),
    ),
    ("heading", {"text": "Were the first reports reliable?", "level": "3"}),
    (
        "paragraph",
        (
            "<p>They were a beginning. In 2009 a Chinese group published "
            "a three-page report on donor cells in MS {cite:liang-2009}. "
            "A report of that kind can show that something may be "
            "attempted; it cannot show that the treatment, rather than "
            "time, other medicines or chance, brought about what "
            "followed. We cite it because it is often quoted as if it "
            "could.</p>"
        ),
    ),
    (
        "block_quotation",
        {
            "text": (
                "<p>Mesenchymal stem cells (MSC) have been shown to prevent "
                "inflammation and neurodegeneration in animal models of MS, "
                "but no large phase II clinical trials have yet assessed the "
                "exploratory efficacy of MSC for MS.</p>"
            ),
            "reference": {"reference": "uccelli-2019"},
            "locator": "abstract",
        },
    ),
    (
        "paragraph",
        (
            "<p>That was the position, ten years later, in the words of "
            "the people who then ran such a trial. What works in an "
            "inbred mouse in a laboratory is a reason to look, no "
            "more.</p>"
        ),
    ),
    ("heading", {"text": "What did the placebo-controlled trial find?", "level": "3"}),
    (
        "paragraph",
        (
            "<p>A team in Jerusalem treated <b>48 people</b> whose "
            "progressive MS had been active or worsening in the year "
            "before. They were given their own cells into the spinal "
            "fluid, their own cells into a vein, or a sham injection; "
            "neither they nor the doctors who examined them knew which "
            "{cite:petrou-2020}. After six months the groups were partly "
            "exchanged, so that everybody received cells at some point "
            "in the fourteen months of the study.</p>"
        ),
    ),
    (
        "key_fact",
        {
            "figure": "6.7%, 9.7% and 41.9%",
            "text": (
                "<p>of participants met the trial’s definition of treatment "
                "failure after cells into the spinal fluid, cells into a "
                "vein, and sham injection respectively. Each group was "
                "small, and the period was months rather than years; "
                "reviewers ask for larger, standardised studies before "
                "conclusions are drawn {cite:regmi-2019}.</p>"
            ),
            "reference": {"reference": "petrou-2020"},
            "locator": "abstract",
        },
    ),
    (
        "chart",
        {
            "kind": "bars",
            "table": {
                "caption": "Treatment failures in every hundred participants",
                "columns": [
                    {"type": "label", "heading": "What they received"},
                    {"type": "number", "heading": "In a hundred"},
                ],
                "rows": [
                    {"values": ["Sham injection", "41.9"]},
                    {"values": ["Cells into a vein", "9.7"]},
                    {"values": ["Cells into the spinal fluid", "6.7"]},
                ],
            },
            "note": (
                "<p>Shorter bars are better. Forty-eight people took part, for "
                "fourteen months; neither they nor their doctors knew who got "
                "what {cite:petrou-2020}.</p>"
            ),
        },
    ),
    (
        "paragraph",
        (
            "<p>Cells given into the spinal fluid did better than cells "
            "given into a vein on several of the measures, and the "
            "authors saw no serious harm that they put down to the "
            "treatment. They also wrote that the effects they saw were "
            "short-term and that a phase III trial should follow. At the "
            "time of writing we know of none that has reported.</p>"
        ),
    ),
    ("heading", {"text": "What did the larger trial find?", "level": "3"}),
    (
        "paragraph",
        (
            "<p>The MESEMS project joined centres in several countries, "
            "under one shared plan that was published in advance "
            "{cite:uccelli-2019}. Each participant received cells into a "
            "vein once and placebo once, six months apart, in an order "
            "drawn by lot.</p>"
        ),
    ),
    (
        "attributed_quotation",
        {
            "text": (
                "<p>Results will provide patients and the scientific "
                "community with data on the safety and efficacy of MSC for "
                "MS.</p>"
            ),
            "author": "Uccelli and colleagues",
            "reference": {"reference": "uccelli-2019"},
        },
    ),
    (
        "paragraph",
        (
            "<p>They did. The result, published in 2021, covered 144 people: "
            "the treatment was well tolerated, and it <b>did not reduce "
            "the number of new inflamed spots</b> on MRI, which was the "
            "main thing measured {cite:uccelli-2021}. A single dose into a vein, then, is "
            "not the answer to active inflammation. Whether another "
            "route, repeated doses or a different group of people would "
            "fare better is exactly what remains to be shown.</p>"
        ),
    ),
    (
        "correction",
        {
            "date": "2026-11-03",
            "text": (
                "<p>Until then it said that the trial covered 114 people. There were "
                "144: we had mistyped the figure, and a reader told us.</p>"
            ),
        },
    ),
    (
        "claim",
        {
            "sentence": (
                "<p>Taken together, one small trial speaks for an effect on how fast "
                "the illness goes on, and a larger one found none on inflammation.</p>"
            ),
            "outcome": "Whether the illness goes on",
            "people": "Adults with active multiple sclerosis",
            "direction": "mixed",
            "grade": "very-low",
            "works": [
                {
                    "reference": {"reference": "petrou-2020"},
                    "locator": "",
                    "on_another_subject": False,
                },
                {
                    "reference": {"reference": "uccelli-2021"},
                    "locator": "",
                    "on_another_subject": False,
                },
            ],
        },
    ),
    (
        "callout",
        {
            "kind": "note",
            "heading": "What nobody knows yet",
            "text": (
                "<p>How long any effect lasts; who is likely to respond; the "
                "best dose, route and interval; what happens ten years on. "
                "When somebody answers these questions with confidence, ask "
                "for the trial.</p>"
            ),
        },
    ),
]
