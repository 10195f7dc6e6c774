"""Judges what is at the addresses of this site that its pages link to."""

from collections import defaultdict
from datetime import datetime
from http import HTTPStatus
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit, urlunsplit

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from wagtail.models import Page, Site

from seo import readers
from seo.links.absent import is_deleted
from seo.links.asking import Asker
from seo.links.models import LinkTarget
from seo.links.reading import read

Verdict = LinkTarget.Verdict
_AT_ONCE = 200
_JUDGED = ["verdict", "leads_to", "page", "checked_at"]
# Of the viewer's own, not of the page: the top of it, and a search for words.
_EVERYWHERE = ("top", ":~:")


def judge_some(asker: Asker, begun_at: datetime) -> bool:
    """Judge addresses of our own, a number at a time; return whether more are left.

    An address is judged once by a walk, which ``begun_at`` tells. That of a page that
    readers get answers.
    """
    due = LinkTarget.objects.filter(is_external=False)
    due = due.filter(Q(checked_at=None) | Q(checked_at__lt=begun_at)).order_by("pk")
    if not (targets := list(due[:_AT_ONCE])):
        return False
    roots = {urlsplit(site.root_url).netloc: site for site in _sites()}
    pages = _pages_at(targets, roots)
    open_to_all = _keys(readers.pages().shown(), pages)
    reachable = _keys(readers.pages().reachable(), pages)
    places: dict[str, list[LinkTarget]] = defaultdict(list)
    for target in targets:
        page = pages.get(target.pk)
        _judge(target, page, asker, is_there=page in reachable)
        place = urlsplit(target.address).fragment
        if place and target.page_id and page in open_to_all:
            places[_asked_at(target, roots)].append(target)
    for address, of_one_address in places.items():
        _judge_places(address, of_one_address, asker)
    _store(targets)
    return True


def _sites() -> list[Site]:
    return list(Site.objects.select_related("root_page"))


def _pages_at(targets: list[LinkTarget], roots: dict[str, Site]) -> dict[int, Page]:
    """Return the pages, published or not, at the addresses of targets."""
    paths = {}
    for target in targets:
        parts = urlsplit(target.address)
        path = unquote(parts.path)
        if parts.netloc in roots and "\0" not in path:
            root = roots[parts.netloc].root_page.url_path.rstrip("/")
            paths[target.pk] = f"{root}{path}"
    found = Page.objects.filter(url_path__in=set(paths.values()))
    known = {page.url_path: page for page in found}
    return {pk: known[path] for pk, path in paths.items() if path in known}


def _keys(pages: Any, found: dict[int, Page]) -> set[Page]:
    keys = pages.filter(pk__in={page.pk for page in found.values()})
    known = set(keys.values_list("pk", flat=True))
    return {page for page in found.values() if page.pk in known}


def _judge(
    target: LinkTarget, page: Page | None, asker: Asker, *, is_there: bool
) -> None:
    parts = urlsplit(target.address)
    target.page_id = page.pk if page and is_there else None
    target.verdict, target.leads_to = Verdict.FINE, ""
    target.checked_at = timezone.now()
    if is_deleted(target.address) or "\0" in unquote(parts.path):
        target.verdict = Verdict.DEAD
    elif not (target.page_id and not parts.query) and not _is_a_file(parts.path):
        status, leads_to, _content = asker.ask(target.address, "HEAD")
        target.verdict = _verdict(status, is_draft=bool(page) and not is_there)
        if target.verdict == Verdict.MOVED:
            target.leads_to = urljoin(target.address, leads_to)


def _is_a_file(path: str) -> bool:
    """Return whether a web server answers in our place."""
    return path.startswith((settings.STATIC_URL, settings.MEDIA_URL))


def _verdict(status: int, *, is_draft: bool) -> Verdict:
    if status in (HTTPStatus.NOT_FOUND, HTTPStatus.GONE):
        return Verdict.DRAFT if is_draft else Verdict.DEAD
    if HTTPStatus.MULTIPLE_CHOICES <= status < HTTPStatus.BAD_REQUEST:
        return Verdict.MOVED
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return Verdict.FAILED
    return Verdict.FINE


def _asked_at(target: LinkTarget, roots: dict[str, Site]) -> str:
    """Return the address without its place, as this site spells its own."""
    parts = urlsplit(target.address)
    scheme = urlsplit(roots[parts.netloc].root_url).scheme
    return urlunsplit(parts._replace(scheme=scheme, fragment=""))


def _judge_places(address: str, targets: list[LinkTarget], asker: Asker) -> None:
    """Judge what stands after "#" in addresses of one page."""
    status, _leads_to, content = asker.ask(address)
    if status != HTTPStatus.OK:
        return
    places = read(content, address).places
    for target in targets:
        place = unquote(urlsplit(target.address).fragment)
        if place not in places and not place.startswith(_EVERYWHERE):
            target.verdict = Verdict.ANCHOR


@transaction.atomic
def _store(targets: list[LinkTarget]) -> None:
    """Store verdicts; a page may have been deleted while it was judged."""
    pks = {target.page_id for target in targets if target.page_id}
    pages = Page.objects.select_for_update().filter(pk__in=pks)
    left = set(pages.values_list("pk", flat=True))
    for target in targets:
        if target.page_id not in left:
            target.page_id = None
    LinkTarget.objects.bulk_update(targets, _JUDGED)
