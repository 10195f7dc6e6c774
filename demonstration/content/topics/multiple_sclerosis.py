"""The page of the topic multiple sclerosis."""

from demonstration.content.shapes import Page

PAGE = Page(
    key="topic-multiple-sclerosis",
    type="TopicPage",
    parent="conditions",
    title="Multiple sclerosis",
    slug="multiple-sclerosis",
    topic="multiple-sclerosis",
    seo_title="Multiple sclerosis: what is known",
    search_description=(
        "What multiple sclerosis is, how it is treated, where "
        "mesenchymal cells may and may not have a place, with "
        "articles, stories and the application form."
    ),
    standfirst=(
        "What the illness is, what is known to help, and where cell "
        "treatment may have a place. Articles and stories on the "
        "subject are gathered below."
    ),
    lead_image={
        "picture": "myelin",
        "alt": (
            "Drawing of a nerve fibre whose myelin sheath is whole on "
            "the left and broken on the right, with immune cells at the "
            "gap."
        ),
        "decorative": False,
    },
    body=[
        (
            "paragraph",
            (
                "<p>Multiple sclerosis (MS) is a lifelong illness of the "
                "brain and spinal cord. It is not catching, it is rarely "
                "inherited in any simple way, and its course differs so much "
                "from person to person that averages console nobody.</p>"
            ),
        ),
        ("heading", {"text": "Which forms are there?", "level": "2"}),
        (
            "comparison",
            {
                "table": {
                    "caption": "Three forms of MS",
                    "columns": [
                        {"type": "short", "heading": "Form"},
                        {"type": "text", "heading": "Course"},
                        {"type": "text", "heading": "Treatment today"},
                    ],
                    "rows": [
                        {
                            "values": [
                                "Relapsing-remitting",
                                "<p>Attacks, with recovery between them</p>",
                                "<p>Several effective medicines</p>",
                            ]
                        },
                        {
                            "values": [
                                "Secondary progressive",
                                "<p>Slow worsening after years of attacks</p>",
                                (
                                    "<p>Fewer medicines; help mainly while there is "
                                    "inflammation</p>"
                                ),
                            ]
                        },
                        {
                            "values": [
                                "Primary progressive",
                                "<p>Slow worsening from the start</p>",
                                "<p>Few medicines, with modest effect</p>",
                            ]
                        },
                    ],
                },
            },
        ),
        ("heading", {"text": "What do we look at first?", "level": "2"}),
        (
            "list",
            {
                "kind": "bullets",
                "items": [
                    (
                        "<p>Has every well-tested medicine that fits been "
                        "considered?</p>"
                    ),
                    (
                        "<p>Is there inflammation now, or only its traces? See <a "
                        'href="page:mri">what MRI shows</a>.</p>'
                    ),
                    "<p>What could physiotherapy alone achieve?</p>",
                ],
            },
        ),
        (
            "key_fact",
            {
                "figure": "48",
                "text": (
                    "<p>people with active progressive MS took part in the "
                    "double-blind trial on which most hopes for mesenchymal "
                    "cells rest.</p>"
                ),
                "reference": {"reference": "petrou-2020"},
                "locator": "",
            },
        ),
        (
            "callout",
            {
                "kind": "note",
                "heading": "Newly diagnosed?",
                "text": (
                    "<p>Start with a hospital service for MS, not with us. Early "
                    "treatment with an established medicine matters more than "
                    "anything we offer.</p>"
                ),
            },
        ),
        (
            "testimonial_carousel",
            {
                "heading": "From people who were treated",
                "stories": [{"page": "walking-notebook"}],
            },
        ),
        (
            "call_to_action",
            {
                "heading": "Is an assessment worth your while?",
                "text": "<p>Eighteen questions, read by two neurologists.</p>",
                "label": "Apply for an assessment",
                "page": {"page": "apply"},
            },
        ),
    ],
)
