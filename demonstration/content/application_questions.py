"""What the application form asks, and why."""

from demonstration.content.shapes import Stream

QUESTIONS: Stream = [
    (
        "short_text",
        {
            "label": "Your full name",
            "help_text": "As it stands in your medical records.",
            "autocomplete": "name",
            "required": True,
            "sensitivity": "personal",
            "reason": "So that we can match your records to you.",
        },
    ),
    (
        "email",
        {
            "label": "E-mail address",
            "help_text": "",
            "required": True,
            "sensitivity": "personal",
            "reason": (
                "To tell you that the application has arrived and that an "
                "answer is ready. We never put health details into an e-mail."
            ),
        },
    ),
    (
        "telephone",
        {
            "label": "Telephone number",
            "help_text": "With the country code if you live abroad.",
            "required": False,
            "sensitivity": "personal",
            "reason": "In case we cannot reach you by e-mail.",
        },
    ),
    (
        "date",
        {
            "label": "Date of birth",
            "help_text": "For example 27 3 1974.",
            "birth_date": True,
            "required": True,
            "sensitivity": "personal",
            "reason": (
                "Age affects whether treatment can be considered; we treat adults only."
            ),
        },
    ),
    (
        "single_choice",
        {
            "label": ("Which form of multiple sclerosis have you been told you have?"),
            "help_text": "",
            "required": True,
            "sensitivity": "health",
            "reason": "The evidence differs from one form to another.",
            "choices": [
                "Relapsing-remitting",
                "Secondary progressive",
                "Primary progressive",
                "I have not been told",
                "I have another condition",
            ],
        },
    ),
    (
        "number",
        {
            "label": "In which year were you diagnosed?",
            "help_text": "Four digits; a good guess will do.",
            "required": True,
            "sensitivity": "health",
            "reason": "How long you have had the illness is part of the assessment.",
        },
    ),
    (
        "single_choice",
        {
            "label": "How far can you walk on an ordinary day?",
            "help_text": "Without resting.",
            "required": True,
            "sensitivity": "health",
            "reason": (
                "To judge what you might gain, and whether the journey is bearable."
            ),
            "choices": [
                "More than 500 metres",
                "100 to 500 metres, with or without a stick",
                "Less than 100 metres",
                "I use a wheelchair most of the time",
            ],
        },
    ),
    (
        "yes_no",
        {
            "label": (
                "Have you had a relapse, or become clearly worse, in the "
                "past twelve months?"
            ),
            "help_text": "",
            "required": True,
            "sensitivity": "health",
            "reason": (
                "Trials that found a benefit took people whose disease was active."
            ),
        },
    ),
    (
        "long_text",
        {
            "label": "Which medicines do you take now?",
            "help_text": "Name and dose, one to a line. Include blood thinners.",
            "required": True,
            "sensitivity": "health",
            "reason": (
                "Some medicines rule treatment out or must not be stopped for it."
            ),
        },
    ),
    (
        "multiple_choice",
        {
            "label": "Do any of these apply to you?",
            "help_text": "Tick all that do; leave empty if none do.",
            "required": False,
            "sensitivity": "health",
            "reason": "With any of these, treatment is usually not safe.",
            "choices": [
                "I am pregnant or may become so this year",
                "I have had cancer in the past five years",
                "I have an infection that is being treated",
                "I take a blood thinner",
            ],
        },
    ),
    (
        "long_text",
        {
            "label": "What do you hope for?",
            "help_text": (
                "In your own words. ‘To carry a cup across the kitchen’ is a "
                "good answer."
            ),
            "required": False,
            "sensitivity": "health",
            "reason": (
                "So that we can tell you honestly whether it is a thing "
                "treatment has been shown to do."
            ),
        },
    ),
    (
        "single_choice",
        {
            "label": "How should we contact you?",
            "help_text": "",
            "required": True,
            "sensitivity": "ordinary",
            "reason": "",
            "choices": [
                "By e-mail",
                "By telephone in the morning",
                "By telephone in the afternoon",
                "By letter",
            ],
        },
    ),
    (
        "consent",
        {
            "label": (
                "I agree that Marram Quay Clinic stores and reads my health "
                "details in order to decide on this application."
            ),
            "help_text": (
                "You can withdraw this at any time; the privacy page says how."
            ),
            "required": True,
            "sensitivity": "ordinary",
            "reason": "Without this agreement we may not read your answers.",
        },
    ),
    (
        "consent",
        {
            "label": (
                "I agree that my application is shared with the independent "
                "neurologist who reviews it."
            ),
            "help_text": "Shared under a duty of confidence, and with nobody else.",
            "required": False,
            "sensitivity": "ordinary",
            "reason": "If you would rather not, we can assess you only in person.",
        },
    ),
]
