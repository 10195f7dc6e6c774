"""Publishing rules for stories, and for pages that show them."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.blocks.outside_video import OutsideVideoBlock
from core.models.images import SiteImage
from core.models.shown_people import Shows
from core.models.videos import Video
from core.prefetch.walk import Place, walk
from core.publishing.gate import Level, Problem, register
from core.publishing.rules import problem_at
from testimonials.counting import count_of
from testimonials.models.consent import Consent
from testimonials.models.pages import TestimonialPage


def embedded(page: Any) -> list[tuple[Place, TestimonialPage]]:
    """Return every story shown by a block of ``page``, with its place."""
    return [
        (place, place.value)
        for place in walk(page)
        if isinstance(place.value, TestimonialPage)
    ]


def _is_allowed(story: TestimonialPage) -> bool:
    # Read anew: a consent may have been recorded since this copy was.
    consents = Consent.objects.in_force().filter(scope_medical_detail=True)
    return bool(consents.filter(subject=story.subject_id).exists())


@register
class StoryBeyondConsent:
    """Refuses stories that no consent covers."""

    code = "story-beyond-consent"
    title = _("Story beyond its consent")
    level: Level = "block"

    def problems(self, page: Any) -> Iterator[Problem]:
        if isinstance(page, TestimonialPage) and not _is_allowed(page):
            yield Problem(
                self.code,
                self.level,
                gettext(
                    "No consent covers this story today. Record the signed consent "
                    "with its subject first."
                ),
                field="subject",
            )
        shown_here = embedded(page)
        if not shown_here:
            return
        wanted = {story.pk for _, story in shown_here}
        shown = set(
            TestimonialPage.objects.showable()
            .filter(pk__in=wanted)
            .values_list("pk", flat=True)
        )
        for place, story in shown_here:
            if story.pk not in shown:
                yield problem_at(
                    place,
                    self,
                    gettext(
                        "The story “%(title)s” may not be shown: it is not published, "
                        "or no consent covers it today. Remove it, or choose another."
                    )
                    % {"title": story.title},
                )


@register
class PictureBeyondConsent:
    """Warns of pictures and videos that no consent covers, on any page."""

    code = "story-picture-beyond-consent"
    title = _("Picture beyond consent")
    level: Level = "warn"

    def problems(self, page: Any) -> Iterator[Problem]:
        placed = [
            place
            for place in walk(page)
            if isinstance(place.value, SiteImage | Video)
            or (isinstance(place.block, OutsideVideoBlock) and place.value)
        ]
        chosen = {
            field.name: record
            for field in page._meta.concrete_fields
            if field.is_relation and issubclass(field.related_model, SiteImage | Video)
            if (record := getattr(page, field.name))
        }
        beyond = _beyond_consent([*(each.value for each in placed), *chosen.values()])
        withheld = self._withheld_in_stories(page, placed)
        told: dict[tuple[str, int], Problem] = {}
        for place in placed:
            where = (place.field, place.position)
            if where in told:
                continue
            if place in withheld:
                told[where] = problem_at(
                    place,
                    self,
                    gettext(
                        "Readers do not see the picture or video here: no consent "
                        "allows it today. Record one that does, or take it "
                        "out. Of one in the text that shows nobody, say so under "
                        "Images or Videos."
                    ),
                    about=_which(place.value),
                )
            elif isinstance(place.value, SiteImage | Video) and place.value in beyond:
                sentence, about = self._sentence(), _which(place.value)
                told[where] = problem_at(place, self, sentence, about=about)
        yield from told.values()
        for name, record in chosen.items():
            if record in beyond:
                yield Problem(
                    self.code,
                    self.level,
                    self._sentence(),
                    field=name,
                    about=_which(record),
                )

    def _withheld_in_stories(self, page: Any, placed: list[Place]) -> list[Place]:
        """Return what a story does not show for its own subject's consents."""
        if not isinstance(page, TestimonialPage):
            return []
        # Read anew: a consent may have been recorded since this copy was.
        consents = list(Consent.objects.in_force().filter(subject=page.subject_id))
        photograph = any(consent.scope_photograph for consent in consents)
        films = any(consent.scope_video for consent in consents) and any(
            consent.scope_voice for consent in consents
        )
        return [
            place
            for place in placed
            # The timeline shows none without consent, whatever it shows; of a video at
            # another host nobody says whom it shows.
            if place.field == "timeline"
            or getattr(place.value, "shows", Shows.PEOPLE) != Shows.NOBODY
            if not (photograph if isinstance(place.value, SiteImage) else films)
        ]

    def _sentence(self) -> str:
        return gettext(
            "Readers do not see the picture or video here: somebody whom it shows does "
            "not allow it today. Take it out, or record a consent that does."
        )


def _which(record: Any) -> str:
    if not isinstance(record, SiteImage | Video):
        return f"outside_video {record.get('address')}"
    return f"{record._meta.model_name} {record.pk}"


def _beyond_consent(records: list[Any]) -> list[Any]:
    """Return those that show somebody who does not allow it today, read anew."""
    found: list[Any] = []
    for model in (SiteImage, Video):
        records_of_it = [each for each in records if isinstance(each, model)]
        if records_of_it:
            pks = {each.pk for each in records_of_it}
            beyond = model.objects.beyond_consent().filter(pk__in=pks)
            beyond_pks = set(beyond.values_list("pk", flat=True))
            found += [each for each in records_of_it if each.pk in beyond_pks]
    return found


@register
class CountsUnnamed:
    """Warns of counts in a timeline that does not say what they are."""

    code = "counts-unnamed"
    title = _("Counts without a name")
    level: Level = "warn"

    def problems(self, page: Any) -> Iterator[Problem]:
        if not isinstance(page, TestimonialPage) or page.counted:
            return
        if any(count_of(moment) is not None for moment in page.moments):
            yield Problem(
                self.code,
                self.level,
                gettext(
                    "Readers do not see the counts of the timeline: say here what they "
                    "are, such as metres walked."
                ),
                field="counted",
            )
