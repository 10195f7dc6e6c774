"""Reading time of a text."""

from math import ceil

# Mean silent reading rate of adults for English non-fiction, from 190 studies.
# M. Brysbaert, "How many words do we read per minute? A review and meta-analysis
# of reading rate", Journal of Memory and Language 109 (2019) 104047.
WORDS_PER_MINUTE = 238


def minutes(text: str) -> int:
    """Return the minutes an adult needs to read ``text``, rounded up, at least 1."""
    return max(1, ceil(len(text.split()) / WORDS_PER_MINUTE))
