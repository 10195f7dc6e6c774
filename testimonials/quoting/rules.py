"""Publishing rules for words and videos of patients that no consent covers."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.prefetch.walk import Place, walk
from core.publishing.gate import Level, Problem, register
from core.publishing.rules import problem_at
from testimonials.models.consent import Consent
from testimonials.quoting.block import PatientQuoteBlock, with_scopes
from testimonials.quoting.outside_video import videos_of_people


def quotations(page: Any) -> list[tuple[Place, Any]]:
    """Return every quotation of a patient on ``page``, with the person."""
    return [(place, who) for place, who in _quotations(page) if who]


def _quotations(page: Any) -> list[tuple[Place, Any]]:
    return [
        (place, place.value.get("subject"))
        for place in walk(page)
        if isinstance(place.block, PatientQuoteBlock)
    ]


@register
class QuotationBeyondConsent:
    """Refuses words of somebody who does not allow them today."""

    code = "quotation-beyond-consent"
    title = _("Patient's words beyond consent")
    level: Level = "block"

    def problems(self, page: Any) -> Iterator[Problem]:
        quoted = _quotations(page)
        if not quoted:
            return
        # Read anew: a consent may have been recorded since this copy was.
        consents = Consent.objects.in_force().filter(scope_medical_detail=True)
        pks = {subject.pk for _place, subject in quoted if subject}
        allowed = consents.filter(subject__in=pks).values_list("subject", flat=True)
        covered = set(allowed)
        for place, subject in quoted:
            if subject is None:
                sentence = gettext(
                    "Nobody is chosen here, or the person was forgotten. If they were, "
                    "take the block out; do not choose another."
                )
                yield problem_at(place, self, sentence)
            elif subject.pk not in covered:
                sentence = gettext(
                    "Readers do not see these words of “{code}”: no consent covers "
                    "them today. Take the block out, or record a consent that does."
                ).format(code=subject.reference_code)
                yield problem_at(place, self, sentence, about=subject.reference_code)


@register
class VideoBeyondConsent:
    """Refuses a video at another host that shows somebody who does not allow it."""

    code = "video-beyond-consent"
    title = _("Patient's video beyond consent")
    level: Level = "block"

    def problems(self, page: Any) -> Iterator[Problem]:
        shown = list(videos_of_people(walk(page)))
        if not shown:
            return
        pks = {person.pk for _place, people in shown for person in people if person}
        # Read anew: a consent may have been recorded since this copy was.
        covered = with_scopes().filter(pk__in=pks, is_covered=True, shows_films=True)
        allowed = set(covered.values_list("pk", flat=True))
        for place, people in shown:
            if None in people:
                sentence = gettext(
                    "Somebody whom this video shows was forgotten. Take the block out."
                )
                yield problem_at(place, self, sentence)
            elif beyond := [each for each in people if each.pk not in allowed]:
                codes = ", ".join(f"“{each.reference_code}”" for each in beyond)
                sentence = gettext(
                    "Readers do not see this video of {codes}: no consent to medical "
                    "detail, video and voice covers it today. Take the block out, or "
                    "record a consent that does."
                ).format(codes=codes)
                yield problem_at(place, self, sentence, about=codes)
