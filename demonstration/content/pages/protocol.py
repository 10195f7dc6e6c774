"""The protocol page."""

from demonstration.content.shapes import Page

PROTOCOL = Page(
    key="protocol",
    type="ContentPage",
    parent="home",
    title="The treatment protocol",
    slug="treatment-protocol",
    seo_title="The treatment protocol, step by step",
    search_description=(
        "Every step of treatment at Marram Quay and how long it takes, "
        "from the first reading of your records to two years of "
        "follow-up."
    ),
    standfirst=(
        "Every step from the first reading of your records to the "
        "visit two years later: how long it takes, and the reason for "
        "each."
    ),
    body=[
        (
            "list",
            {
                "kind": "steps",
                "items": [
                    "<p><b>Assess</b> Half a day here</p>",
                    "<p><b>Collect</b> Half a day, a week or two later</p>",
                    "<p><b>Grow</b> Five to six weeks</p>",
                    "<p><b>Check</b> Some days</p>",
                    "<p><b>Give</b> Two nights here, then two years of follow-up</p>",
                ],
            },
        ),
        ("heading", {"text": "1. Assess", "level": "2"}),
        (
            "paragraph",
            (
                "<p>Two neurologists, one from outside, read your records "
                "separately. If both think that treatment may be reasonable, "
                "you spend half a day here: examination, timed walk, peg "
                "test, bloods, an MRI if yours is older than three months, "
                "and an hour of talk.</p>"
            ),
        ),
        ("heading", {"text": "2. Collect", "level": "2"}),
        (
            "paragraph",
            (
                "<p>About twenty-five millilitres of bone marrow are taken "
                "from the back of the hip under local anaesthetic. Expect an "
                "aching hip for some days. Infection or a large bruise "
                "follows in about one case in two hundred.</p>"
            ),
        ),
        ("heading", {"text": "3. Grow", "level": "2"}),
        (
            "paragraph",
            (
                "<p>The cells are grown in closed flasks for five to six "
                "weeks and for no more than four rounds of division. They "
                "are recognised by criteria the literature has used for "
                "years {cite:uccelli-2008}. Six weeks of physiotherapy run "
                "at the same time, at home or with us.</p>"
            ),
        ),
        ("heading", {"text": "4. Check", "level": "2"}),
        (
            "list",
            {
                "kind": "bullets",
                "items": [
                    "<p>identity, at two points, by two people;</p>",
                    "<p>bacteria, fungi, mycoplasma, endotoxin;</p>",
                    "<p>number, living share, shape and surface markers;</p>",
                    "<p>chromosomes, in a sample of each batch.</p>",
                ],
            },
        ),
        (
            "key_fact",
            {
                "figure": "1 in 11",
                "text": (
                    "<p>batches was not released last year. Differences between "
                    "batches are a recognised difficulty of the whole field.</p>"
                ),
                "reference": {"reference": "regmi-2019"},
                "locator": "",
            },
        ),
        ("heading", {"text": "5. Give", "level": "2"}),
        (
            "paragraph",
            (
                "<p>One million cells for each kilogram of body weight, into "
                "the spinal fluid in most cases. In the trial that compared "
                "the two routes, cells given this way did better on several "
                "measures than cells given into a vein {cite:petrou-2020}. "
                "You stay for two nights.</p>"
            ),
        ),
        ("heading", {"text": "What is written down", "level": "2"}),
        (
            "paragraph",
            (
                "<p>Everything: at two weeks and at three, six, twelve and "
                "twenty-four months. The register is read each year by a "
                "statistician who is not employed here, and the summary is "
                "published in March.</p>"
            ),
        ),
        (
            "callout",
            {
                "kind": "important",
                "heading": "Your medicines",
                "text": (
                    "<p>Treatment is added to the medicines you take and does "
                    "not take their place. Changes are made only together with "
                    "your own neurologist.</p>"
                ),
            },
        ),
        (
            "questions",
            {
                "items": [
                    {
                        "question": "How long does it take?",
                        "answer": (
                            "<p>About eight weeks from the assessment to the treatment, "
                            "most of them waiting while the cells grow. You hear "
                            "whether we can offer an assessment within three weeks of "
                            "applying. You are here for half a day, half a day and two "
                            "nights, and at five visits in the two years after.</p>"
                        ),
                    },
                    {
                        "question": "Can I stay on interferon β?",
                        "answer": (
                            "<p>Yes. It is one of the medicines that treatment is "
                            "added to.</p>"
                        ),
                    },
                    {
                        "question": "And on a GLP-1 medicine for weight or diabetes?",
                        "answer": (
                            "<p>Tell us: it empties the stomach slowly, so you fast for "
                            "longer before the marrow is taken.</p>"
                        ),
                    },
                    {
                        "question": "When can I be vaccinated against COVID-19 or flu?",
                        "answer": (
                            "<p>Two weeks before the collection or four weeks after the "
                            "treatment, so that a fever can be told from an "
                            "infection.</p>"
                        ),
                    },
                    {
                        "question": "Why do you measure IL-6?",
                        "answer": (
                            "<p>It is a signal of inflammation in the blood. For a single "
                            "person it says little; over all our patients it may one day "
                            "say who responds.</p>"
                        ),
                    },
                ]
            },
        ),
        (
            "page_cards",
            {
                "heading": "Next",
                "pages": [
                    {"page": "cost"},
                    {"page": "cells-and-ms"},
                    {"page": "apply"},
                ],
            },
        ),
    ],
)
