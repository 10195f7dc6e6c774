"""Where an address that nothing answers leads in the end: in one hop, or nowhere."""

from dataclasses import dataclass
from urllib.parse import SplitResult, unquote, urlsplit, urlunsplit

from django.conf import settings
from django.http import Http404, HttpRequest
from django.urls import Resolver404, resolve
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site
from wagtail.views import serve

from seo import readers
from seo.redirects.addresses import canonical_path, host, is_of, query_parts
from seo.redirects.models import Replacement
from seo.redirects.rules import Match, find, with_query

_MOST_STEPS = 10  # redirects that lead to one another


@dataclass(frozen=True)
class Destination:
    """What an old address is answered with.

    Attributes:
        url: Where it leads, "" where what stood there is gone for good.
        rule: The redirect that says so, None where the page itself does.
        is_permanent: Whether that is for ever.
    """

    url: str
    rule: Redirect | None
    is_permanent: bool


class Resolver:
    """Follows redirects within the sites of this database, for one request."""

    def __init__(self, request: HttpRequest, site: Site) -> None:
        self.request = request
        self.site = site

    def destination(self, path: str, query: str) -> Destination | None:
        """Return the end of what begins at an address, None where nobody gets on.

        ``path`` is percent-encoded.
        """
        site, match = self.site, find(self.site, path, query)
        if match is None:
            return self._of_unpublished(page_at(site, path), query, None)
        first, is_permanent = match.rule, True
        seen = {_known(site, path, query)}
        for _step in range(_MOST_STEPS):
            rule = match.rule
            is_permanent = is_permanent and rule.is_permanent
            if rule.redirect_page_id:
                return self._to_page(match, first, is_permanent)
            if not rule.redirect_link:
                return Destination("", first, is_permanent)
            if (parts := _parts(match.link())) is None:
                return None
            target = self._site_of(parts, site)
            if target is None:
                return Destination(parts.geturl(), first, is_permanent)
            site, path, query = target, parts.path or "/", parts.query
            if (known := _known(site, path, query)) in seen:
                return None
            seen.add(known)
            there = self.where_page_stands(site, path)
            match = None if there else find(site, path, query)
            if match is None:
                if there := there or path_of_view(path):
                    url = urlunsplit(parts._replace(path=there))
                    return Destination(url, first, is_permanent)
                return self._of_unpublished(page_at(site, path), query, first)
        return None

    def where_page_stands(self, site: Site, path: str) -> str | None:
        """Return the address of what a page answers at ``path``, None if none does."""
        steps = [step for step in unquote(path).split("/") if step]
        try:
            found = site.root_page.specific.route(self.request, steps)
        except Http404:
            return None
        if not _is_reachable(found.page):
            return None
        # Not two slashes at the beginning, which would lead to another host.
        plain = "/".join(step for step in path.split("/") if step)
        return f"/{plain}/" if plain else "/"

    def _to_page(
        self, match: Match, first: Redirect, is_permanent: bool
    ) -> Destination | None:
        rule, page = match.rule, match.rule.redirect_page
        if not _is_reachable(page):
            return self._of_unpublished(page, match.query, first)
        link = rule.link if rule.redirect_page_route_path else self._url(page)
        if not link:
            return None
        return Destination(with_query(link, match.query), first, is_permanent)

    def _of_unpublished(
        self, page: Page | None, query: str, rule: Redirect | None
    ) -> Destination | None:
        url = self._instead_of(page, query)
        return None if url is None else Destination(url, rule, is_permanent=False)

    def _instead_of(self, page: Page | None, query: str) -> str | None:
        """Return where readers of an unpublished page go, "" if it is gone.

        None where nobody said so, or the page is kept back for another reason.
        """
        seen: set[int] = set()
        while page and page.pk not in seen:
            seen.add(page.pk)
            chosen = Replacement.objects.select_related("successor")
            kept = chosen.filter(
                page=page, page__in=readers.pages().not_withheld()
            ).first()
            if kept is None:
                return None
            page = kept.successor
            if page is None:
                return ""
            if _is_reachable(page):
                url = self._url(page)
                return with_query(url, query) if url else None
        return None

    def _url(self, page: Page) -> str:
        return str(page.specific_deferred.get_url(self.request) or "")

    def _site_of(self, parts: SplitResult, site: Site) -> Site | None:
        """Return the site that a target lies in, None for one of somebody else."""
        if not parts.netloc:
            return site
        if host(parts) == host(urlsplit(self.request.build_absolute_uri())):
            return self.site
        sites = Site.objects.select_related("root_page")
        same_name = sites.filter(hostname__iexact=parts.hostname or "")
        return next((site for site in same_name if is_of(parts, site)), None)


def _known(site: Site, path: str, query: str) -> tuple[int, str, tuple[str, ...]]:
    return site.pk, canonical_path(path), tuple(query_parts(query))


def _parts(link: str) -> SplitResult | None:
    """Return the parts of a typed target, None for one that no browser follows."""
    try:
        parts = urlsplit(link)
        host(parts)
    except ValueError:
        return None
    return parts if parts.scheme in ("", "http", "https") else None


def page_at(site: Site, path: str) -> Page | None:
    """Return the page whose address this is and that readers do not get, or None."""
    found = _of_address(site, path)
    return None if found is None or _is_reachable(found) else found


def is_read_at(site: Site, path: str) -> bool:
    """Return whether this is the address of a page that readers get, by its slug.

    What it finds beneath, such as parts of a list, is not asked.
    """
    if not path.strip("/"):
        return _is_reachable(site.root_page)
    found = _of_address(site, path)
    return found is not None and _is_reachable(found)


def _of_address(site: Site, path: str) -> Page | None:
    steps = [step for step in unquote(path).split("/") if step]
    if not steps:
        return None
    # The slug has an index, the address has none.
    whole = f"{site.root_page.url_path}{'/'.join(steps)}/"
    found: Page | None = Page.objects.filter(slug=steps[-1], url_path=whole).first()
    return found


def _is_reachable(page: Page) -> bool:
    return bool(readers.pages().reachable().filter(pk=page.pk).exists())


def path_of_view(path: str) -> str:
    """Return ``path`` as a view answers it that is not a page's, "" if none does.

    Or as a server of files does.
    """
    if path.startswith((settings.MEDIA_URL, settings.STATIC_URL)):
        return path
    for spelling in dict.fromkeys([path, path if path.endswith("/") else f"{path}/"]):
        try:
            found = resolve(unquote(spelling))
        except Resolver404:
            continue
        if found.func is not serve:
            return spelling
    return ""
