"""Reference numbers that can be read out and written down without mistakes."""

import secrets

# Left out: vowels, which make words; 0 1 2 5 8 B I L O S U Z, which look alike.
ALPHABET = "34679CDFGHJKMNPQRTVWXY"
_HALF = 4


def new_reference() -> str:
    """Return a number such as ``7F3K-9RQX``, one of fifty billion."""
    halves = ("".join(secrets.choice(ALPHABET) for _ in range(_HALF)) for _ in range(2))
    return "-".join(halves)
