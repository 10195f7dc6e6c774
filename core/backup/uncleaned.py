"""A mark that a database was replaced, and nobody was erased from it again yet.

A file beside the erasure list: what stops the restore, a reboot too, leaves it there,
and until it is gone neither the site nor its worker starts. It says whether database
and uploads were all replaced; where they were not, erasing makes nothing whole.
"""

from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

_WHOLE = "whole"


def mark_path() -> Path:
    path = Path(settings.ERASURE_LIST)
    return path.with_name(f"{path.name}.restoring")


def is_uncleaned() -> bool:
    return mark_path().exists()


def is_half_restored() -> bool:
    """Return whether a restore has begun to replace, and has not come to its end."""
    return is_uncleaned() and mark_path().read_text() != _WHOLE


def mark() -> None:
    """Leave the mark, before the database is replaced."""
    mark_path().parent.mkdir(parents=True, exist_ok=True)
    mark_path().write_text("")


def mark_whole() -> None:
    """Note that everything was replaced, and the erasures are left to do."""
    mark_path().write_text(_WHOLE)


def unmark() -> None:
    """Take the mark away, once everybody on the erasure list is erased again."""
    mark_path().unlink(missing_ok=True)


def refuse_uncleaned() -> None:
    """Refuse to start on a restored database that was not cleaned.

    Raises:
        ImproperlyConfigured: It says what to do.
    """
    if is_half_restored():
        raise ImproperlyConfigured(
            f"A restore was interrupted: {mark_path()} says so. Restore once more."
        )
    if is_uncleaned():
        raise ImproperlyConfigured(
            "The database was restored, and who was erased since the backup is back: "
            f"{mark_path()} says so. Run `manage.py redo_erasures`, then start the "
            "site."
        )
