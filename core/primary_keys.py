"""Reads primary keys in stored text, where anything may have been typed."""

# Eighteen digits fit into the integers of every database; for `re.ASCII` or not.
PATTERN = r"[0-9]{1,18}"
_DIGITS = 18


def primary_key(text: object) -> int:
    """Return ``text`` as a primary key; 0, which no record has, for anything else."""
    digits = str(text)
    is_key = digits.isascii() and digits.isdigit() and len(digits) <= _DIGITS
    return int(digits) if is_key else 0
