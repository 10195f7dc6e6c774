"""One spelling for all spellings of an address, by which a redirect is found.

With or without the slash at the end, in capitals, percent-encoded or not, its query in
any order: all are one address.
"""

import hashlib
import unicodedata
from itertools import chain, combinations, islice
from urllib.parse import SplitResult, quote, unquote, unquote_plus

from django.utils.encoding import uri_to_iri
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Site

Host = tuple[str, int | None]  # a name, and a port that is not the usual one

STAR = "*"
# What Wagtail's column takes. A longer address is kept by its digest.
_LONGEST = 255  # characters
_OF_A_LONG_ONE = 200
_DEEPEST = 32  # steps of an address that a wildcard may stand behind
_MOST_QUERIES = 500  # parts of a query that rules are looked up by


def canonical(address: str) -> str:
    """Return the one spelling of an address of this site, "/path?query".

    Raises:
        ValueError: It is no address.
    """
    whole = Redirect.normalise_path(address, decode_unicode=False)
    path, _, query = whole.partition("?")
    parts = "&".join(query_parts(query))
    return _short(canonical_path(path) + (f"?{parts}" if parts else ""))


def canonical_path(path: str) -> str:
    """Return the one spelling of a path, "/" for the front page's."""
    plain = unicodedata.normalize("NFC", unquote(path)).lower().rstrip("/")
    for sign in "%?#":  # what would mean something else
        plain = plain.replace(sign, quote(sign))
    return plain if plain.startswith("/") else f"/{plain}"


def query_parts(query: str) -> list[str]:
    """Return the parts of a query, each in its one spelling, in their one order."""
    return sorted({query_part(part) for part in query.split("&") if part})


def query_part(part: str) -> str:
    """Return the one spelling of "name=value"."""
    name, _, value = part.partition("=")
    return f"{_spelled(name)}={_spelled(value)}"


def exact(path: str) -> str:
    """Return what a rule for exactly this canonical ``path`` begins at."""
    return _short(path)


def wildcards(path: str) -> list[str]:
    """Return the wildcards that ``path`` falls under, the narrowest first."""
    steps = [step for step in path.split("/") if step][:_DEEPEST]
    heads = ["", *("/" + "/".join(steps[:end]) for end in range(1, len(steps) + 1))]
    return [_short(f"{head}/{STAR}") for head in reversed(heads)]


def with_queries(path: str, query: str) -> list[str]:
    """Return what rules for ``path`` and any part of ``query`` begin at.

    The whole query and its shortest parts come first, and no more than some hundreds:
    anybody may send a query of thousands.
    """
    parts = query_parts(query)
    some = chain.from_iterable(
        combinations(parts, size) for size in range(1, len(parts))
    )
    chosen = [tuple(parts), *islice(some, _MOST_QUERIES)] if parts else []
    return [_short(f"{path}?{'&'.join(each)}") for each in chosen]


def host(parts: SplitResult) -> Host:
    """Return the host of an address; ports 80 and 443 are one.

    Raises:
        ValueError: Its port is none.
    """
    return parts.hostname or "", _port(parts.port)


def is_of(parts: SplitResult, site: Site) -> bool:
    """Return whether an address, or a path without a host, lies in ``site``."""
    here = site.hostname.lower(), _port(site.port)
    return not parts.netloc or host(parts) == here


def _port(port: int | None) -> int | None:
    return None if port in (80, 443) else port


def _spelled(text: str) -> str:
    encoded = quote(unquote_plus(text), safe="~-._/:@!$'()*,;")
    return unicodedata.normalize("NFC", str(uri_to_iri(encoded)))


def _short(address: str) -> str:
    if len(address) <= _LONGEST:
        return address
    digest = hashlib.sha256(address.encode()).hexdigest()[:40]
    return f"{address[:_OF_A_LONG_ONE]}~{digest}"
