"""Addresses as people type them, compared and read."""

from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.models import Site


class Address(NamedTuple):
    """What tells one address from another, whatever the spelling.

    Scheme, port, ``www.``, the slash at the end and case are no difference: no two
    pages differ by them alone.
    """

    host: str
    path: str
    query: str = ""


def read(text: str) -> Address:
    """Read an address.

    Raises:
        ValueError: It is none.
    """
    parts = urlsplit(text.strip())
    host = (parts.hostname or "").rstrip(".").removeprefix("www.")
    try:
        host = host.encode("idna").decode()
    except UnicodeError as error:
        raise ValueError(f"no host: {host!r}") from error
    path = comparable(parts.path)
    if "\0" in path:
        raise ValueError("no page has such an address")
    return Address(host, path, parts.query)


def comparable(path: str) -> str:
    """Return a path without what makes no difference: ``/a%20B`` is ``/a b/``."""
    return unquote(path).casefold().rstrip("/") + "/"


def own_roots() -> dict[str, str]:
    """Return where in the tree of pages each host of ours begins."""
    roots = {read(r.root_url).host: r.root_path for r in Site.get_site_root_paths()}
    return {host: roots[host] for host in roots if host}


def check(text: str) -> None:
    """Check that ``text`` may be a canonical address.

    Raises:
        ValidationError: A sentence says what to do.
    """
    try:
        parts = urlsplit(text)
        read(text)
        parts.port  # noqa: B018  raises where it is none
    except ValueError:
        raise ValidationError(_("This is no address of a page.")) from None
    if parts.scheme.lower() not in ("http", "https"):
        raise ValidationError(_("Begin the address with https:// or http://."))
    if not parts.hostname or "@" in parts.netloc:
        raise ValidationError(_("This is no address of a page."))
    if "#" in text:
        raise ValidationError(
            _("Leave out what begins with “#”: search engines do not read it.")
        )
