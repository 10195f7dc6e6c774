"""``manage.py nginx``: prints the configuration of a server in front of this site."""

import re
from collections import defaultdict
from ipaddress import ip_network
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.files.storage import FileSystemStorage, default_storage, storages
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.template import Context, Engine
from django.urls import reverse

from core.management.server_answers import POLICY, answers
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
        parser.add_argument(
            "--bodies",
            default=_BODIES if Path(_BODIES).is_dir() else "",
            help="a folder in memory for what visitors send",
        )
        parser.add_argument(
            "--resolver",
            default="",
            help="name servers that know a bucket; else those of /etc/resolv.conf",
        )
        parser.add_argument("--certificate", default="", help="with --certificate-key")
        parser.add_argument("--certificate-key", default="")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.PAGE_STORE:
            raise CommandError("Set PAGE_STORE: nginx serves the pages that are kept.")
        if not addresses.hosts():
            raise CommandError(
                "ALLOWED_HOSTS names no host whole: nginx needs one, such as "
                "www.clinic.example, beside patterns such as .clinic.example."
            )
        if bool(options["certificate"]) != bool(options["certificate_key"]):
            raise CommandError("A certificate needs its key: --certificate-key.")
        template = Engine().from_string((_ROOT / "deploy" / "nginx.conf").read_text())
        self.stdout.write(template.render(Context(_values(options), autoescape=False)))


_ROOT = Path(__file__).resolve().parents[3]
# Of deploy/units.
_BODIES = "/run/clinic/bodies"
# Debian's own folder, on a disk: a film has no room in memory.
_BODIES_OF_STAFF = "/var/lib/nginx/body"
# Whom Debian believes, and what `update-ca-certificates` adds.
_AUTHORITIES = "/etc/ssl/certs/ca-certificates.crt"
_NAME_SERVERS = Path("/etc/resolv.conf")
# What the site may say of a private file, beside what it says of all.
_SAID_OF_FILES = ("Strict-Transport-Security", "Vary", "X-Robots-Tag")
# What nginx keeps by itself of the site's headers as it sends a file in its name.
_KEPT = {"Cache-Control"}
# Of a word in nginx's tables, unless the machine's own configuration makes them wider,
# which it may say only once. A pattern may be as long as it likes.
_LONGEST_WORD = 30
# Pictures, documents and the largest import of articles, with what was typed.
_LARGEST_OF_STAFF = 80 * 1024 * 1024


def _values(options: dict[str, Any]) -> dict[str, Any]:
    secure = "443" if options["certificate"] else ""
    hosts = addresses.hosts()
    names = {host.partition(":")[0] for host in hosts}
    private = storages["private"]
    # nginx cannot ask Redis which generation is open.
    store = "" if settings.PAGE_GENERATIONS else settings.PAGE_STORE
    typed = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    largest_post = settings.POSTED_FILES_MAX_MEMORY_SIZE + typed
    ways = _ways(largest_post, MAX_VIDEO_BYTES + typed, () if store else ("/",))
    headers = standard_headers()
    proxies = _proxies()
    return {
        **options,
        "listens": [options["listen"]] if options["listen"] else _both(secure or "80"),
        "plain": _both("80"),
        "folders": _folders(hosts),
        "names": " ".join(_name(each) for each in sorted(names)),
        "proxies": proxies,
        "scheme": "$clinic_scheme" if proxies else "$scheme",
        "tracking": addresses.TRACKING,
        "cookies": addresses.personal_cookies(),
        "headers": {**headers, "Vary": "Accept-Encoding"},
        "content_type": CONTENT_TYPE,
        "store": store,
        # What a form can post: all of it waits in memory, however slowly it comes.
        "largest_post": largest_post,
        "ways": ways,
        "limits": {
            "default": largest_post // 1024**2,
            **{
                f'"~^{re.escape(path)}"': way["largest"] // 1024**2
                for way in ways
                for path in way["paths"]
            },
        },
        "answers": answers(),
        "answer_headers": {
            **headers,
            "Cache-Control": "no-store",
            "Content-Security-Policy": POLICY,
        },
        "bodies_of_staff": _BODIES_OF_STAFF,
        "static": {"url": settings.STATIC_URL, "folder": settings.STATIC_ROOT},
        "media": {
            "url": settings.MEDIA_URL,
            "folder": settings.MEDIA_ROOT if _is_folder(default_storage) else "",
            "bucket": {} if _is_folder(default_storage) else _bucket(default_storage),
            "resolver": options["resolver"] or _name_servers(),
            "cache_control": PUBLIC_CACHE_CONTROL,
            "policy": MEDIA_CSP,
            "types": SHOWN,
            "shown": _endings_by_type(),
            "endings": "|".join(ending.removeprefix(".") for ending in SHOWN),
        },
        "private": {
            "url": settings.PRIVATE_FILES_LOCATION,
            "folder": getattr(private, "location", ""),
            # By the variable in which nginx has what the site said.
            "headers": {
                name: f"$upstream_http_{name.lower().replace('-', '_')}"
                for name in sorted({*headers, *_SAID_OF_FILES} - _KEPT)
            },
        },
    }


