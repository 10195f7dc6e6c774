"""Consents that end, and those that people are asked about again."""

from collections.abc import Iterator
from datetime import date
from itertools import islice, product
from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.due.registry import MOST, DueItem, Kind, Span
from testimonials.models.consent import CHANNELS, SCOPES, Consent
from testimonials.models.days import a_year_before

SEE = "testimonials.view_consent"


class _OfPeople(Kind):
    """What is due of somebody's consent: told by code, and elsewhere without it."""

    has_own_line = True

    def concerns(self, user: Any) -> bool:
        return bool(user.has_perm(SEE))

    def item(self, consent: Consent, when: date) -> DueItem:
        return DueItem(
            kind=self,
            # Another thing once it is confirmed: its row does not say when it changed.
            key=f"{consent.pk}-{when:%Y%m%d}",
            when=when,
            title=consent.subject.reference_code,
            discreet_title=gettext("A person who told their story"),
            url=reverse("story_subjects:register", args=[consent.subject_id]),
            changed_at=consent.recorded_at,
        )


class ConsentEnds(_OfPeople):
    """Something that a person allows is allowed no more after this day."""

    code = "consent-ends"
    name = _("Consent ends")
    icon = "lock"
    passes = True

    def find(self, user: Any, span: Span, most: int | None = None) -> Iterator[DueItem]:
        if not user.has_perm(SEE):
            return
        first = span.first or timezone.localdate()
        ending = _consents().filter(valid_until__gte=first, valid_until__lte=span.last)
        rows = ending.order_by("valid_until", "pk").iterator(MOST)
        told = set()
        # No more is read than is asked for: a calendar does so every few minutes.
        while some := list(islice(rows, MOST)):
            others: dict[int, list[Consent]] = {}
            subjects = {consent.subject_id for consent in some}
            for consent in _consents().filter(subject__in=subjects):
                others.setdefault(consent.subject_id, []).append(consent)
            for consent in some:
                once = (consent.subject_id, consent.valid_until)
                day = consent.valid_until
                own = others.get(consent.subject_id, [])
                if day and once not in told and _is_lost(consent, own):
                    told.add(once)
                    yield self.item(consent, day)


class ConsentToConfirm(_OfPeople):
    """A person is asked once a year whether what they allow still holds."""

    code = "consent-confirm"
    name = _("Consent to be confirmed")
    icon = "user"

    def find(self, user: Any, span: Span, most: int | None = None) -> Iterator[DueItem]:
        if not user.has_perm(SEE):
            return
        consents = _consents().filter(pk__in=Consent.objects.in_force().values("pk"))
        said = consents.alias(
            last_said_on=Coalesce("confirmed_on", "given_on", "valid_from")
        ).filter(last_said_on__lte=a_year_before(span.last_day))
        if span.first:
            said = said.filter(last_said_on__gte=a_year_before(span.first))
        told = set()
        for consent in said.order_by("last_said_on", "pk").iterator(MOST):
            day = consent.confirm_by
            ends_before = consent.valid_until and consent.valid_until < day
            once = (consent.subject_id, day)
            if span.holds(day) and not ends_before and once not in told:
                told.add(once)
                yield self.item(consent, day)


def _consents() -> QuerySet[Consent]:
    """Return what holds or will, with people's codes and no more of them."""
    consents = Consent.objects.filter(withdrawn_at=None).select_related("subject")
    return consents.only(
        *SCOPES,
        *CHANNELS,
        "valid_from",
        "valid_until",
        "given_on",
        "confirmed_on",
        "recorded_at",
        "subject__reference_code",
    )


def _is_lost(ending: Consent, others: list[Consent]) -> bool:
    """Return whether anything it allows is not allowed by their others afterwards."""
    after = [
        other
        for other in others
        if ending.valid_until
        and (other.valid_until is None or other.valid_until > ending.valid_until)
        and (other.valid_from - ending.valid_until).days <= 1
    ]
    allowed = _allowed(ending)
    return not allowed <= set().union(*map(_allowed, after))


def _allowed(consent: Consent) -> set[tuple[str, str]]:
    return {
        (scope, channel)
        for scope, channel in product(SCOPES, CHANNELS)
        if getattr(consent, scope) and getattr(consent, channel)
    }


def due_kinds() -> list[Kind]:
    return [ConsentEnds(), ConsentToConfirm()]
