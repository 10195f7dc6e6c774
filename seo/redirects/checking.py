"""Checks the targets of a file's rows against its other rows and what is stored.

As the form does for one, in constant queries for what rules and pages answer.
"""

from collections.abc import Iterable
from functools import cache
from typing import NamedTuple
from urllib.parse import urlsplit

from wagtail.contrib.redirects.models import Redirect
from wagtail.coreutils import get_dummy_request
from wagtail.models import Site

from seo.redirects.addresses import STAR, canonical_path, is_of
from seo.redirects.resolving import Resolver, path_of_view
from seo.redirects.rules import addresses_of_rules

_MOST_STEPS = 10
Key = tuple[int | None, str]  # a site's number, None for all; and an address


class Rule(NamedTuple):
    """Where a row or a stored redirect leads; ``link`` is "" for a page and gone."""

    key: Key
    link: str


class Targets:
    """What answers, once ``rules`` are stored beside the redirects that are there."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        stored = Redirect.objects.values_list("site", "old_path", "redirect_link")
        self._links: dict[Key, str] = {
            (site, path): link for site, path, link in stored.iterator()
        }
        self._links.update(rules)
        self._stands = cache(_stands)

    def is_answered(self, link: str, site: Site) -> bool:
        """Return whether something answers ``link``, as far as this site can know."""
        parts = urlsplit(link)
        if STAR in link or not is_of(parts, site):
            return True
        path = parts.path or "/"
        return bool(
            self._rule(link, site) or path_of_view(path) or self._stands(site, path)
        )

    def is_circle(self, rule: Rule, site: Site) -> bool:
        """Return whether a rule leads to itself through others."""
        link, seen = rule.link, {rule.key}
        for _step in range(_MOST_STEPS):
            parts = urlsplit(link)
            if STAR in link or not is_of(parts, site):
                return False
            following = self._rule(link, site)
            if following is None or not following.link:
                return False
            if self._stands(site, parts.path or "/"):
                return False
            if following.key in seen:
                return True
            seen.add(following.key)
            link = following.link
        return False

    def _rule(self, link: str, site: Site) -> Rule | None:
        parts = urlsplit(link)
        path = canonical_path(parts.path or "/")
        for address in addresses_of_rules(path, parts.query):
            for key in ((site.pk, address), (None, address)):
                if (found := self._links.get(key)) is not None:
                    return Rule(key, found)
        return None


def _stands(site: Site, path: str) -> bool:
    return bool(
        Resolver(get_dummy_request(site=site), site).where_page_stands(site, path)
    )
