"""Moves a record's files to the store where they belong, all of them or none.

Files of a record that shows people lie in the private store, those of any other in the
public one. A move copies, stores the new names, and deletes what is left behind once
that is committed: whatever is rolled back leaves the old files where the row says.
"""

import contextlib
import logging
from collections.abc import Callable, Collection, Iterator
from datetime import UTC, datetime
from pathlib import PurePath
from typing import Any, NamedTuple

from django.db import models, transaction
from django.db.transaction import on_commit
from django.utils.translation import gettext_lazy as _

from core.media.renditions import folder_of
from core.media.stores import PREFIX, either_store, empty, files_in, is_private
from core.models.images import SiteImage
from core.models.replaced_files import (
    ReplacedFile,
    delete_left_behind,
    keep_for_a_while,
)
from core.models.shown_people import Shows
from core.models.videos import Video
from core.tasks import delete_replaced_files, enqueue
from seo.social_pictures.tasks import delete_social_pictures_with

logger = logging.getLogger(__name__)

FILES: dict[type[models.Model], tuple[str, ...]] = {
    SiteImage: ("file",),
    Video: ("file", "captions"),
}
# With folder and prefix a name stays below the 100 signs of a FileField.
_LONGEST_NAME = 50
_LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
_OWNER: dict[type[models.Model], str] = {SiteImage: "image", Video: "video"}


class NotMoved(Exception):
    """A store failed, and the record's files are where they were."""

    sentence = _(
        "Nothing was saved: the files of a picture or film could not be moved to the "
        "private store. Try again in a minute; if it fails again, tell whoever looks "
        "after the server."
    )


class Move(NamedTuple):
    """The move of one file."""

    field: str
    old: str
    new: str


def say(record: Any, shows: str) -> None:
    """Store what ``record`` shows and move its files accordingly, both or neither.

    Raises:
        NotMoved: A store failed; nothing has changed.
    """
    model = type(record)
    with transaction.atomic():
        model._default_manager.filter(pk=record.pk).update(shows=shows)
        put_in_place(model, record.pk)
        if model is SiteImage and shows == Shows.PEOPLE:
            # No signal tells of it.
            enqueue(delete_social_pictures_with, record.pk)
    record.shows = shows
    # Not assigned one by one, for which Django would open and measure a picture again.
    stored = model._base_manager.filter(pk=record.pk).values(*FILES[model])
    record.__dict__.update(stored.get())


def put_in_place(model: type[models.Model], pk: int) -> bool:
    """Move the files of a record to where they belong, if they are not there.

    Its renditions and the files that others have replaced are not moved but deleted:
    pages make other renditions.

    Returns:
        Whether something was moved.

    Raises:
        NotMoved: A store failed; the files are where they were.
    """
    moves: list[Move] = []
    try:
        with transaction.atomic():
            record: Any = model._base_manager.select_for_update().filter(pk=pk).first()
            if record is None:
                return False
            for field in FILES[model]:
                moves += _copied(record, field)
            if moves:
                names = {move.field: move.new for move in moves}
                model._base_manager.filter(pk=pk).update(**names)
                _leave_behind(record, moves)
    except Exception as error:
        _take_back(moves)
        raise NotMoved from error
    return bool(moves)


def _take_back(moves: list[Move]) -> None:
    """Delete copies. One that stays harms nobody; `check_media` finds it."""
    with contextlib.suppress(Exception):
        for move in moves:
            either_store.delete(move.new)


def copy_into_place(record: Any, shows: str, fields: Collection[str]) -> dict[str, str]:
    """Copy files to where they belong once ``record`` is stored with ``shows``.

    The row still names the others, which are its to keep or to let go of.

    Returns:
        The names by field, of those that need no copy as well.

    Raises:
        NotMoved: A store failed; there are no copies.
    """
    record.shows = shows
    moves: list[Move] = []
    try:
        for field in fields:
            moves += _copied(record, field)
    except Exception as error:
        _take_back(moves)
        raise NotMoved from error
    names = {field: str(getattr(record, field).name or "") for field in fields}
    return names | {move.field: move.new for move in moves}


def let_go_of_replaced_files(model: type[models.Model], pk: int) -> None:
    """Delete the files that a record has replaced; they answer nobody from now on.

    They are handed out as the record is. Where somebody is taken out of it, whoever is
    left would allow a file that shows them, too.
    """
    replaced = ReplacedFile.objects.filter(**{_OWNER[model]: pk})
    if replaced.update(replaced_at=_LONG_AGO):
        _delete_after_commit(delete_left_behind)
        enqueue(delete_replaced_files)  # should the store fail, or this process end


def out_of_place() -> Iterator[tuple[type[models.Model], int]]:
    """Yield the records of which a file is in the wrong store."""
    for model, fields in FILES.items():
        wrong = models.Q()
        for field in fields:
            private = models.Q(**{f"{field}__startswith": PREFIX})
            there = ~models.Q(**{field: ""})
            wrong |= models.Q(shows="people") & there & ~private
            wrong |= ~models.Q(shows="people") & private
        pks = model._base_manager.filter(wrong).order_by("pk")
        for pk in list(pks.values_list("pk", flat=True)):
            yield model, pk


def discard(model: type[models.Model], pk: int) -> None:
    """Delete every file in the folders of a deleted record, in both stores."""
    for field in FILES[model]:
        empty(_folder(model, pk, field))
    if model is SiteImage:
        for private in (False, True):
            empty(folder_of(pk, private=private))


def _folder(model: type[models.Model], pk: int, field: str) -> str:
    """Return the private folder of one file that was moved there."""
    return f"{PREFIX}{model._meta.model_name}-{pk}-{field}"


def _copied(record: Any, field: str) -> list[Move]:
    """Copy a file to where it belongs, and return the move; none if it is there."""
    file = getattr(record, field)
    if not file or is_private(file.name) == record.shows_people:
        return []
    old, basename = str(file.name), PurePath(file.name).name
    if record.shows_people:
        folder = _folder(type(record), record.pk, field)
        if not either_store.exists(old):  # an earlier version's move broke off here
            return [Move(field, old, name) for name in files_in(folder)[:1]]
        wanted = f"{folder}/{basename[-_LONGEST_NAME:]}"
    else:
        wanted = file.field.generate_filename(record, basename)
    with either_store.open(old) as content:
        return [Move(field, old, either_store.save(wanted, content, max_length=100))]


def _leave_behind(record: Any, moves: list[Move]) -> None:
    """Note what is to be deleted, and delete it once that is committed."""
    keep_for_a_while(record, *(move.old for move in moves))
    let_go_of_replaced_files(type(record), record.pk)
    if isinstance(record, SiteImage):
        folder = folder_of(record.pk, private=not record.shows_people)
        _delete_after_commit(lambda: empty(folder))


def _delete_after_commit(delete: Callable[[], Any]) -> None:
    def try_to() -> None:
        try:
            delete()
        except Exception as error:  # noqa: BLE001  (of whatever store)
            logger.warning("A file was not deleted: %s", type(error).__name__)

    on_commit(try_to)
