"""What somebody allows today, as pages ask it that tell their story or quote them."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any, NamedTuple, Self

from django.db.models import Exists, OuterRef

from delivery.calendar import period
from delivery.once import once_per_generation
from testimonials.models.consent import Consent
from testimonials.models.subject import ANONYMOUS, Subject


def scopes_of(subject: OuterRef) -> dict[str, Any]:
    """Return annotations: what the person with that primary key allows today.

    ``is_covered`` says that their story may be told, and ``shows_…`` the rest.
    """
    consents = Consent.objects.in_force().filter(subject=subject)
    return {
        "is_covered": Exists(consents.filter(scope_medical_detail=True)),
        "shows_name": Exists(consents.filter(scope_name=True)),
        "shows_initials": Exists(consents.filter(scope_initials=True)),
        "shows_portrait": Exists(consents.filter(scope_photograph=True)),
        "shows_films": Exists(consents.filter(scope_video=True))
        & Exists(consents.filter(scope_voice=True)),
    }


def scopes_today(subjects: Collection[Any]) -> dict[Any, dict[str, bool]]:
    """Return the values of `scopes_of` by the primary key of each of ``subjects``.

    They are kept until something visible changes, as a consent does when it is given,
    narrowed or withdrawn, and when its last day is over.
    """
    kept = _kept(period())
    if missing := [pk for pk in subjects if pk not in kept]:
        asked = Subject.objects.filter(pk__in=missing).order_by()
        rows = asked.values("pk", **scopes_of(OuterRef("pk")))
        kept |= {row.pop("pk"): row for row in rows}
    return {pk: kept[pk] for pk in subjects if pk in kept}


@once_per_generation
def _kept(_period: datetime | None) -> dict[Any, dict[str, bool]]:
    """Return what was asked so far. Threads add to it what they would all find."""
    return {}


class Scope(NamedTuple):
    """What somebody allows today."""

    story: bool
    name: bool
    portrait: bool
    initials: bool = False
    films: bool = False
    # When the person last said that it holds; asked of one story alone.
    confirmed_on: date | None = None

    @classmethod
    def of(cls, story: Any) -> Self:
        """Ask the consents, in one query unless ``story`` was annotated."""
        return cls._annotated(story) or cls._asked(story.subject_id)

    @classmethod
    def of_subject(cls, subject: Any) -> Self:
        """Ask the consents, in one query unless ``subject`` was annotated."""
        return cls._annotated(subject) or cls._asked(subject.pk)

    @classmethod
    def _annotated(cls, record: Any) -> Self | None:
        found = record.__dict__
        if "is_covered" not in found:
            return None
        return cls(
            found["is_covered"],
            found["shows_name"],
            found["shows_portrait"],
            found["shows_initials"],
            found["shows_films"],
        )

    @classmethod
    def _asked(cls, subject_pk: Any) -> Self:
        allowed = list(Consent.objects.in_force().filter(subject=subject_pk))
        return cls(
            story=any(consent.scope_medical_detail for consent in allowed),
            name=any(consent.scope_name for consent in allowed),
            portrait=any(consent.scope_photograph for consent in allowed),
            initials=any(consent.scope_initials for consent in allowed),
            films=any(consent.scope_video for consent in allowed)
            and any(consent.scope_voice for consent in allowed),
            confirmed_on=max(filter(None, map(_said_on, allowed)), default=None),
        )

    def name_of(self, subject: Any) -> str:
        """Return how readers are told who it is: by name, initials, or neither."""
        if self.name:
            return str(subject.name)
        return str(subject.initials if self.initials else ANONYMOUS)


def _said_on(consent: Consent) -> date | None:
    """Return when the person last said that their story may be told."""
    if not consent.scope_medical_detail:
        return None
    return consent.confirmed_on or consent.given_on
