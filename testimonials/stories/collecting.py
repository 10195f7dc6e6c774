"""How stories are collected, told from the register without telling of anybody."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from delivery import calendar
from delivery.calendar import period
from delivery.once import once_per_generation
from testimonials.models.consent import Consent
from testimonials.models.pages import TestimonialPage
from testimonials.models.subject import RELATIONS, Relation, Subject
from testimonials.models.subject_link import SubjectLink
from testimonials.models.wording import ConsentWording

# Numbers of people are told by tens: of fewer, and of one more or less, somebody who
# knows them could work out who it is.
STEP = 10


@dataclass(frozen=True)
class Collected:
    """What readers are told of the register.

    Attributes:
        people: What was asked, and of how many people, in words.
        relations: A relation to the organisation, and of how many of the stories shown.
        stories: How many stories are shown.
        pays: Whether somebody who tells one of them was paid for it.
        wordings: The texts in which people are asked today.
    """

    people: Sequence[tuple[str, str]]
    relations: Sequence[tuple[str, int]]
    stories: int
    pays: bool
    wordings: Sequence[ConsentWording]


def collected() -> Collected:
    """Return what the register says today, in three queries a generation."""
    return _collected_in(period(), get_language())


@once_per_generation
def _collected_in(_period: datetime | None, _language: str | None) -> Collected:
    relations = _relations()
    return Collected(
        people=_people(),
        relations=[(str(RELATIONS[each]), n) for each, n in relations.items() if n],
        stories=sum(relations.values()),
        pays=bool(relations[Relation.PAID]),
        wordings=ConsentWording.objects.offered(),
    )


def in_tens(number: int) -> str:
    """Return a number of people in words that tell of nobody."""
    least = number // STEP * STEP
    if not least:
        return _("fewer than ten")
    return ngettext("at least {number}", "at least {number}", least).format(
        number=least
    )


def _people() -> list[tuple[str, str]]:
    consents = Consent.objects.in_force().filter(scope_medical_detail=True)
    allowed = Consent.objects.not_ended().filter(
        scope_medical_detail=True, valid_from__lte=calendar.today()
    )
    has_consent = Q(Exists(Consent.objects.filter(subject=OuterRef("pk"))))
    has_link = Q(Exists(SubjectLink.objects.filter(subject=OuterRef("pk"))))

    def given(found: Any) -> Count:
        return Count("pk", filter=Q(pk__in=found.values("subject")))

    counted = Subject.objects.aggregate(
        recorded=Count("pk", filter=has_consent | has_link),
        website=given(consents),
        social=given(allowed.filter(channel_social=True)),
        print=given(allowed.filter(channel_print=True)),
    )
    asked = (
        ("recorded", _("People whom we have asked, and recorded")),
        ("website", _("who allow their story on this website today")),
        ("social", _("who allow it on social media")),
        ("print", _("who allow it in print")),
    )
    return [(said, in_tens(counted[name])) for name, said in asked]


def _relations() -> dict[Relation, int]:
    """Return of how many stories that are shown each relation is told.

    Each story says so itself, so that exact numbers tell nothing more.
    """
    shown = TestimonialPage.objects.showable().originals().order_by()
    rows = shown.values_list("subject__relation").annotate(number=Count("pk"))
    counted = dict(rows)
    return {each: counted.get(each.value, 0) for each in Relation}
