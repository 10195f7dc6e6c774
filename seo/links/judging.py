"""Judges what is at the addresses of this site that its pages link to."""

from collections import defaultdict
from http import HTTPStatus
from urllib.parse import unquote, urljoin, urlsplit

from django.conf import settings
from django.utils import timezone
from wagtail.models import Page, Site

from seo import readers
from seo.links.asking import Asker
from seo.links.models import LinkTarget
from seo.links.reading import read

Verdict = LinkTarget.Verdict
_AT_ONCE = 200
_JUDGED = ["verdict", "leads_to", "page", "checked_at"]
# Of the viewer's own, not of the page: the top of it, and a search for words.
_EVERYWHERE = ("top", ":~:")


def judge_own(asker: Asker) -> None:
    """Judge every address of our own; that of a page that readers get answers."""
    by_page: dict[int, list[LinkTarget]] = defaultdict(list)
    last, own = 0, LinkTarget.objects.filter(is_external=False).order_by("pk")
    while targets := list(own.filter(pk__gt=last)[:_AT_ONCE]):
        last = targets[-1].pk
        _judge(targets, asker)
        for target in targets:
            if target.page_id and urlsplit(target.address).fragment:
                by_page[target.page_id].append(target)
    for of_one_page in by_page.values():
        _judge_places(of_one_page, asker)


def _judge(targets: list[LinkTarget], asker: Asker) -> None:
    roots = {urlsplit(site.root_url).netloc: site.root_page for site in _sites()}
    paths = {}
    for target in targets:
        parts = urlsplit(target.address)
        root = roots[parts.netloc].url_path.rstrip("/")
        paths[target.pk] = f"{root}{unquote(parts.path)}"
    pages = Page.objects.filter(url_path__in=set(paths.values()))
    known = dict(pages.values_list("url_path", "pk"))
    there = readers.pages().reachable().filter(pk__in=known.values())
    reachable = set(there.values_list("pk", flat=True))
    for target in targets:
        pk = known.get(paths[target.pk])
        target.page_id = pk if pk in reachable else None
        target.verdict, target.leads_to = Verdict.FINE, ""
        target.checked_at = timezone.now()
        parts = urlsplit(target.address)
        if (target.page_id and not parts.query) or _is_a_file(parts.path):
            continue
        status, leads_to, _content = asker.ask(target.address, "HEAD")
        target.verdict = _verdict(status, is_draft=pk not in (None, target.page_id))
        if target.verdict == Verdict.MOVED:
            target.leads_to = urljoin(target.address, leads_to)
    LinkTarget.objects.bulk_update(targets, _JUDGED)


def _sites() -> list[Site]:
    return list(Site.objects.select_related("root_page"))


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


def _judge_places(targets: list[LinkTarget], asker: Asker) -> None:
    """Judge what stands after "#" in addresses of one page."""
    address = targets[0].address.partition("#")[0]
    _status, _leads_to, content = asker.ask(address)
    places = read(content, address).places
    gone = []
    for target in targets:
        place = unquote(urlsplit(target.address).fragment)
        if place not in places and not place.startswith(_EVERYWHERE):
            target.verdict = Verdict.ANCHOR
            gone.append(target)
    LinkTarget.objects.bulk_update(gone, ["verdict"])
