"""Stores counts in the 404 log, whose size has a bound."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone
from wagtail.models import Site

from seo.not_found.models import NotFoundAddress, NotFoundDay
from seo.not_found.paths import normalised
from seo.not_found.visitors import SCANNERS

Key = tuple[int | None, str]
_SLACK = 20  # one part of so many is free after the log was full


@transaction.atomic
def store(counts: Mapping[Any, int]) -> None:
    """Add ``counts``, by `seo.not_found.counting.Hit`, to what is stored.

    Whatever the number of rows, in some ten queries. Processes take turns, so that the
    bound holds and none waits for another in a circle.
    """
    scanners = _take_turns()
    sites = set(Site.objects.values_list("pk", flat=True))
    hits = {
        hit: number
        for hit, number in sorted(counts.items(), key=lambda item: str(item[0]))
        if hit.site in sites or hit.path == SCANNERS
    }
    days = {(hit.site, hit.path): hit.day for hit in hits}
    known = _known(days) | {(None, SCANNERS): scanners.pk}
    new = [
        NotFoundAddress(site_id=site, path=path, last_on=day)
        for (site, path), day in days.items()
        if (site, path) not in known
    ]
    NotFoundAddress.objects.bulk_create(new[: settings.NOT_FOUND_ADDRESSES])
    known = _known(days) | {(None, SCANNERS): scanners.pk}
    _add(hits, known)
    _date(days, known)
    _keep_within_bounds()


def _take_turns() -> NotFoundAddress:
    """Lock the row that is always there, until the transaction ends."""
    NotFoundAddress.objects.get_or_create(
        site=None, path=SCANNERS, defaults={"last_on": timezone.localdate()}
    )
    return NotFoundAddress.objects.select_for_update().get(site=None, path=SCANNERS)


def _known(keys: Iterable[Key]) -> dict[Key, int]:
    paths = {path for _site, path in keys}
    rows = NotFoundAddress.objects.filter(path__in=paths, site__isnull=False)
    return {
        (site, path): pk for pk, site, path in rows.values_list("pk", "site", "path")
    }


def _add(hits: Mapping[Any, int], known: Mapping[Key, int]) -> None:
    """Add to the counts of days, those that grow by the same together."""
    added: defaultdict[tuple[int, Any], list[int]] = defaultdict(lambda: [0, 0])
    for hit, number in hits.items():
        if pk := known.get((hit.site, hit.path)):
            added[pk, hit.day][hit.is_crawler] += number
    NotFoundDay.objects.bulk_create(
        (NotFoundDay(address_id=pk, day=day) for pk, day in added),
        ignore_conflicts=True,
    )
    together: defaultdict[tuple[Any, int, int], list[int]] = defaultdict(list)
    for (pk, day), (readers, crawlers) in added.items():
        together[day, readers, crawlers].append(pk)
    for (day, readers, crawlers), pks in together.items():
        NotFoundDay.objects.filter(day=day, address__in=pks).update(
            readers=F("readers") + readers, crawlers=F("crawlers") + crawlers
        )


def _date(days: Mapping[Key, Any], known: Mapping[Key, int]) -> None:
    by_day: defaultdict[Any, list[int]] = defaultdict(list)
    for key, day in days.items():
        if key in known:
            by_day[day].append(known[key])
    for day, pks in by_day.items():
        NotFoundAddress.objects.filter(pk__in=pks, last_on__lt=day).update(last_on=day)


def _keep_within_bounds() -> None:
    """Drop what was asked for longest ago, of one day what was asked for least.

    What is ignored comes last, while it is no more than half. Some more than the
    surplus goes, so that not each new address has to count them all.
    """
    most = settings.NOT_FOUND_ADDRESSES
    rows = NotFoundAddress.objects.exclude(site=None)
    surplus = rows.count() - most
    if surplus <= 0:
        return
    surplus += most // _SLACK
    ignored = rows.filter(is_ignored=True)
    too_many = max(0, ignored.count() - most // 2)
    _drop(ignored, min(too_many, surplus))
    _drop(rows.exclude(is_ignored=True), surplus - min(too_many, surplus))


def _drop(rows: Any, number: int) -> None:
    least = rows.annotate(
        hits=Coalesce(Sum("days__readers") + Sum("days__crawlers"), 0)
    ).order_by("last_on", "hits", "pk")
    dropped = list(least.values_list("pk", flat=True)[:number])
    NotFoundAddress.objects.filter(pk__in=dropped).delete()


@transaction.atomic
def forget_old() -> int:
    """Delete what was counted too long ago, and return how many addresses that were."""
    _take_turns()
    until = timezone.localdate() - timedelta(days=settings.NOT_FOUND_DAYS)
    NotFoundDay.objects.filter(day__lt=until).delete()
    old = NotFoundAddress.objects.filter(
        last_on__lt=until, is_ignored=False, site__isnull=False
    )
    number = old.count()
    old.delete()
    _keep_within_bounds()
    return number


def forget(paths: Iterable[str]) -> None:
    """Delete what was counted of ``paths``, at whichever site."""
    asked = Q(pk__in=[])
    for path in paths:
        asked |= Q(path__iexact=normalised(path))
    NotFoundAddress.objects.filter(asked, site__isnull=False).delete()
