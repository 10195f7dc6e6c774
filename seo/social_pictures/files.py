"""The files of social pictures, in the public store.

Their names cannot be guessed: readers get them by the address in a page's head alone
(`seo.social_pictures.views`), which asks each time whether the page still says so.
All of one page lie in its folder, named for the portrait that they show. The folder of
a portrait names those pages, by files without content: nothing is searched for.
"""

from collections.abc import Iterator
from pathlib import Path, PurePath

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.crypto import salted_hmac

from seo.social_pictures.facts import Facts

_FOLDER = "social-pictures"
_PAGES = f"{_FOLDER}/pages"
_PORTRAITS = f"{_FOLDER}/portraits"
_SALT = "seo.social_pictures"


def name_of(page_pk: int, said: Facts) -> str:
    """Return the name under which the picture is stored."""
    secret = salted_hmac(_SALT, f"{page_pk}/{said.digest}", algorithm="sha256")
    portrait = said.portrait.pk if said.portrait else 0
    return f"{_PAGES}/{page_pk}/{portrait}-{secret.hexdigest()[:32]}.jpg"


def is_stored(page_pk: int, said: Facts) -> bool:
    return _is_there(name_of(page_pk, said))


def _is_there(name: str) -> bool:
    return default_storage.exists(name)


def read(page_pk: int, said: Facts) -> bytes | None:
    """Return the stored picture, or None."""
    try:
        with default_storage.open(name_of(page_pk, said)) as file:
            content: bytes = file.read()
            return content
    except FileNotFoundError:
        return None


def store(page_pk: int, said: Facts, content: bytes) -> None:
    """Store the picture; the earlier ones of its page are left to a task."""
    if said.portrait:
        _save(_mark(said.portrait.pk, page_pk), b"")
    _save_whole(name_of(page_pk, said), content)


def _mark(image_pk: int, page_pk: int) -> str:
    """Return the name of the file that says that a page shows a portrait."""
    return f"{_PORTRAITS}/{image_pk}/{page_pk}"


def _save(name: str, content: bytes) -> None:
    if not _is_there(name):
        stored = default_storage.save(name, ContentFile(content))
        if stored != name:  # somebody else was faster
            default_storage.delete(stored)


def _save_whole(name: str, content: bytes) -> None:
    """Store a file whole or not at all, however many do so at once.

    In a folder it has another name while it is written; a bucket does so by itself.
    """
    try:
        place = Path(default_storage.path(name))
    except NotImplementedError:
        _save(name, content)
        return
    draft = default_storage.save(f"{name}.next", ContentFile(content))
    Path(default_storage.path(draft)).replace(place)


def remove_of_page(page_pk: int, but: str = "") -> None:
    """Delete the pictures of a page, but one."""
    kept = _portrait_in(but) if but else ""
    for name in _files(f"{_PAGES}/{page_pk}"):
        if name != but:
            default_storage.delete(name)
            shown = _portrait_in(name)
            if shown.isdecimal() and shown != kept:
                default_storage.delete(_mark(int(shown), page_pk))


def remove_with_portrait(image_pk: int) -> None:
    """Delete the pictures that show this portrait."""
    for mark in _files(f"{_PORTRAITS}/{image_pk}"):
        for name in _files(f"{_PAGES}/{PurePath(mark).name}"):
            if _portrait_in(name) == str(image_pk):
                default_storage.delete(name)
        default_storage.delete(mark)


def of_each_page() -> Iterator[tuple[int, list[str]]]:
    """Yield the number of each page that has pictures, and their names."""
    for folder in _listed(_PAGES)[0]:
        if (page_pk := PurePath(folder).name).isdecimal():
            yield int(page_pk), _files(folder)


def _portrait_in(name: str) -> str:
    """Return the number of the portrait that a file shows, "0" for none."""
    return PurePath(name).name.partition("-")[0]


def _files(folder: str) -> list[str]:
    return _listed(folder)[1]


def _listed(folder: str) -> tuple[list[str], list[str]]:
    """Return the folders and files in ``folder``, none where there is no such."""
    try:
        folders, files = default_storage.listdir(folder)
    except FileNotFoundError:
        return [], []
    return [f"{folder}/{name}" for name in folders], [f"{folder}/{f}" for f in files]
