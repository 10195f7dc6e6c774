"""Walks through all pages that readers see, and keeps where their links lead."""

from collections import defaultdict, deque
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from wagtail.models import Site

from seo import readers
from seo.links.asking import Asker, own_hosts
from seo.links.judging import judge_own
from seo.links.models import Link, LinkTarget, LinkWalk, PageReach
from seo.links.reading import read

_AT_ONCE = 200  # pages whose addresses are asked for together
_LONGEST_LIST = 200  # pages of one list that are gone through
_ROWS = 400  # that one statement writes


def begin() -> LinkWalk:
    """Return the walk that is going on, or else a new one."""
    going_on = LinkWalk.objects.filter(finished_at=None, cancelled_at=None).last()
    return going_on or LinkWalk.objects.create()


def walk(say: Callable[[LinkWalk], object] = lambda walk: None) -> LinkWalk:
    """Look at every page, then judge where the links lead.

    A walk that was interrupted is gone on with. It ends early once it is cancelled;
    what was found until then stays.
    """
    walk = begin()
    pages = readers.pages().shown().originals().filter(depth__gt=1)
    done = PageReach.objects.filter(walk=walk).values("page")
    ahead = pages.exclude(pk__in=done).order_by("depth", "path")
    left = list(ahead.values_list("pk", flat=True))
    walk.total = pages.count()
    walk.save(update_fields=["total"])
    asker, hosts = Asker(), own_hosts()
    fronts = set(Site.objects.values_list("root_page", flat=True))
    before = walk.total - len(left)
    for number, page in enumerate(_in_parts(left), start=before + 1):
        if LinkWalk.objects.filter(pk=walk.pk).exclude(cancelled_at=None).exists():
            return LinkWalk.objects.get(pk=walk.pk)
        text, around = _look(asker, page)
        with transaction.atomic():
            _keep(page, text, hosts)
            if page.pk in fronts:
                _keep(None, around, hosts)
            PageReach.objects.update_or_create(page=page, defaults={"walk": walk})
        walk.done = number
        LinkWalk.objects.filter(pk=walk.pk).update(done=walk.done)
        say(walk)
    PageReach.objects.exclude(walk=walk).delete()
    kept = Q(page=None) | Q(page__in=PageReach.objects.values("page"))
    Link.objects.exclude(kept).delete()
    LinkTarget.objects.filter(links=None).delete()
    judge_own(asker)
    _measure(fronts)
    walk.finished_at = timezone.now()
    walk.save(update_fields=["finished_at"])
    LinkWalk.objects.filter(pk__lt=walk.pk).delete()
    return walk


def _in_parts(pks: list[int]) -> Iterator[Any]:
    for start in range(0, len(pks), _AT_ONCE):
        pages = readers.pages().filter(pk__in=pks[start : start + _AT_ONCE])
        yield from pages.order_by("depth", "path")


def _look(asker: Asker, page: Any) -> tuple[dict[str, str], dict[str, str]]:
    """Return the links of a page and of all further pages of its list."""
    text: dict[str, str] = {}
    around: dict[str, str] = {}
    address = page.full_url
    gone_through: set[str] = set()
    while address and address not in gone_through and len(gone_through) < _LONGEST_LIST:
        gone_through.add(address)
        status, _leads_to, content = asker.ask(address)
        if status != 200:
            break
        found = read(content, address)
        for target, words in found.text.items():
            base, _, place = target.partition("#")
            is_here = base == address and (not place or place in found.places)
            if not is_here:
                text.setdefault(target, words)
        around = around or found.around
        address = found.further
    return text, around


def _keep(page: Any, found: dict[str, str], hosts: set[str]) -> None:
    """Keep the links of a page, None for what stands on every page."""
    digests = {LinkTarget.digest_of(address): address for address in found}
    LinkTarget.objects.bulk_create(
        [
            LinkTarget(
                digest=digest,
                address=address,
                is_external=urlsplit(address).netloc not in hosts,
            )
            for digest, address in digests.items()
        ],
        batch_size=_ROWS,
        ignore_conflicts=True,
    )
    keys = {}
    every = list(digests)
    for start in range(0, len(every), _ROWS):
        some = LinkTarget.objects.filter(digest__in=every[start : start + _ROWS])
        keys.update(dict(some.values_list("digest", "pk")))
    Link.objects.filter(page=page).delete()
    Link.objects.bulk_create(
        [
            Link(page=page, target_id=keys[digest], words=found[address])
            for digest, address in digests.items()
        ],
        batch_size=_ROWS,
    )


def _measure(fronts: set[int]) -> None:
    """Keep how many clicks each page is from the front page, and what links to it."""
    leads: dict[int | None, list[int]] = defaultdict(list)
    inbound: dict[int, int] = defaultdict(int)
    edges = Link.objects.exclude(target__page=None).exclude(page=F("target__page"))
    pairs = edges.values_list("page", "target__page").distinct()
    for source, target in pairs.iterator():
        leads[source].append(target)
        inbound[target] += source is not None
    depth = dict.fromkeys(fronts, 0)
    waiting = deque(fronts)
    while waiting:
        page = waiting.popleft()
        on_every_page = leads[None] if page in fronts else []
        for target in (*leads[page], *on_every_page):
            if target not in depth:
                depth[target] = depth[page] + 1
                waiting.append(target)
    changed = []
    for reach in PageReach.objects.iterator():
        wanted = depth.get(reach.pk), inbound[reach.pk]
        if (reach.depth, reach.inbound) != wanted:
            reach.depth, reach.inbound = wanted
            changed.append(reach)
    PageReach.objects.bulk_update(changed, ["depth", "inbound"], batch_size=_ROWS)
