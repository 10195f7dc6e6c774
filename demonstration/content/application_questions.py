"""What the application form asks, in five steps, and why."""

from demonstration.content.application_for_others import ARRANGEMENTS, CARER
from demonstration.content.conditions import only_if
from demonstration.content.shapes import Stream

_HAS_MS = "Has a doctor told you that you have multiple sclerosis?"
_RELAPSE = "Have you had a relapse, or become clearly worse, in the past twelve months?"
_CONTACT = "How should we contact you?"


QUESTIONS: Stream = [
    (
        "step",
        {
            "title": "Can we help at all?",
            "introduction": (
                "<p>One question first. Its answer stays in your browser.</p>"
            ),
        },
    ),
    (
        "yes_no",
        {
            "label": _HAS_MS,
            "help_text": "",
            "required": True,
            "sensitivity": "health",
            "reason": "It is the only illness that we treat.",
        },
    ),
    (
        "exit",
        {
            "title": "We can probably not help you here",
            "text": (
                "<p>We treat people with multiple sclerosis, because only they took "
                "part in the studies on which we rely {cite:petrou-2020}: see "
                '<a href="page:results">our results and those of others</a>.</p>'
            ),
            "alternative": (
                "<p>For another illness a neurologist near you can do more than we "
                "can, and an association of patients can name one.</p>"
            ),
            "ask": (
                '<p>Unsure whether this is you? <a href="page:contact">Write to us or '
                "come by</a>: a nurse answers.</p>"
            ),
            "condition": only_if(_HAS_MS, "is", "No"),
        },
    ),
    (
        "step",
        {
            "title": "You",
            "introduction": (
                "<p>From here on your answers are kept, encrypted, for as long as you agree.</p>"
            ),
        },
    ),
    (
        "consent",
        {
            "label": (
                "I agree that Marram Quay Clinic stores and reads my health "
                "details in order to decide on this application."
            ),
            "short_name": "Reading my health details",
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
            "short_name": "Sharing with the second neurologist",
            "help_text": "Shared under a duty of confidence, and with nobody else.",
            "required": False,
            "sensitivity": "ordinary",
            "reason": "If you would rather not, we can assess you only in person.",
        },
    ),
    *CARER,
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
        "step",
        {
            "title": "Your illness",
            "introduction": ("<p>A good guess is better than no answer.</p>"),
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
            "minimum": "1950",
            "reason": "How long you have had the illness is part of the assessment.",
        },
    ),
    (
        "yes_no",
        {
            "label": _RELAPSE,
            "help_text": "",
            "required": True,
            "sensitivity": "health",
            "reason": (
                "Trials that found a benefit took people whose disease was active."
            ),
        },
    ),
    (
        "date",
        {
            "label": "When did the last relapse begin?",
            "help_text": "The year alone will do, or month and year.",
            "required": True,
            "may_be_partly_known": True,
            "sensitivity": "health",
            "reason": "Treatment waits until three months after a relapse.",
            "condition": only_if(_RELAPSE, "is", "Yes"),
        },
    ),
    (
        "step",
        {
            "title": "Your medicines",
            "introduction": ("<p>Have the packets to hand.</p>"),
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
        "file",
        {
            "label": "Your latest letter from a neurologist",
            "help_text": "A photograph of each page is enough.",
            "required": False,
            "sensitivity": "health",
            "reason": "It often answers what we would have to ask you.",
            "most_files": 5,
            "most_megabytes": 10,
            "may_bring": True,
        },
    ),
    (
        "step",
        {
            "title": "How we reach you",
            "introduction": ("<p>We write or call on working days.</p>"),
        },
    ),
    (
        "single_choice",
        {
            "label": _CONTACT,
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
        "telephone",
        {
            "label": "Telephone number",
            "help_text": "With the country code if you live abroad.",
            "required": True,
            "sensitivity": "personal",
            "reason": "You would like us to call you.",
            "condition": only_if(_CONTACT, "contains", "telephone"),
        },
    ),
    *ARRANGEMENTS,
]
