"""What is typical of the treatment that the stories tell of, as trials found it."""

from demonstration.content.shapes import Stream

OF_TREATMENT: Stream = [
    (
        "claim",
        {
            "sentence": (
                "<p>In the largest trial, of 144 people, the cells reduced inflammation "
                "no more than placebo. In a smaller one, of 48 people, the illness "
                "went on in fewer of those who got them.</p>"
            ),
            "outcome": "Whether the illness goes on",
            "people": "Adults with active multiple sclerosis",
            "direction": "mixed",
            "grade": "very-low",
            "works": [
                {
                    "reference": {"reference": "uccelli-2021"},
                    "locator": "",
                    "on_another_subject": False,
                },
                {
                    "reference": {"reference": "petrou-2020"},
                    "locator": "",
                    "on_another_subject": False,
                },
            ],
        },
    ),
]
