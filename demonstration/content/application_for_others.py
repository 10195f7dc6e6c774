"""What the application form asks of carers, and what should be arranged for anybody."""

from demonstration.content.conditions import only_if
from demonstration.content.shapes import Stream

_SOMEBODY_ELSE = "Are you filling this in for somebody else?"

CARER: Stream = [
    (
        "carer",
        {
            "label": _SOMEBODY_ELSE,
            "help_text": (
                "If so, answer the other questions as that person would, with their name."
            ),
            "required": False,
            "sensitivity": "personal",
            "reason": "So that we know whom we speak to.",
        },
    ),
    (
        "carer_name",
        {
            "label": "Your own name",
            "help_text": "The name of whoever fills this in.",
            "autocomplete": "off",
            "required": True,
            "sensitivity": "personal",
            "reason": "So that we can ask for you when we call.",
            "missing_words": "Enter your own name",
            "condition": only_if(_SOMEBODY_ELSE, "is", "Yes"),
        },
    ),
    (
        "carer_capacity",
        {
            "label": "In what capacity do you fill this in?",
            "help_text": "",
            "required": True,
            "sensitivity": "personal",
            "reason": (
                "Some of what we tell applicants we may tell only some of those who "
                "speak for them."
            ),
            "choices": [
                "As a relative or friend",
                "As a paid carer or nurse",
                "As a guardian, or with a power of attorney",
                "As an interpreter, or in another capacity",
            ],
            "condition": only_if(_SOMEBODY_ELSE, "is", "Yes"),
        },
    ),
]

ARRANGEMENTS: Stream = [
    (
        "adjustments",
        {
            "label": "Is there anything that we should arrange for you?",
            "help_text": "Tick all that would help.",
            "required": False,
            "sensitivity": "health",
            "reason": "So that letters, calls and visits are possible for you.",
            "choices": [
                "Letters in large print",
                "Rooms without steps",
                "More time to speak or to write",
                "Somebody who comes with me",
                "Something else: please call me",
            ],
        },
    ),
    (
        "interpreter",
        {
            "label": "Would you like an interpreter? For which language?",
            "help_text": "Sign language, too. Leave it empty if you need none.",
            "autocomplete": "off",
            "required": False,
            "sensitivity": "personal",
            "reason": "So that nobody has to interpret for their own family.",
        },
    ),
]
