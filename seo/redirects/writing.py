"""Writes redirects from addresses of pages, in chunks that every database takes."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, TypeVar

from django.db.models import Q
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from seo.redirects.addresses import canonical_path, exact

CHUNK = 500  # rows of one statement
Address = tuple[int, str]  # a site's number, and a path in its one spelling
T = TypeVar("T")


def in_chunks(some: Iterable[T]) -> Iterator[list[T]]:
    """Yield lists of `CHUNK` each; the last may be shorter."""
    left = iter(some)
    while chunk := list(islice(left, CHUNK)):
        yield chunk


def sites_above(url_path: str) -> list[Site]:
    """Return the sites in which a page stands without being the front page."""
    sites = Site.objects.select_related("root_page")
    return [
        site
        for site in sites
        if url_path.startswith(site.root_page.url_path)
        and url_path != site.root_page.url_path
    ]


def addresses_at(url_path: str, sites: list[Site]) -> Iterator[Address]:
    """Yield the addresses of a page at ``url_path`` in ``sites``."""
    for site in sites:
        root = site.root_page.url_path
        if url_path.startswith(root):
            yield site.pk, exact(canonical_path("/" + url_path[len(root) :]))


def seen_in(branch: Page) -> Any:
    """Return ``branch`` and the pages beneath it that readers see, or once saw."""
    pages = Page.objects.filter(path__startswith=branch.path)
    return pages.filter(Q(live=True) | Q(first_published_at__isnull=False))


def write(targets: dict[Address, int | None]) -> None:
    """Redirect from each address to the page of that number, or say it is gone.

    What somebody typed stays. An automatic redirect from there gives way: it was made
    for the page that stood there before.
    """
    forget(list(targets))
    for some in in_chunks(targets.items()):
        Redirect.objects.bulk_create(
            [
                Redirect(
                    site_id=site,
                    old_path=path,
                    redirect_page_id=page,
                    automatically_created=True,
                )
                for (site, path), page in some
            ],
            ignore_conflicts=True,
        )


def forget(addresses: Sequence[Address]) -> None:
    """Delete the automatic redirects from ``addresses``."""
    for site in {site for site, _path in addresses}:
        for paths in in_chunks(path for each, path in addresses if each == site):
            found = Redirect.objects.filter(site=site, old_path__in=paths)
            found.filter(automatically_created=True).delete()