def _folders(hosts: dict[str, str]) -> dict[str, str]:
    """Return the folder of each host, by the key of nginx's table."""
    found = {}
    for host, folder in hosts.items():
        if len(host) > _LONGEST_WORD:
            found[rf"~*^(?:GET|HEAD)\|1\|\|{re.escape(host)}\z"] = folder
        else:
            found |= {f"{method}|1||{host}": folder for method in ("GET", "HEAD")}
    return found


def _name(host: str) -> str:
    """Return a host as nginx is told that it is one of its own."""
    return rf'"~^{re.escape(host)}\z"' if len(host) > _LONGEST_WORD else host


def _ways(
    largest_post: int, largest_film: int, elsewhere: tuple[str, ...]
) -> list[dict[str, Any]]:
    """Return the ways to the site: how much of what one address may send at once.

    The first whose path fits is taken. What is ``on_disk`` has no room in memory.
    """
    films = (
        reverse("wagtailsnippets_core_video:list"),
        reverse("wagtailsnippetchoosers_core_video:choose"),
    )
    return [
        # Less than nginx keeps without a file, which is two pages of memory.
        {"name": "clinic_reads", "largest": 1024, "paths": ()},
        {
            "name": "clinic_films",
            "largest": largest_film,
            "at_once": 4,
            "paths": films,
            "on_disk": True,
        },
        # Several editors in one house, each with an upload and a draft that is saved.
        {
            "name": "clinic_staff",
            "largest": _LARGEST_OF_STAFF,
            "at_once": 10,
            "paths": (reverse("wagtailadmin_home"),),
            "on_disk": True,
        },
        # Two that trickle in are all that one address takes of the room in memory.
        {
            "name": "clinic_sends",
            "largest": largest_post,
            "at_once": 2,
            "paths": elsewhere,
        },
    ]


def _is_folder(storage: Any) -> bool:
    return isinstance(storage, FileSystemStorage)


def _bucket(storage: Any) -> dict[str, str]:
    """Return the service of a bucket, and the path below which its files are."""
    service = urlsplit(storage.endpoint_url)
    parts = (service.path, storage.bucket_name, storage.location)
    # The same file as for the site's own requests, where one is named.
    authorities = storage.verify or _AUTHORITIES
    return {
        "service": f"{service.scheme}://{service.netloc}",
        "path": "/".join(["", *filter(None, (part.strip("/") for part in parts))]),
        "authorities": authorities if service.scheme == "https" else "",
    }


def _name_servers() -> str:
    """Return the name servers of this machine, as nginx writes them."""
    text = _NAME_SERVERS.read_text() if _NAME_SERVERS.exists() else ""
    found = re.findall(r"^nameserver\s+([0-9a-fA-F.:]+)\s*$", text, re.MULTILINE)
    found = found or ["127.0.0.1"]  # as resolv.conf(5) has it
    return " ".join(f"[{each}]" if ":" in each else each for each in found)


def _proxies() -> list[str]:
    """Return the networks of those in front of nginx."""
    found = set()
    for address in settings.PROXY_ADDRESSES:
        try:
            found.add(str(ip_network(address.strip())))
        except ValueError as error:
            raise CommandError(
                f"PROXY_ADDRESSES has {address}, which is no address or network: "
                f"{error}."
            ) from error
    return sorted(found)


def _both(port: str) -> list[str]:
    """Return what nginx listens to for IPv4 and IPv6."""
    return [port, f"[::]:{port}"]


def _endings_by_type() -> dict[str, str]:
    found = defaultdict(list)
    for ending, kind in SHOWN.items():
        found[kind].append(ending.removeprefix("."))
    return {kind: " ".join(endings) for kind, endings in found.items()}
