"""Who is told at once, and who in a daily digest."""

from collections.abc import Iterator
from typing import Any

from wagtail.models import Site

from applications.mailed import ADDRESSES, STAFF
from applications.models.notification_choices import NotificationChoice
from applications.models.rights import Right, holders, who_may_open
from applications.models.site_settings import ApplicationSettings


def told_at_once(site: Site, form: Any) -> Iterator[tuple[str, list[str]]]:
    """Yield to whom each e-mail goes: the audience in kind, and the addresses.

    The site's addresses share one e-mail; members of staff get one each, and none
    twice. Rights are asked for now, whatever they were when somebody chose. Of a form
    that is gone, None, nobody has any.
    """
    known: set[str] = set()
    notified = ApplicationSettings.objects.filter(site=site).first()
    if notified and notified.addresses and not notified.is_daily:
        known = {address.lower() for address in notified.addresses}
        yield ADDRESSES, notified.addresses
    for user in _who_chose_at_once(form) if form else ():
        if user.email.lower() not in known:
            known.add(user.email.lower())
            yield STAFF, [user.email]


def _who_chose_at_once(form: Any) -> Any:
    choices = NotificationChoice.objects.filter(how=NotificationChoice.How.AT_ONCE)
    users = holders(form.pk, Right.SEE).exclude(email="")
    return users.filter(pk__in=choices.values("user")).order_by("pk")


def told_daily(hour: int) -> Any:
    """Return the users whose digest is due once it is ``hour`` o'clock."""
    choices = NotificationChoice.objects.filter(
        how=NotificationChoice.How.DAILY, hour__lte=hour
    )
    users = who_may_open().exclude(email="")
    return users.filter(pk__in=choices.values("user")).order_by("pk")
