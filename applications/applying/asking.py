"""The question after the thanks, as the page asks it."""

from typing import Any

from applications.applying.forms import FIELD_PREFIX, HONEYPOT, TOKEN
from applications.applying.tokens import FeedbackToken

# Called as answers are, so that it is given back too when the database is gone.
HARD = f"{FIELD_PREFIX}hard"
MOST_CHARACTERS = 2_000


def question_after(token: FeedbackToken) -> dict[str, Any]:
    """Return what the template of the question needs.

    Args:
        token: With a key of its own: nothing leads from the answer to what was sent.
    """
    return {
        "name": HARD,
        "most": MOST_CHARACTERS,
        "form_token": str(token),
        "form_token_name": TOKEN,
        "honeypot_name": HONEYPOT,
    }
