"""Questions that come with their words, for people who cannot apply on their own.

Each is one of the blocks with its fields filled in, which editors may change. By its
name staff are told of the answer.
"""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

READY_MADE = _("Ready-made questions")
_FOR_SOMEBODY_ELSE = _("Are you filling this in for somebody else?")


def ready_made(
    kind: str, description: Promise, words: dict[str, Any]
) -> dict[str, Any]:
    """Return what makes of a question block a ready-made one.

    Args:
        kind: The name of the block that it is in all but its words.
        description: For the picker.
        words: The values that it begins with.
    """
    return {
        "kind": kind,
        "description": description,
        "group": READY_MADE,
        "default": words,
        "preview_value": {**words, "condition": {"join": "all", "tests": []}},
    }


def _if_for_somebody_else() -> dict[str, Any]:
    test = {"question": _FOR_SOMEBODY_ELSE, "operator": "is", "value": "Yes"}
    return {"join": "all", "tests": [test]}


SOMEBODY_ELSE = ready_made(
    "yes_no",
    _("Whether a carer, a relative or a friend fills the form in"),
    {
        "label": _FOR_SOMEBODY_ELSE,
        "help_text": _(
            "If so, answer the other questions as that person would, with their name."
        ),
        "required": False,
        "sensitivity": "personal",
        "reason": _("So that we know whom we speak to."),
    },
)
CARER_NAME = ready_made(
    "short_text",
    _("The name of whoever fills the form in for somebody else"),
    {
        "label": _("Your own name"),
        "help_text": _("The name of whoever fills this in."),
        "required": True,
        "sensitivity": "personal",
        "reason": "",
        # The browser would fill in the name that it knows, whoever's that is.
        "autocomplete": "off",
        "missing_words": _("Enter your own name"),
        "condition": _if_for_somebody_else(),
    },
)
CARER_CAPACITY = ready_made(
    "single_choice",
    _("In what capacity somebody fills the form in for another"),
    {
        "label": _("In what capacity do you fill this in?"),
        "help_text": "",
        "required": True,
        "sensitivity": "personal",
        "reason": _("Some of what we tell applicants we may tell only some of them."),
        "choices": [
            _("As a relative or friend"),
            _("As a paid carer or nurse"),
            _("As a guardian, or with a power of attorney"),
            _("As an interpreter, or in another capacity"),
        ],
        "condition": _if_for_somebody_else(),
    },
)
ADJUSTMENTS_WANTED = ready_made(
    "multiple_choice",
    _("What makes letters, calls and visits possible"),
    {
        "label": _("Is there anything that we should arrange for you?"),
        "help_text": _("Tick all that would help."),
        "required": False,
        "sensitivity": "health",
        "reason": _("So that letters, calls and visits are possible for you."),
        "choices": [
            _("Letters in large print"),
            _("Rooms without steps"),
            _("More time to speak or to write"),
            _("Somebody who comes with me"),
            _("Something else: please call me"),
        ],
    },
)
INTERPRETER_WANTED = ready_made(
    "short_text",
    _("The language into which an interpreter is wanted"),
    {
        "label": _("Would you like an interpreter? For which language?"),
        "help_text": _("Sign language, too. Leave it empty if you need none."),
        "required": False,
        "sensitivity": "personal",
        "reason": _("So that nobody has to interpret for their own family."),
        "autocomplete": "off",
    },
)
