"""What a story's subject allows today, as the story's page asks it."""

from typing import Any, NamedTuple, Self

from testimonials.models.consent import Consent


class Scope(NamedTuple):
    """What a story's subject allows today."""

    story: bool
    name: bool
    portrait: bool
    initials: bool = False
    films: bool = False

    @classmethod
    def of(cls, story: Any) -> Self:
        """Ask the consents, in one query unless ``story`` was annotated."""
        annotated = story.__dict__
        if "is_covered" in annotated:
            return cls(
                annotated["is_covered"],
                annotated["shows_name"],
                annotated["shows_portrait"],
                annotated["shows_initials"],
                annotated["shows_films"],
            )
        allowed = list(Consent.objects.in_force().filter(subject=story.subject_id))
        return cls(
            story=any(consent.scope_medical_detail for consent in allowed),
            name=any(consent.scope_name for consent in allowed),
            portrait=any(consent.scope_photograph for consent in allowed),
            initials=any(consent.scope_initials for consent in allowed),
            films=any(consent.scope_video for consent in allowed)
            and any(consent.scope_voice for consent in allowed),
        )
