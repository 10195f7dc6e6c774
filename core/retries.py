"""The schedule of retries."""

from datetime import datetime, timedelta

from django.utils import timezone

# A little more than a day, so that somebody can mend it in working hours.
PAUSES = [
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=6),
    timedelta(hours=18),
]


def next_attempt(attempts: int) -> datetime | None:
    """Return the time of the next attempt, None to give up."""
    if attempts > len(PAUSES):
        return None
    return timezone.now() + PAUSES[attempts - 1]
