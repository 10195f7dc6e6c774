"""``manage.py nginx``: prints the configuration of a server in front of this site."""

from collections import defaultdict
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.storage import FileSystemStorage, default_storage, storages
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.template import Context, Engine

from core.media.film_check import MAX_VIDEO_BYTES
from core.media.serving import MEDIA_CSP, PUBLIC_CACHE_CONTROL, SHOWN
from delivery import addresses
from delivery.headers import CONTENT_TYPE, standard_headers


class Command(BaseCommand):
    help = (
        "Print a configuration of nginx for this site, with the names, folders and "
        "headers of its settings. It serves stored pages, static files and uploads by "
        "itself and hands everything else to the site. Where several machines share "
        "generations (PAGE_GENERATIONS), the site answers with the stored pages."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--upstream", default="unix:/run/clinic/gunicorn.sock")
        parser.add_argument("--listen", default="")
        parser.add_argument("--certificate", default="", help="with --certificate-key")
        parser.add_argument("--certificate-key", default="")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.PAGE_STORE:
            raise CommandError("Set PAGE_STORE: nginx serves the pages that are kept.")
        if bool(options["certificate"]) != bool(options["certificate_key"]):
            raise CommandError("A certificate needs its key: --certificate-key.")
        template = Engine().from_string((_ROOT / "deploy" / "nginx.conf").read_text())
        self.stdout.write(template.render(Context(_values(options), autoescape=False)))


_ROOT = Path(__file__).resolve().parents[3]


def _values(options: dict[str, Any]) -> dict[str, Any]:
    secure = "443" if options["certificate"] else ""
    hosts = addresses.hosts()
    private = storages["private"]
    return {
        **options,
        "listens": [options["listen"]] if options["listen"] else _both(secure or "80"),
        "plain": _both("80"),
        "hosts": hosts,
        "names": " ".join(sorted({host.partition(":")[0] for host in hosts})),
        "tracking": addresses.TRACKING,
        "cookies": addresses.personal_cookies(),
        "headers": {**standard_headers(), "Vary": "Accept-Encoding"},
        "content_type": CONTENT_TYPE,
        # nginx cannot ask Redis which generation is open.
        "store": "" if settings.PAGE_GENERATIONS else settings.PAGE_STORE,
        # A film, and what the form around it says.
        "largest_upload": MAX_VIDEO_BYTES + settings.DATA_UPLOAD_MAX_MEMORY_SIZE,
        "static": {"url": settings.STATIC_URL, "folder": settings.STATIC_ROOT},
        "media": {
            "url": settings.MEDIA_URL,
            "folder": settings.MEDIA_ROOT if _is_folder(default_storage) else "",
            "bucket": "" if _is_folder(default_storage) else _bucket(default_storage),
            "cache_control": PUBLIC_CACHE_CONTROL,
            "policy": MEDIA_CSP,
            "types": SHOWN,
            "shown": _endings_by_type(),
            "endings": "|".join(ending.removeprefix(".") for ending in SHOWN),
        },
        "private": {
            "url": settings.PRIVATE_FILES_LOCATION,
            "folder": getattr(private, "location", ""),
        },
    }


def _is_folder(storage: Any) -> bool:
    return isinstance(storage, FileSystemStorage)


def _bucket(storage: Any) -> str:
    """Return the address below which a bucket answers with its files."""
    parts = (storage.endpoint_url, storage.bucket_name, storage.location)
    return "/".join(part.strip("/") for part in parts if part)


def _both(port: str) -> list[str]:
    """Return what nginx listens to for IPv4 and IPv6."""
    return [port, f"[::]:{port}"]


def _endings_by_type() -> dict[str, str]:
    found = defaultdict(list)
    for ending, kind in SHOWN.items():
        found[kind].append(ending.removeprefix("."))
    return {kind: " ".join(endings) for kind, endings in found.items()}
