"""Files that nobody may fetch for now: out of the public store, and back again.

A record's own row says where its file is: under `PREFIX` in the store named
``withheld``, which no server shows to the public, else in the public one. Every step
may be interrupted and is repeated safely; what is half done is never public.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from pathlib import PurePath
from typing import Any

from django.core.files.storage import Storage, storages
from django.db import models, transaction

from core.models.images import SiteImage, SiteRendition
from core.models.videos import Video

# How the name of a file begins that is withheld.
PREFIX = "withheld/"
FILES: dict[type[models.Model], tuple[str, ...]] = {
    SiteImage: ("file",),
    Video: ("file", "captions"),
}
_MODELS = {model._meta.model_name: model for model in FILES}
_FOLDER = re.compile(r"(\w+)-(\d+)-(\w+)")
# With folder and prefix a name stays below the 100 signs of a FileField.
_LONGEST_NAME = 50

Record = tuple[type[models.Model], int]


def put_away(records: Iterable[Record]) -> None:
    """Take the files of ``records`` out of the public store."""
    by_model: defaultdict[type[models.Model], list[int]] = defaultdict(list)
    for model, pk in records:
        by_model[model].append(pk)
    for model, pks in by_model.items():
        for field in FILES[model]:
            public = model._default_manager.filter(pk__in=pks).exclude(
                models.Q(**{f"{field}__startswith": PREFIX}) | models.Q(**{field: ""})
            )
            for pk in public.values_list("pk", flat=True):
                _put_away(model, pk, field)
    _remove_renditions()


def bring_back(records: Iterable[Record]) -> None:
    """Put the files of ``records`` into the public store again."""
    for model, pk in records:
        for field in FILES[model]:
            _bring_back(model, pk, field)


def away() -> set[Record]:
    """Return the records of which a file is away, as the store tells it."""
    try:
        folders, _ = _store().listdir("")
    except FileNotFoundError:
        return set()
    matches = filter(None, map(_FOLDER.fullmatch, folders))
    return {
        (_MODELS[match[1]], int(match[2])) for match in matches if match[1] in _MODELS
    }


def discard(model: type[models.Model], pk: int) -> None:
    """Delete what is kept of a record that was deleted."""
    for field in FILES[model]:
        _empty(_folder(model, pk, field))


def _store() -> Storage:
    return storages["withheld"]


def _folder(model: type[models.Model], pk: Any, field: str) -> str:
    return f"{model._meta.model_name}-{pk}-{field}"


def _kept(folder: str) -> list[str]:
    try:
        _, names = _store().listdir(folder)
    except FileNotFoundError:
        return []
    return [f"{folder}/{name}" for name in names]


def _empty(folder: str) -> None:
    for path in _kept(folder):
        _store().delete(path)
    _store().delete(folder)  # a folder on a disk; object storage has none


def _copy(source: Storage, name: str, target: Storage, wanted: str) -> str:
    with source.open(name) as content:
        return target.save(wanted, content)


def _put_away(model: type[models.Model], pk: int, field: str) -> None:
    with transaction.atomic():
        record = model._default_manager.select_for_update().filter(pk=pk).first()
        file: Any = getattr(record, field, None)
        if not file or file.name.startswith(PREFIX):
            return
        folder = _folder(model, pk, field)
        path = f"{folder}/{PurePath(file.name).name[-_LONGEST_NAME:]}"
        if file.storage.exists(file.name):
            _empty(folder)  # of an earlier attempt, which may have broken off
            path = _copy(file.storage, file.name, _store(), path)
        elif not _store().exists(path):
            return
        model._default_manager.filter(pk=pk).update(**{field: PREFIX + path})
        # Before the commit: should that fail, the copy is found by its folder.
        file.storage.delete(file.name)


def _bring_back(model: type[models.Model], pk: int, field: str) -> None:
    folder = _folder(model, pk, field)
    with transaction.atomic():
        record = model._default_manager.select_for_update().filter(pk=pk).first()
        file: Any = getattr(record, field, None)
        kept = _kept(folder) if file else []
        if file and file.name.startswith(PREFIX):
            # What the row names, and nothing where that is not here.
            kept = [path for path in kept if file.name == PREFIX + path]
            if not kept:
                return
        for path in kept:
            name, basename = file.name, PurePath(path).name
            if name == PREFIX + path:
                wanted = file.field.generate_filename(record, basename)
            elif name.endswith(basename) and not file.storage.exists(name):
                wanted = name  # it was being put away when that broke off
            else:
                continue  # the record has another file by now
            new = _copy(_store(), path, file.storage, wanted)
            model._default_manager.filter(pk=pk).update(**{field: new})
            break
    _empty(folder)


def _remove_renditions() -> None:
    """Delete the renditions of withheld pictures, the files before the rows."""
    renditions = SiteRendition.objects.filter(image__file__startswith=PREFIX)
    for rendition in renditions:
        rendition.file.storage.delete(rendition.file.name)
        rendition.delete()
