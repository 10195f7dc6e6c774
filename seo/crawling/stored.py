"""What was stored when a page had three switches, and typed its canonical address.

For migrations, with the models of their time, and for versions stored before.
"""

from typing import Any
from urllib.parse import unquote, urlsplit

from django.db.models import Case, Q, When

SWITCHES = ("robots_noindex", "robots_nofollow", "robots_nosnippet")
_RULES = {
    "robots_noindex": Q(robots_index="no"),
    "robots_nofollow": Q(robots_follow="no"),
    "robots_nosnippet": Q(robots_max_snippet=0),
}
_AT_ONCE = 500


def with_rules(version: dict[str, Any]) -> dict[str, Any]:
    """Return a stored version of a page with rules in place of switches.

    They were for one page, and are handed on to none.
    """
    if "robots_index" in version or not any(version.get(name) for name in SWITCHES):
        return version
    return {**version, **_rules(*(bool(version.get(name)) for name in SWITCHES))}


def _rules(noindex: bool, nofollow: bool, nosnippet: bool) -> dict[str, Any]:
    return {
        "robots_index": "no" if noindex else "",
        "robots_follow": "no" if nofollow else "",
        "robots_max_snippet": 0 if nosnippet else None,
        "robots_branch": False,
    }


def rules_from_switches(pages: Any) -> None:
    """Give each page the rules that its switches stand for, in four statements."""
    pages.filter(robots_noindex=True).update(robots_index="no", robots_branch=False)
    pages.filter(robots_nofollow=True).update(robots_follow="no", robots_branch=False)
    pages.filter(robots_nosnippet=True).update(
        robots_max_snippet=0, robots_branch=False
    )


def keep_in_step(pages: Any) -> None:
    """Set each page's switches to its own rules, in one statement."""
    pages.update(
        **{
            name: Case(When(rule, then=True), default=False)
            for name, rule in _RULES.items()
        }
    )


def switches_of(page: Any) -> dict[str, bool]:
    """Return the switches for a page's own rules."""
    return {
        "robots_noindex": page.robots_index == "no",
        "robots_nofollow": page.robots_follow == "no",
        "robots_nosnippet": page.robots_max_snippet == 0,
    }


def switches_from_rules(pages: Any) -> None:
    """Set the switches of pages that have rules of their own.

    None is taken back: it may stand for what is inherited (`seo.crawling.switches`).
    """
    pages.filter(robots_index="no").update(robots_noindex=True)
    pages.filter(robots_follow="no").update(robots_nofollow=True)
    pages.filter(robots_max_snippet=0).update(robots_nosnippet=True)


def chosen_canonical_pages(pages: Any, sites: Any, page: Any) -> None:
    """Choose the pages that typed canonical addresses lead to.

    A page's own address, in any spelling, is none: the page is its own. What leads to
    no page of ours stays as it was typed.

    Args:
        pages: The pages of one type.
        sites: All sites.
        page: The model of plain pages.
    """
    roots = {
        _host(site.hostname): site.root_page.url_path
        for site in sites.select_related("root_page")
    }
    typed = pages.exclude(canonical_url="").only("url_path", "canonical_url")
    for each in typed.iterator(chunk_size=_AT_ONCE):
        parts = urlsplit(each.canonical_url)
        root = roots.get(_host(parts.hostname or ""))
        if root is None or parts.query or parts.scheme not in ("http", "https"):
            continue
        path = unquote(parts.path).strip("/")
        if "\0" in path:  # which PostgreSQL takes for no text
            continue
        url_path = f"{root}{path}/" if path else root
        target = page.objects.filter(url_path__iexact=url_path).first()
        if target is not None:
            own = target.pk == each.pk
            pages.filter(pk=each.pk).update(
                canonical_url="", canonical_page=None if own else target.pk
            )


def typed_canonical_pages(pages: Any, sites: Any) -> None:
    """Type the addresses of chosen canonical pages again."""
    roots = [
        (site.root_page.url_path, site)
        for site in sites.select_related("root_page").order_by("-root_page__url_path")
    ]
    chosen = pages.exclude(canonical_page=None).select_related("canonical_page")
    for each in chosen.iterator(chunk_size=_AT_ONCE):
        url_path = each.canonical_page.url_path
        for root, site in roots:
            if url_path.startswith(root):
                path = url_path.removeprefix(root)
                address = f"{_root_url(site)}/{path}"
                pages.filter(pk=each.pk).update(canonical_url=address)
                break


def _host(name: str) -> str:
    return name.lower().rstrip(".").removeprefix("www.")


def _root_url(site: Any) -> str:
    scheme = "https" if site.port == 443 else "http"
    port = "" if site.port in (80, 443) else f":{site.port}"
    return f"{scheme}://{site.hostname}{port}"
