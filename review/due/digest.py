"""The daily e-mail about what has come near, for those who want one."""

import logging
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from wagtail.models import Site

from core.due.registry import DueItem, Span, find
from core.mail import letter
from review.due.listing import when
from review.models.due import DigestChoice, ToldOf
from users.preferences import speaking_to

logger = logging.getLogger(__name__)

SHOWN = 20  # of one kind


def send_digests() -> tuple[int, int]:
    """Queue the e-mails of today; return how many were queued, and how many failed.

    However often it runs, everybody gets one a day at most, and none where there is
    nothing new. What somebody was told of is told once more when its day has come.
    """
    # Everybody's at once: in time zones of their own, a day could pass without a run.
    today = timezone.localdate(timezone=timezone.get_default_timezone())
    sent = failed = 0
    wanted = _wanted()
    # Of whoever gets none any more nothing is noted.
    ToldOf.objects.exclude(user__in=wanted.values("user")).delete()
    for choice in wanted:
        try:
            with speaking_to(choice.user):
                sent += _send_once(choice, today)
        except Exception as error:  # noqa: BLE001  (the others must not wait)
            failed += 1
            logger.warning("A digest was not sent: %s", type(error).__name__)
    return sent, failed


def _wanted() -> Any:
    choices = DigestChoice.objects.exclude(what=DigestChoice.What.NOTHING)
    choices = choices.filter(user__is_active=True).exclude(user__email="")
    return choices.select_related("user__wagtail_userprofile").order_by("pk")


@transaction.atomic
def _send_once(choice: DigestChoice, today: date) -> bool:
    """Queue one unless that was done today; return whether it was queued now.

    In one transaction: killed in between, neither the day nor the e-mail is kept.
    """
    user: Any = choice.user
    # Where they are.
    day = timezone.localdate()
    # Of two runs at once, the second waits here and then finds the day taken.
    claimed = DigestChoice.objects.filter(
        Q(sent_on=None) | Q(sent_on__lt=today), pk=choice.pk
    ).update(sent_on=today)
    if not claimed or not user.has_perm("wagtailadmin.access_admin"):
        return False
    last = day + timedelta(days=choice.days_ahead)
    span = Span.within(None, last)
    if choice.what == DigestChoice.What.MINE:
        span = span._replace(of=user.pk)
    found = find(user, span)
    new = _not_told(user, found.items, day)
    if not new:
        return False
    site = Site.objects.filter(is_default_site=True).first() or Site.objects.first()
    root = settings.WAGTAILADMIN_BASE_URL
    letter(
        gettext("What is due"),
        "review/emails/digest",
        {
            "kinds": list(_by_kind(new)),
            "is_cut": bool(found.cut),
            "report_url": urljoin(root, reverse("due_report")),
            "choice_url": urljoin(root, reverse("wagtailadmin_account")),
            "site_name": site.site_name if site else "",
            "root_url": site.root_url if site else root,
        },
        [user.email],
        headers={"Auto-Submitted": "auto-generated"},
    ).send()
    return True


def _not_told(user: Any, items: list[DueItem], today: date) -> list[DueItem]:
    """Note what ``user`` is told now, and forget what is due no more; return the new.

    Something is told of before its day and on it.
    """
    notes = {(item.uid, item.day, item.day <= today): item for item in items}
    kept = ToldOf.objects.filter(user=user)
    known = {(note.uid, note.day, note.had_come): note.pk for note in kept}
    kept.filter(pk__in=[pk for note, pk in known.items() if note not in notes]).delete()
    new = [note for note in notes if note not in known]
    ToldOf.objects.bulk_create(
        ToldOf(user=user, uid=uid, day=day, had_come=had_come)
        for uid, day, had_come in new
    )
    return [notes[note] for note in new]


def _by_kind(items: list[DueItem]) -> Iterable[dict[str, Any]]:
    """Yield the kinds, first the one of which something is overdue for longest."""
    root = settings.WAGTAILADMIN_BASE_URL
    groups: dict[str, list[DueItem]] = {}
    for item in items:
        groups.setdefault(str(item.kind.name), []).append(item)
    for name, of_kind in groups.items():
        yield {
            "name": name,
            "due": [
                {
                    "title": item.discreet_title or item.title,
                    "when": when(item),
                    "is_late": item.is_late,
                    "url": urljoin(root, item.url),
                }
                for item in of_kind[:SHOWN]
            ],
            "more": len(of_kind[SHOWN:]),
        }
