"""What is kept of subscribers, so that somebody can be found and forgotten."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.persons.after_restore import note
from core.persons.person import EMAIL, Person, name
from core.persons.registry import Act, Item, PersonalData, Record, row_of
from core.persons.scrubbing import forget_tasks, scrub_log
from newsletter.models import Subscriber


class Subscriptions(PersonalData):
    code = "subscriptions"
    name = _("Newsletter subscriptions")

    def find(self, person: Person) -> Iterator[Item]:
        for email in person.of(EMAIL):
            yield from map(_item, Subscriber.objects.filter(email__iexact=email))

    def everything(self) -> Iterator[Item]:
        return map(_item, Subscriber.objects.iterator())

    def export(self, item: Item) -> Record:
        subscriber = Subscriber.objects.get(pk=item.key)
        moments = {
            gettext("Signed up"): subscriber.signed_up_at,
            gettext("Confirmed"): subscriber.confirmed_at,
            gettext("Unsubscribed"): subscriber.unsubscribed_at,
            gettext("Last e-mail"): subscriber.mailed_at,
        }
        rows: list[tuple[str, str | list[str]]] = [
            (gettext("E-mail address"), subscriber.email),
            (gettext("Status"), subscriber.get_status_display()),
            (gettext("Version of the wording"), subscriber.wording_version),
        ]
        rows += [
            (label, date_format(timezone.localtime(at), "DATETIME_FORMAT"))
            for label, at in moments.items()
            if at
        ]
        return Record(item.label, rows)

    def erase(self, item: Item) -> bool:
        subscriber = row_of(Subscriber, item)
        if subscriber is None:
            return False
        forget_tasks([str(subscriber.uuid)])
        scrub_log(subscriber)
        subscriber.delete()
        return True


class Ending(Act):
    """Of a subscription, unless it was confirmed again later."""

    code = "newsletter.ended"

    def done(self) -> Iterator[tuple[str, datetime]]:
        ended = Subscriber.objects.filter(status=Subscriber.Status.UNSUBSCRIBED)
        for subscriber in ended.exclude(unsubscribed_at=None):
            at = subscriber.unsubscribed_at or timezone.now()
            yield name(EMAIL, subscriber.email), at

    def undone(self) -> Iterator[tuple[str, Any, datetime | None]]:
        going = Subscriber.objects.exclude(status=Subscriber.Status.UNSUBSCRIBED)
        columns = ("pk", "email", "confirmed_at", "signed_up_at")
        for pk, email, confirmed, signed_up in going.values_list(*columns).iterator():
            yield name(EMAIL, email), pk, confirmed or signed_up

    def redo(self, key: Any, at: datetime) -> int:
        subscriber = Subscriber.objects.filter(pk=key).first()
        if subscriber is None:
            return 0
        subscriber.status = Subscriber.Status.UNSUBSCRIBED
        subscriber.unsubscribed_at = at
        subscriber.save(update_fields=["status", "unsubscribed_at"])
        return 1


class Deleting(Act):
    """Of a subscriber, by staff."""

    code = "newsletter.deleted"

    def done(self) -> Iterator[tuple[str, datetime]]:
        yield from ()  # nothing is left that could tell

    def undone(self) -> Iterator[tuple[str, Any, datetime | None]]:
        rows = Subscriber.objects.values_list("pk", "email", "signed_up_at")
        for pk, email, since in rows.iterator():
            yield name(EMAIL, email), pk, since

    def redo(self, key: Any, at: datetime) -> int:
        return Subscriber.objects.filter(pk=key).delete()[0]


@receiver(post_save, sender=Subscriber)
def note_an_ending(sender: Any, instance: Any, raw: bool = False, **kw: Any) -> None:
    at = instance.unsubscribed_at
    if not raw and at and instance.status == Subscriber.Status.UNSUBSCRIBED:
        note(Ending.code, name(EMAIL, instance.email), at)


@receiver(post_delete, sender=Subscriber)
def note_a_deletion(sender: Any, instance: Subscriber, **kwargs: Any) -> None:
    note(Deleting.code, name(EMAIL, instance.email), timezone.now())


def _item(subscriber: Subscriber) -> Item:
    return Item(
        str(subscriber.pk),
        str(subscriber),
        frozenset({name(EMAIL, subscriber.email)}),
        subscriber.signed_up_at,
        reverse("subscribers:inspect", args=[subscriber.pk]),
    )
