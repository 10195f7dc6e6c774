"""Walks through all pages that readers see, and keeps where their links lead."""

import time
from collections import defaultdict, deque
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from wagtail.models import Page, Site

from seo import readers
from seo.links import absent
from seo.links.asking import Asker, own_hosts
from seo.links.judging import judge_some
from seo.links.models import Link, LinkTarget, LinkWalk, PageReach
from seo.links.reading import read

_AT_ONCE = 200  # pages whose addresses are asked for together
_LONGEST_LIST = 200  # pages of one list that are gone through
_ROWS = 400  # that one statement writes
# Longer than one page takes; who was killed is followed by another after that.
_HELD = timedelta(minutes=5)


def begin() -> LinkWalk:
    """Return the walk that is going on, or else a new one."""
    going_on = LinkWalk.objects.filter(finished_at=None, cancelled_at=None).last()
    return going_on or LinkWalk.objects.create()


def go_on(
    walk: LinkWalk,
    *,
    seconds: float | None = None,
    say: Callable[[LinkWalk], object] = lambda walk: None,
) -> bool:
    """Look at pages that the walk has not been to, then judge where links lead.

    One process at a time does so; a second one finds nothing to do. What was found
    stays, whenever it ends.

    Args:
        walk: A walk that was interrupted is gone on with.
        seconds: After which it pauses, None to go on to the end.
        say: Called after each page.

    Returns:
        Whether something is left for a next time.
    """
    if not _hold(walk, is_free=True):
        return False
    until = None if seconds is None else time.monotonic() + seconds
    try:
        for _step in _steps(walk, say):
            if until and time.monotonic() > until:
                LinkWalk.objects.filter(pk=walk.pk).update(held_until=None)
                return True
            if not _hold(walk):
                return False
    except BaseException:
        LinkWalk.objects.filter(pk=walk.pk).update(held_until=None)
        raise
    return False


def _hold(walk: LinkWalk, *, is_free: bool = False) -> bool:
    """Keep the walk to this process; return whether it still is to be gone on with."""
    now = timezone.now()
    walks = LinkWalk.objects.filter(pk=walk.pk, finished_at=None, cancelled_at=None)
    if is_free:
        walks = walks.filter(Q(held_until=None) | Q(held_until__lt=now))
    return bool(walks.update(held_until=now + _HELD))


def _steps(walk: LinkWalk, say: Callable[[LinkWalk], object]) -> Iterator[None]:
    pages = readers.pages().shown().originals().filter(depth__gt=1)
    done = PageReach.objects.filter(walk=walk).values("page")
    ahead = pages.exclude(pk__in=done).order_by("depth", "path")
    left = list(ahead.values_list("pk", flat=True))
    total = pages.count()
    LinkWalk.objects.filter(pk=walk.pk).update(total=total)
    asker, hosts = Asker(), own_hosts()
    fronts = set(Site.objects.values_list("root_page", flat=True))
    for number, page in enumerate(_in_parts(left), start=total - len(left) + 1):
        text, around = _look(asker, page)
        text = {**absent.of_page(page), **text}
        around = {**absent.everywhere(page), **around} if page.pk in fronts else {}
        _keep(walk, page, text, around, hosts)
        walk.total, walk.done = total, number
        LinkWalk.objects.filter(pk=walk.pk).update(done=number)
        say(walk)
        yield
    PageReach.objects.exclude(walk=walk).delete()
    Link.objects.exclude(page__in=PageReach.objects.values("page")).delete()
    LinkTarget.objects.filter(links=None).delete()
    # Of another site now, and not asked for there.
    others = LinkTarget.objects.filter(is_external=True, next_check_at=None)
    others.update(verdict=LinkTarget.Verdict.UNKNOWN, leads_to="", page=None)
    while judge_some(asker, walk.begun_at):
        yield
    _measure(fronts)
    walk.finished_at = timezone.now()
    walk.save(update_fields=["finished_at"])
    LinkWalk.objects.filter(pk__lt=walk.pk).delete()


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
        for target, words in absent.in_text(found.absent).items():
            text.setdefault(target, words)
        around = around or {**absent.in_text(found.absent_around), **found.around}
        address = found.further
    return text, around


@transaction.atomic
def _keep(
    walk: LinkWalk,
    page: Any,
    text: dict[str, str],
    around: dict[str, str],
    hosts: set[str],
) -> None:
    """Keep the links of a page, unless it was deleted meanwhile."""
    if not Page.objects.select_for_update().filter(pk=page.pk).exists():
        return
    keys = _targets({*text, *around}, hosts)
    Link.objects.filter(page=page).delete()
    Link.objects.bulk_create(
        [
            Link(page=page, target_id=keys[at], words=words, is_everywhere=everywhere)
            for everywhere, found in ((False, text), (True, around))
            for at, words in found.items()
        ],
        batch_size=_ROWS,
    )
    PageReach.objects.update_or_create(page=page, defaults={"walk": walk})


def _targets(addresses: set[str], hosts: set[str]) -> dict[str, int]:
    """Return the keys of the targets at these addresses, made where they are new."""
    digests = {LinkTarget.digest_of(address): address for address in sorted(addresses)}
    LinkTarget.objects.bulk_create(
        [
            LinkTarget(
                digest=digest,
                address=address,
                is_external=_is_external(address, hosts),
            )
            for digest, address in digests.items()
        ],
        batch_size=_ROWS,
        # A host may have become the site's, or have been it.
        update_conflicts=True,
        unique_fields=["digest"],
        update_fields=["is_external"],
    )
    keys: dict[str, int] = {}
    every = list(digests)
    for start in range(0, len(every), _ROWS):
        some = LinkTarget.objects.filter(digest__in=every[start : start + _ROWS])
        found = some.values_list("digest", "pk")
        keys.update({digests[digest]: pk for digest, pk in found})
    return keys


def _is_external(address: str, hosts: set[str]) -> bool:
    return not absent.is_deleted(address) and urlsplit(address).netloc not in hosts


def _measure(fronts: set[int]) -> None:
    """Keep how many clicks each page is from a front page, and what links to it."""
    leads: dict[int, list[int]] = defaultdict(list)
    inbound: dict[int, int] = defaultdict(int)
    edges = Link.objects.exclude(target__page=None).exclude(page=F("target__page"))
    pairs = edges.values_list("page", "target__page", "is_everywhere").distinct()
    for source, target, is_everywhere in pairs.iterator():
        leads[source].append(target)
        inbound[target] += not is_everywhere
    depth = dict.fromkeys(fronts, 0)
    waiting = deque(fronts)
    while waiting:
        page = waiting.popleft()
        for target in leads[page]:
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
