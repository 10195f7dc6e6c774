"""The long article, third part: the treatment and a comparison."""

from demonstration.content.shapes import Stream

BODY: Stream = [
    ("heading", {"text": "How is the treatment carried out?", "level": "2"}),
    (
        "paragraph",
        (
            "<p>At Marram Quay it takes about eight weeks from "
            "assessment to treatment, and most of that time is spent "
            'waiting. The <a href="page:protocol">treatment protocol</a> '
            "gives every step with its reasons; this is the outline.</p>"
        ),
    ),
    (
        "list",
        {
            "kind": "steps",
            "items": [
                (
                    "<p><b>Assess</b> More than half of those who apply do not go "
                    "further.</p>"
                ),
                "<p><b>Collect</b> Marrow from the hip, under local anaesthetic.</p>",
                "<p><b>Grow</b> Five to six weeks in closed flasks.</p>",
                "<p><b>Check</b> For infection, identity and number.</p>",
                (
                    "<p><b>Give</b> Into the spinal fluid or a vein; then two years "
                    "of follow-up.</p>"
                ),
            ],
        },
    ),
    ("heading", {"text": "Before: assessment and harvest", "level": "3"}),
    (
        "list",
        {
            "kind": "numbers",
            "items": [
                (
                    "<p>Your records and scans are read by two neurologists, one "
                    "of whom does not work for the clinic.</p>"
                ),
                (
                    "<p>You meet the team for half a day: examination, walking "
                    "test, blood tests and a long talk. <a "
                    'href="page:questions-for-a-clinic">Bring your '
                    "questions</a>.</p>"
                ),
                (
                    "<p>If both neurologists agree, about a tablespoon and a "
                    "half of marrow is taken from the back of the hip under "
                    "local anaesthetic. It aches for some days.</p>"
                ),
            ],
        },
    ),
    ("heading", {"text": "The day itself", "level": "3"}),
    (
        "paragraph",
        (
            "<p>The cells are given through a fine needle in the lower "
            "back (<i>intrathecal</i>), into a vein, or both. You stay "
            "lying down for four hours and in the building for two "
            "nights. I remember the ceiling, which has a crack like the "
            "coast of Norway, and a nurse who did not talk when I did "
            "not want to talk.</p>"
        ),
    ),
    ("heading", {"text": "What happens afterwards?", "level": "3"}),
    (
        "paragraph",
        (
            "<p>You are seen at two weeks, at three, six and twelve "
            "months and after two years, whether you feel better, worse "
            "or the same. The results, including the disappointing ones, "
            "go into a register that an outside statistician reads. "
            "Physiotherapy starts in the first week, because whatever "
            "the cells do, legs that are not used get weaker.</p>"
        ),
    ),
    (
        "video",
        {
            "video": {"video": "walking-practice"},
            "caption": (
                "<p>Five minutes of walking practice, as our "
                "physiotherapists teach it. There are captions; a transcript "
                "is below the picture.</p>"
            ),
        },
    ),
    (
        "heading",
        {
            "text": "How does it compare with a blood stem cell transplant?",
            "level": "2",
        },
    ),
    (
        "paragraph",
        (
            "<p>People often confuse the two, and clinics do not always "
            "help. A <b>haematopoietic</b> transplant wipes out much of "
            "the immune system with chemotherapy and lets it grow again "
            "from the patient’s own blood stem cells. Mesenchymal "
            "treatment leaves the immune system in place. They differ in "
            "what they ask, in what they risk and in how much is "
            "known.</p>"
        ),
    ),
    (
        "comparison",
        {
            "table": {
                "caption": "Two treatments that share a word",
                "columns": [
                    {"type": "short", "heading": "Point"},
                    {"type": "text", "heading": "Mesenchymal cells"},
                    {"type": "text", "heading": "Haematopoietic transplant"},
                ],
                "rows": [
                    {
                        "values": [
                            "Aim",
                            (
                                "<p>To calm inflammation and protect nerve cells "
                                "{cite:uccelli-2008}</p>"
                            ),
                            "<p>To replace an immune system that attacks myelin</p>",
                        ]
                    },
                    {
                        "values": [
                            "The case for it",
                            (
                                "<p>No chemotherapy; short stay; fewer people worsened in "
                                "one placebo-controlled trial in progressive MS "
                                "{cite:petrou-2020}</p>"
                            ),
                            (
                                "<p>Strong and lasting effect on relapses in selected people "
                                "with very active relapsing MS; offered by some public "
                                "health services</p>"
                            ),
                        ]
                    },
                    {
                        "values": [
                            "Known risks",
                            (
                                "<p>Headache and back pain after lumbar puncture, fever, "
                                "infection, bleeding; long-term risks not settled "
                                "{cite:regmi-2019}</p>"
                            ),
                            (
                                "<p>Serious infection, infertility, early menopause, second "
                                "cancers; a small number of people have died of the "
                                "treatment</p>"
                            ),
                        ]
                    },
                    {
                        "values": [
                            "What is uncertain",
                            (
                                "<p>Whether it works at all for relapsing MS; dose, route, "
                                "duration of any effect {cite:uccelli-2021}</p>"
                            ),
                            (
                                "<p>Benefit in progressive disease without inflammation; how "
                                "it compares with the newest medicines</p>"
                            ),
                        ]
                    },
                    {
                        "values": [
                            "Time away",
                            (
                                "<p>A day for the marrow, two nights for the treatment, and "
                                "travel</p>"
                            ),
                            "<p>Three to four weeks in hospital, months of recovery</p>",
                        ]
                    },
                ],
            },
        },
    ),
    (
        "paragraph",
        (
            "<p>If your MS is relapsing and very active despite a strong "
            "medicine, ask your neurologist about the transplant before "
            "you ask us about anything. We send people in that direction "
            "several times a year.</p>"
        ),
    ),
]
