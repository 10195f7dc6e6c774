"""Suggests pages that an address which is not there may have meant.

By spelling alone, the same for everybody: pages with the same last part of the address,
else those whose own is closest.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from difflib import SequenceMatcher
from pathlib import PurePosixPath
from typing import Any, NamedTuple

from wagtail.models import Site

from seo import readers

MOST_PAGES = 20_000  # of a site that are compared
_CLOSE = 0.7  # ratio of difflib, from which on a slug counts as meant
_COMPARED = 10  # candidates an address
SUGGESTED = 2


class Suggestion(NamedTuple):
    """A page by primary key, title and address within its site."""

    pk: int
    title: str
    path: str


def suggest(addresses: Iterable[Any]) -> dict[int, list[Suggestion]]:
    """Return suggestions for rows of the 404 log, the closest first, by primary key.

    Costs some queries a site, whatever the number of ``addresses``.
    """
    by_site: defaultdict[int, list[Any]] = defaultdict(list)
    for address in addresses:
        if address.site_id and slug_of(address.path):
            by_site[address.site_id].append(address)
    sites = Site.objects.select_related("root_page").in_bulk(by_site)
    return {
        pk: found
        for site_pk, rows in by_site.items()
        for pk, found in _on(sites[site_pk], rows).items()
    }


def slug_of(path: str) -> str:
    """Return the last part of a path, as a slug would be; "" for a placeholder."""
    last = PurePosixPath(path).name
    return "" if "{" in last else PurePosixPath(last).stem.lower().replace("_", "-")


def _on(site: Site, rows: list[Any]) -> dict[int, list[Suggestion]]:
    pages = readers.pages().shown().originals().descendant_of(site.root_page)
    slugs = dict(pages.order_by("pk").values_list("pk", "slug")[:MOST_PAGES])
    by_trigram = _by_trigram(slugs, {slug_of(row.path) for row in rows})
    closest = {row.pk: _closest(slug_of(row.path), slugs, by_trigram) for row in rows}
    wanted = {pk for pks in closest.values() for pk in pks}
    named = {page.pk: page for page in pages.filter(pk__in=wanted)}
    start = len(site.root_page.url_path) - 1
    return {
        row: [
            Suggestion(pk, named[pk].title, named[pk].url_path[start:])
            for pk in pks
            if pk in named
        ]
        for row, pks in closest.items()
    }


def _trigrams(slug: str) -> set[str]:
    padded = f"  {slug} "
    return {padded[at : at + 3] for at in range(len(padded) - 2)}


def _by_trigram(slugs: dict[int, str], asked: set[str]) -> dict[str, list[int]]:
    """Return the pages that have each trigram of the slugs ``asked`` for."""
    wanted = set().union(*map(_trigrams, asked))
    found: defaultdict[str, list[int]] = defaultdict(list)
    for pk, slug in slugs.items():
        for trigram in _trigrams(slug) & wanted:
            found[trigram].append(pk)
    return found


def _closest(
    slug: str, slugs: dict[int, str], by_trigram: dict[str, list[int]]
) -> list[int]:
    shared = Counter(pk for each in _trigrams(slug) for pk in by_trigram.get(each, ()))
    # Short ones first among those that share as much: they are more like it.
    likely = sorted(shared, key=lambda pk: (-shared[pk], len(slugs[pk]), pk))
    matcher = SequenceMatcher(b=slug, autojunk=False)
    ratios: dict[int, float] = {}
    for pk in likely[:_COMPARED]:
        matcher.set_seq1(slugs[pk])
        if (ratio := matcher.ratio()) >= _CLOSE:
            ratios[pk] = ratio
    best = max(ratios.values(), default=0)
    return [
        pk
        for pk in sorted(ratios, key=lambda pk: (-ratios[pk], pk))
        if best < 1 or ratios[pk] == 1
    ][:SUGGESTED]
