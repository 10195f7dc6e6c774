"""A shorter article: exercise."""

from datetime import date

from demonstration.content.shapes import Article, Contribution

ARTICLE = Article(
    key="exercise",
    slug="how-to-begin-exercise-with-ms",
    title="How do you begin to exercise when walking has become hard?",
    seo_title="Exercise with MS: how to begin",
    standfirst=(
        "Movement does not make MS worse, and most people can do "
        "some. Here is how our physiotherapists start, and when they "
        "tell people to stop."
    ),
    topic="multiple-sclerosis",
    lead_image={
        "picture": "exercise",
        "alt": (
            "Drawing of a person seen from behind, stepping between two "
            "parallel bars in a gymnasium."
        ),
        "decorative": False,
    },
    lead_video="walking-practice",
    answer=[
        (
            "answer",
            {
                "text": (
                    "<p>Measure what you can walk on a bad day, and begin with half "
                    "of it, most days of the week. Add one minute at a time, and go "
                    "back a step when the next day is lost. This is how our "
                    "physiotherapists work; it rests on their practice more than on "
                    "any one trial.</p>"
                ),
                "certainty": "advice",
                "as_of": "2026-09-14",
            },
        )
    ],
    body=[
        (
            "paragraph",
            (
                "<p>For a long time people with MS were told to rest. We now "
                "know that muscles which are spared grow weak for reasons of "
                "their own, and that this second weakness can be won back. "
                "The first cannot always be.</p>"
            ),
        ),
        ("heading", {"text": "Where do you start?", "level": "2"}),
        (
            "list",
            {
                "kind": "numbers",
                "items": [
                    ("<p>Find the distance you can walk on a bad day. Halve it.</p>"),
                    "<p>Walk that far, five days out of seven, for two weeks.</p>",
                    ("<p>Add one minute, or one length of the corridor. Not both.</p>"),
                    (
                        "<p>If the next day is lost, you did too much: go back a "
                        "step.</p>"
                    ),
                ],
            },
        ),
        (
            "video",
            {
                "video": {"video": "walking-practice"},
                "caption": (
                    "<p>Five minutes of walking practice. The rail is there to "
                    "be used.</p>"
                ),
            },
        ),
        ("heading", {"text": "Is it safe?", "level": "2"}),
        (
            "questions",
            {
                "items": [
                    {
                        "question": "My sight blurs when I get hot. Is that damage?",
                        "answer": (
                            "<p>It is usually heat slowing a signal in a fibre that is "
                            "already scarred, and it passes as you cool. If it lasts "
                            "longer than a day, tell your neurologist.</p>"
                        ),
                    },
                    {
                        "question": "May I train during a relapse?",
                        "answer": (
                            "<p>Rest from training, not from moving. Start again, lower, "
                            "when the new symptoms have stopped getting worse.</p>"
                        ),
                    },
                ]
            },
        ),
        (
            "callout",
            {
                "kind": "warning",
                "heading": "Stop and ask",
                "text": (
                    "<p>Chest pain, a fall with a blow to the head, or a leg "
                    "that is suddenly swollen are not for the physiotherapist. "
                    "Call for medical help.</p>"
                ),
            },
        ),
        (
            "heading",
            {"text": "What does it have to do with cell treatment?", "level": "2"},
        ),
        (
            "paragraph",
            (
                "<p>More than it may seem. The trial that found less "
                "worsening after cells timed people over a short walk, among "
                "other things {cite:petrou-2020}. Practice alone can make "
                "such times shorter, so a fair trial gives both groups the "
                "same training, and a fair clinic tells you which of the two "
                "may have helped. Everyone treated here begins <a "
                'href="page:protocol">physiotherapy</a> before the cells, '
                "and we write down how far that alone has brought them.</p>"
            ),
        ),
        (
            "key_fact",
            {
                "figure": "14 months",
                "text": (
                    "<p>was the length of that trial. A training plan should be "
                    "one you can imagine keeping for as long.</p>"
                ),
                "reference": {"reference": "petrou-2020"},
                "locator": "abstract",
            },
        ),
    ],
    contributions=[
        Contribution(
            person="meera-raghunathan",
            role="author",
            date=date(2026, 6, 2),
            relation="employee",
            disclosure="Employed by the clinic.",
        )
    ],
    first_published=date(2026, 6, 2),
    updated=date(2026, 9, 14),
    related=["fatigue", "cells-and-ms"],
)
