"""What colleagues have chosen of how they are spoken to."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.utils import timezone, translation


@contextmanager
def speaking_to(user: Any) -> Iterator[None]:
    """Use the language and the time zone of ``user``'s account, else the site's.

    For what is told outside of the admin, where Wagtail does the same.
    """
    profile = getattr(user, "wagtail_userprofile", None)
    language = (profile and profile.preferred_language) or settings.LANGUAGE_CODE
    zone = _zone((profile and profile.current_time_zone) or settings.TIME_ZONE)
    with translation.override(language), timezone.override(zone):
        yield


def _zone(name: str) -> ZoneInfo:
    """Return the zone of that name, the site's for one that is known no more."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo(settings.TIME_ZONE)
