"""Where static files, and public and private uploads are stored."""

from importlib.util import find_spec
from itertools import permutations
from pathlib import Path, PurePath
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from .environment import *

_FOLDER = "django.core.files.storage.FileSystemStorage"


def _bucket(variable: str, url: str) -> dict[str, Any]:
    """Return a storage for ``s3://key:secret@host/bucket/prefix?region_name=...``."""
    parts = urlsplit(url)
    bucket, _, prefix = parts.path.strip("/").partition("/")
    if parts.scheme not in ("s3", "s3+http") or not parts.hostname or not bucket:
        raise ImproperlyConfigured(
            f"{variable} is neither a folder nor like s3://key:secret@host/bucket."
        )
    if find_spec("storages") is None:
        raise ImproperlyConfigured(
            f"{variable} names a bucket, which needs requirements-s3.txt installed."
        )
    scheme = "http" if parts.scheme == "s3+http" else "https"
    options = {
        "endpoint_url": f"{scheme}://{parts.netloc.rpartition('@')[2]}",
        "bucket_name": bucket,
        "location": prefix,
        **dict(parse_qsl(parts.query)),
    }
    if parts.username:
        options["access_key"] = unquote(parts.username)
        options["secret_key"] = unquote(parts.password or "")
    return {"BACKEND": "config.object_storage.ObjectStorage", "OPTIONS": options}


def _storage(variable: str, folder: Path) -> dict[str, Any]:
    """Return the storage that a variable of the environment names."""
    place = env(variable, default="") or str(folder)
    if "://" in place:
        return _bucket(variable, place)
    return {"BACKEND": _FOLDER, "OPTIONS": {"location": (ROOT / place).resolve()}}


def _beside(storage: dict[str, Any]) -> Path:
    """Return the folder beside a private one in which applicants' files lie."""
    if storage["BACKEND"] != _FOLDER:
        raise ImproperlyConfigured(
            "PRIVATE_STORAGE names a bucket, so APPLICANTS_STORAGE must name one, too."
        )
    return Path(storage["OPTIONS"]["location"]).parent / "applicants"


def _place(storage: dict[str, Any]) -> PurePath:
    options = storage["OPTIONS"]
    return PurePath(
        options.get("endpoint_url", ""),
        options.get("bucket_name", ""),
        options["location"],
    )


STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [SITE / "static"]
MEDIA_URL = "/media/"
STORAGES: dict[str, Any] = {
    "default": _storage("MEDIA_STORAGE", VAR / "media"),
    # Pictures and films that show people who must consent; nothing may serve it to the
    # public but what the site hands out itself.
    "private": _storage("PRIVATE_STORAGE", VAR / "private"),
    "staticfiles": {
        "BACKEND": "config.staticfiles.WholeFilesStorage",
    },
}
if env("WITHHELD_STORAGE", default=""):
    raise ImproperlyConfigured(
        "WITHHELD_STORAGE is called PRIVATE_STORAGE now; the place may stay the same."
    )
# What applicants send, encrypted. Apart, since nginx may read the private store.
if env("APPLICANTS_STORAGE", default=""):
    STORAGES["applicants"] = _storage("APPLICANTS_STORAGE", VAR)
else:
    _folder = _beside(STORAGES["private"])
    STORAGES["applicants"] = {"BACKEND": _FOLDER, "OPTIONS": {"location": _folder}}
if STORAGES["applicants"]["BACKEND"] == _FOLDER:
    # Applicants are told that what they sent is kept.
    STORAGES["applicants"]["BACKEND"] = "config.durable_storage.DurableStorage"
# What their files leave free on the disk, where they lie in a folder: others need it.
APPLICANTS_RESERVE = number("APPLICANTS_RESERVE_MB", default=1024) * 1024 * 1024
# Everybody may read the public store, and each is tidied on its own.
_places = {
    "PRIVATE_STORAGE": _place(STORAGES["private"]),
    "APPLICANTS_STORAGE": _place(STORAGES["applicants"]),
    "MEDIA_STORAGE": _place(STORAGES["default"]),
}
for _inner, _outer in permutations(_places, 2):
    if _places[_inner].is_relative_to(_places[_outer]):
        raise ImproperlyConfigured(
            f"{_inner} lies within {_outer}. Each store needs a place of its own."
        )
if STORAGES["default"]["BACKEND"] == _FOLDER:
    MEDIA_ROOT = STORAGES["default"].pop("OPTIONS")["location"]
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
FILE_UPLOAD_PERMISSIONS = 0o640
# What visitors post stays in memory; what staff upload, films among it, need not.
FILE_UPLOAD_HANDLERS = [
    "applications.uploads.receiving.InMemoryHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
# All files of one request of a visitor; what is beyond is not kept, and told of.
POSTED_FILES_MAX_MEMORY_SIZE = 40 * 1024 * 1024
# ClamAV's socket: a path, or ``tcp://host:port``. "" where files are not scanned.
CLAMAV = env("CLAMAV", default="")
# An internal location of nginx that leads to the private store, such as "/private/":
# nginx then sends the files that the site allows. "" where the site sends them itself.
PRIVATE_FILES_LOCATION = env("PRIVATE_FILES_LOCATION", default="")
# Whether this process serves uploaded files itself; in production nginx or object
# storage does.
SERVE_MEDIA = False
