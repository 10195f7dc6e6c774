"""What people do with their consents: give, narrow, take back, confirm.

A consent on record does not change. To narrow it is to withdraw it and to put what is
left in its place, in one transaction: no request sees more than before or after.
"""

from collections.abc import Collection, Iterable

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from core.due.days import months_after
from delivery import calendar
from testimonials.consent.recording import (
    CONFIRMED,
    GIVEN,
    NARROWED,
    TAKEN_BACK,
    record_act,
)
from testimonials.models.consent import CHANNELS, SCOPES, Consent
from testimonials.models.subject import Subject
from testimonials.models.wording import ConsentWording

_COPIED = (
    "subject_id",
    *SCOPES,
    *CHANNELS,
    "valid_from",
    "valid_until",
    "wording_id",
    "wording_version",
    "given_by",
    "given_on",
    "confirmed_on",
)


class WordingChanged(Exception):
    """The text is no longer the one that was read, or nobody is asked with it."""


@transaction.atomic
def give(subject: Subject, wording: ConsentWording, ticked: Collection[str]) -> None:
    """Record that ``subject`` allows what they ``ticked``: scopes and channels.

    Sent twice, it is recorded once.

    Args:
        subject: Who agrees.
        wording: What they have read.
        ticked: Names of `SCOPES` and `CHANNELS`.

    Raises:
        WordingChanged: It is stored with other words by now, or withdrawn.
    """
    # A change of the text waits, or was done before it is read here.
    stored = ConsentWording.objects.select_for_update().filter(pk=wording.pk).first()
    if not stored or not stored.is_asked or stored.digest != wording.digest:
        raise WordingChanged
    today = calendar.today()
    given = {name: name in ticked for name in (*SCOPES, *CHANNELS)}
    same = _held(subject).filter(wording=wording, given_on=today, **given)
    if same.exists():
        return
    consent = Consent.objects.create(
        subject=subject,
        wording=wording,
        wording_version=wording.version,
        given_by=Consent.Means.WEB,
        given_on=today,
        confirmed_on=today,
        valid_from=today,
        valid_until=months_after(today, wording.months) if wording.months else None,
        **given,
    )
    record_act([consent], GIVEN)


@transaction.atomic
def narrow(subject: Subject, lost: Collection[str]) -> set[str]:
    """Take ``lost``, scopes and channels, out of all that ``subject`` allows.

    Returns the channels in which something is allowed no more, none where nothing of
    ``lost`` was allowed.
    """
    where: set[str] = set()
    for consent in list(_held(subject)):
        if not any(getattr(consent, name) for name in lost):
            continue
        channels = _channels(consent)
        # A scope is lost in all of them.
        lost_scope = any(getattr(consent, name) for name in SCOPES if name in lost)
        where |= channels if lost_scope else channels & set(lost)
        rest = Consent(**{name: getattr(consent, name) for name in _COPIED})
        for name in lost:
            setattr(rest, name, False)
        _withdraw([consent])
        if _covers_something(rest):
            rest.replaces = consent
            rest.save()
            record_act([consent, rest], NARROWED)
        else:
            where |= channels
            record_act([consent], TAKEN_BACK)
    return where


@transaction.atomic
def take_back(subject: Subject) -> set[str]:
    """Withdraw all that ``subject`` allows, today or later.

    Returns the channels in which something was allowed.
    """
    consents = list(_held(subject))
    _withdraw(consents)
    record_act(consents, TAKEN_BACK)
    return {name for consent in consents for name in _channels(consent)}


@transaction.atomic
def confirm(subject: Subject) -> bool:
    """Note that all that ``subject`` allows today still holds.

    No consent ends later for it. Returns whether there was something to confirm.
    """
    today = calendar.today()
    consents = [consent for consent in _held(subject) if consent.is_kept()]
    pks = [consent.pk for consent in consents]
    Consent.objects.filter(pk__in=pks).update(confirmed_on=today)
    record_act(consents, CONFIRMED)
    return bool(consents)


def _held(subject: Subject) -> QuerySet[Consent]:
    """Return what a subject allows, today or later, until this transaction ends.

    Of two acts at once the second sees what the first has left.
    """
    Subject.objects.select_for_update().get(pk=subject.pk)
    return Consent.objects.not_ended().filter(subject=subject)


def _withdraw(consents: Iterable[Consent]) -> None:
    for consent in consents:
        consent.withdrawn_at = timezone.now()
        consent.save(update_fields=["withdrawn_at"])


def _channels(consent: Consent) -> set[str]:
    return {name for name in CHANNELS if getattr(consent, name)}


def _covers_something(consent: Consent) -> bool:
    scopes = any(getattr(consent, name) for name in SCOPES)
    return scopes and any(getattr(consent, name) for name in CHANNELS)
