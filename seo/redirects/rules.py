"""Which redirect an address falls under, however many there are.

Rules are Wagtail's records. ``old_path`` is "/old", "/old?id=3" (whatever else the
query holds) or "/old/*" (all beneath, and "/old" itself), in one spelling. All that an
address could fall under is worked out from it, so that one query by the index finds the
rule.
"""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from django.db.models import Q
from django.db.models.signals import pre_save
from django.dispatch import receiver
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Site

from seo.redirects.addresses import (
    STAR,
    canonical,
    canonical_path,
    exact,
    query_part,
    wildcards,
    with_queries,
)


@dataclass(frozen=True)
class Match:
    """A rule, and what of an address it has left over."""

    rule: Redirect
    beneath: str  # the part of the path that the star stands for, percent-encoded
    query: str  # the part of the query that the rule is not about

    def link(self) -> str:
        """Return the typed target, with what is left over."""
        link = str(self.rule.redirect_link)
        try:
            parts = urlsplit(link)
        except ValueError:
            return link
        path = parts.path
        if path.endswith(f"/{STAR}"):
            path = path.removesuffix(STAR) + self.beneath
        return with_query(urlunsplit(parts._replace(path=path)), self.query)


@receiver(pre_save, sender=Redirect)
def keep_one_spelling(sender: type[Any], instance: Any, **kwargs: Any) -> None:
    """Write each redirect's address as it is looked up."""
    instance.old_path = canonical(instance.old_path)


def find(site: Site, path: str, query: str) -> Match | None:
    """Return the rule for an address of ``site``, None without any.

    A rule about the query comes before one about the path, that before a wildcard, and
    the narrower before the wider; one that somebody typed before one that was made
    when a page moved, and one of the site before one of all sites.
    """
    if "\0" in (plain := canonical_path(path)):
        return None
    candidates = addresses_of_rules(plain, query)
    places = {each: place for place, each in enumerate(candidates)}
    rules = Redirect.objects.select_related("redirect_page").filter(
        Q(site=site) | Q(site=None), old_path__in=candidates
    )
    best = min(
        rules,
        key=lambda rule: (
            places[rule.old_path],
            rule.automatically_created,
            rule.site_id is None,
        ),
        default=None,
    )
    return _match(best, path, query) if best else None


def addresses_of_rules(path: str, query: str) -> list[str]:
    """Return what rules for a canonical ``path`` begin at, the narrowest first."""
    about_queries = sorted(with_queries(path, query), key=lambda a: -a.count("&"))
    return [*about_queries, exact(path), *wildcards(path)]


def with_query(target: str, query: str) -> str:
    """Return ``target`` with those parts of ``query`` that it does not set itself."""
    if not query:
        return target
    parts = urlsplit(target)
    own = {_name(part) for part in parts.query.split("&") if part}
    added = [part for part in query.split("&") if part and _name(part) not in own]
    together = "&".join([*([parts.query] if parts.query else []), *added])
    return urlunsplit(parts._replace(query=together))


def _name(part: str) -> str:
    return query_part(part).partition("=")[0]


def _match(rule: Redirect, path: str, query: str) -> Match:
    old, _, about = str(rule.old_path).partition("?")
    spent = set(about.split("&"))
    left = [part for part in query.split("&") if query_part(part) not in spent]
    beneath = ""
    if old.endswith(f"/{STAR}"):
        steps = [step for step in path.split("/") if step]
        beneath = "/".join(steps[old.count("/") - 1 :])
        if beneath and path.endswith("/"):
            beneath += "/"
    return Match(rule, beneath, "&".join(left))
