"""Whether Wagtail's records of sites agree with ``BASE_URL``.

Canonical addresses, pictures of cards and the sitemap begin with what the record says.
"""

import logging
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage
from django.db import DatabaseError, connection
from django.utils.translation import gettext as _
from wagtail.models import Site

logger = logging.getLogger(__name__)

_PORTS = {"http": 80, "https": 443}


def problems() -> Iterator[str]:
    """Yield a sentence for each disagreement, with what to do."""
    records = list(Site.objects.values_list("hostname", "port", "is_default_site"))
    defaults = [(host, port) for host, port, is_default in records if is_default]
    if not records:
        yield _(
            "There is no site, so no page has an address. Add one under Settings, "
            "Sites."
        )
    elif not defaults:
        yield _(
            "No site is the default one, so other host names find nothing. Tick “is "
            "default site” at one."
        )
    elif len(defaults) > 1:
        yield _(
            "{count} sites are the default one, so that which answers is left to "
            "chance. Leave “is default site” at one of them."
        ).format(count=len(defaults))
    for host, port in defaults[:1]:
        yield from _of_the_default(host, port)


def _of_the_default(host: str, port: int) -> Iterator[str]:
    base = urlsplit(settings.WAGTAILADMIN_BASE_URL)
    wanted = _port(base)
    if host.lower() != base.hostname:
        yield _(
            "The site is called “{host}”, and BASE_URL says “{wanted}”: what search "
            "engines are told leads to “{host}”. Change the host name under Settings, "
            "Sites, or BASE_URL."
        ).format(host=host, wanted=base.hostname)
    elif port != wanted:
        yield _(
            "The site's port is {port}, and BASE_URL ({address}) says {wanted}. Change "
            "it under Settings, Sites."
        ).format(port=port, wanted=wanted, address=settings.WAGTAILADMIN_BASE_URL)
    elif base.scheme == "https" and port != _PORTS["https"]:
        yield _(
            "Wagtail writes https with port 443 alone, so what search engines are told "
            "begins with http. Serve the site at port 443."
        )


def _port(base: Any) -> int | None:
    return base.port or _PORTS.get(base.scheme)


def write_https(sender: type[Site], instance: Site, **kwargs: Any) -> None:
    """Read a site's port as ``BASE_URL`` says, where only TLS was forgotten.

    So that nothing leads to http, whatever the record says and however it was stored.
    """
    base = urlsplit(settings.WAGTAILADMIN_BASE_URL)
    known = instance.__dict__
    if (
        base.scheme == "https"
        and known.get("port") == _PORTS["http"]
        and known.get("hostname", "").lower() == base.hostname
    ):
        instance.port = _port(base) or _PORTS["https"]


def agrees_with_base_url(
    app_configs: Any, databases: Any = None, **kwargs: Any
) -> list[CheckMessage]:
    """Warn of each disagreement with what checks the database, as ``doctor`` does."""
    if "default" not in (databases or ()) or not _is_migrated():
        return []
    return [checks.Warning(problem, id="seo.W001") for problem in problems()]


def agrees_as_deployed(
    app_configs: Any, databases: Any = None, **kwargs: Any
) -> list[CheckMessage]:
    """Say each disagreement with ``check --deploy``, where nothing else does.

    An upgrade begins with it: it must not be refused for what staff change in the
    admin, nor for a database that it has yet to make.
    """
    if databases:
        return []
    try:
        found = list(problems()) if _is_migrated() else []
    except DatabaseError:
        return []
    return [checks.Info(problem, id="seo.I001") for problem in found]


def _is_migrated() -> bool:
    return Site._meta.db_table in connection.introspection.table_names()


def say_what_disagrees() -> None:
    """Log each disagreement as the site starts."""
    try:
        for problem in problems():
            logger.warning(problem)
    except DatabaseError:
        # Whoever asks for a page is told that the database is gone.
        logger.warning("The records of sites could not be compared with BASE_URL.")
