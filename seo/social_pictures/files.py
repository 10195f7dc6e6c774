"""The files of social pictures, in the public store.

Their names cannot be guessed: readers get them by the address in a page's head alone
(`seo.social_pictures.views`), which asks each time whether the page still says so.
A file that shows somebody's portrait lies in the folder of that portrait.
"""

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
    name = f"{page_pk}-{secret.hexdigest()[:32]}.jpg"
    if said.portrait:
        return f"{_PORTRAITS}/{said.portrait.pk}/{name}"
    return f"{_PAGES}/{name[:2]}/{name}"


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
    """Store the picture in place of the earlier ones of its page."""
    name = name_of(page_pk, said)
    if not _is_there(name):
        stored = default_storage.save(name, ContentFile(content))
        if stored != name:  # somebody else was faster
            default_storage.delete(stored)
    remove_of_page(page_pk, but=name)


def remove_of_page(page_pk: int, but: str = "") -> None:
    """Delete the pictures of a page, but one."""
    for folder in _folders_of(page_pk):
        for name in _files(folder):
            is_its = name.rpartition("/")[2].startswith(f"{page_pk}-")
            if is_its and name != but:
                default_storage.delete(name)


def remove_with_portrait(image_pk: int) -> None:
    """Delete the pictures that show this portrait."""
    for name in _files(f"{_PORTRAITS}/{image_pk}"):
        default_storage.delete(name)


def _folders_of(page_pk: int) -> list[str]:
    return [f"{_PAGES}/{f'{page_pk}-'[:2]}", *_listed(_PORTRAITS)[0]]


def _files(folder: str) -> list[str]:
    return _listed(folder)[1]


def _listed(folder: str) -> tuple[list[str], list[str]]:
    """Return the folders and files in ``folder``, none where there is no such."""
    try:
        folders, files = default_storage.listdir(folder)
    except FileNotFoundError:
        return [], []
    return [f"{folder}/{name}" for name in folders], [f"{folder}/{f}" for f in files]
