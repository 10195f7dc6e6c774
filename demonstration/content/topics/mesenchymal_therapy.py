"""The page of the topic mesenchymal cell therapy."""

from demonstration.content.shapes import Page

PAGE = Page(
    key="topic-mesenchymal-cell-therapy",
    type="TopicPage",
    parent="conditions",
    title="Mesenchymal cell therapy",
    slug="mesenchymal-cell-therapy",
    topic="mesenchymal-cell-therapy",
    seo_title="Mesenchymal cell therapy explained",
    search_description=(
        "How mesenchymal stem cells are collected, grown and given, "
        "what trials have and have not shown, the known risks, and "
        "what is still uncertain."
    ),
    standfirst=(
        "Cells of the connective tissue, grown for some weeks and "
        "given back. A treatment under study, with findings on both "
        "sides."
    ),
    lead_image={
        "picture": "culture",
        "alt": (
            "Drawing of a flat laboratory flask lying on its side with a "
            "layer of spindle-shaped cells, and a gloved hand about to "
            "lift it."
        ),
        "decorative": False,
    },
    body=[
        (
            "paragraph",
            (
                "<p>Mesenchymal stem cells can be taken from many adult "
                "tissues and act on the immune system in several ways "
                "{cite:uccelli-2008}. That has led to trials in illnesses "
                "driven by inflammation. It has also led to a trade, and "
                "part of our work is to keep the two apart.</p>"
            ),
        ),
        (
            "list",
            {
                "kind": "steps",
                "items": [
                    "<p><b>Assess</b> Two neurologists read the records.</p>",
                    "<p><b>Collect</b> Marrow from the hip.</p>",
                    "<p><b>Grow</b> Five to six weeks.</p>",
                    "<p><b>Check</b> Is it safe, and enough?</p>",
                    "<p><b>Give</b> Two years of follow-up begin.</p>",
                ],
            },
        ),
        ("heading", {"text": "What is in favour, and what against?", "level": "2"}),
        (
            "comparison",
            {
                "table": {
                    "caption": "Findings on both sides",
                    "columns": [
                        {"type": "text", "heading": "In favour"},
                        {"type": "text", "heading": "Against, or unsettled"},
                    ],
                    "rows": [
                        {
                            "values": [
                                (
                                    "<p>Less worsening than after a sham injection in one small "
                                    "double-blind trial {cite:petrou-2020}</p>"
                                ),
                                (
                                    "<p>A larger trial, of one dose into a vein "
                                    "{cite:uccelli-2021}, did not reach its main aim on MRI</p>"
                                ),
                            ]
                        },
                        {
                            "values": [
                                "<p>No chemotherapy; mostly brief side effects</p>",
                                (
                                    "<p>Long-term safety and the best way to make the cells are "
                                    "open questions {cite:regmi-2019}</p>"
                                ),
                            ]
                        },
                    ],
                },
            },
        ),
        (
            "questions",
            {
                "items": [
                    {
                        "question": "Is it licensed?",
                        "answer": (
                            "<p>Not for MS. It is given as an unlicensed treatment, "
                            "person by person, after independent review.</p>"
                        ),
                    },
                    {
                        "question": "Do you treat other illnesses?",
                        "answer": (
                            "<p>No. We have looked for evidence of the same quality and "
                            "have not found it.</p>"
                        ),
                    },
                ]
            },
        ),
        (
            "page_cards",
            {
                "heading": "How we work",
                "pages": [
                    {"page": "protocol"},
                    {"page": "cost"},
                    {"page": "henrik-sandvold"},
                ],
            },
        ),
        (
            "call_to_action",
            {
                "heading": "Bring us your questions",
                "text": "<p>Twelve of them are written down already.</p>",
                "label": "Questions to ask a clinic",
                "page": {"page": "questions-for-a-clinic"},
            },
        ),
    ],
)
