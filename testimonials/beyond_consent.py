"""Which pictures and videos the public must not be able to fetch today."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, Model, OuterRef, Q
from wagtail.models import Page, ReferenceIndex

from core.models.images import SiteImage
from core.models.videos import Video
from core.withheld_files import PREFIX, Record, away, bring_back, put_away
from testimonials.models.consent import Consent
from testimonials.models.pages import TestimonialPage
from testimonials.models.subject import Subject


def withhold_what_is_beyond_consent() -> None:
    """Put away every file that no consent covers today, and bring the others back.

    What is away and used nowhere stays there: deleting a story does not publish it.
    """
    beyond = beyond_consent()
    put_away(beyond)
    waiting = away() - beyond
    for kind in (Video, SiteImage):  # in this order: a video holds its poster away
        bring_back(
            [
                (model, pk)
                for model, pk in waiting
                if model is kind and _is_used(model, pk)
            ]
        )


def beyond_consent() -> set[Record]:
    """Return the pictures and videos of which no consent covers a use today.

    A portrait is one of a story that may be told with it, or of the person's own
    published profile; whatever else shows it shows it without consent. What a story
    contains may stand elsewhere for a reason of its own, and then it stays.
    """
    stories = TestimonialPage.objects.with_scopes()
    untold = _references(Page, stories.filter(is_covered=False))
    unpictured = _references(Page, stories.filter(shows_portrait=False))
    hidden = untold | (unpictured & Q(model_path__startswith="timeline."))
    videos = _used_only_by(hidden, Video)
    posters = _references(Video, Video.objects.filter(pk__in=videos))
    images = _used_only_by(hidden | posters, SiteImage)
    images |= _portraits_beyond_consent()
    return {(Video, pk) for pk in videos} | {(SiteImage, pk) for pk in images}


def _references(model: type[Model], records: Any) -> Q:
    """Return what finds the references that ``records`` hold."""
    kind = ContentType.objects.get_for_model(model)
    pks = [str(pk) for pk in records.values_list("pk", flat=True)]
    return Q(base_content_type=kind, object_id__in=pks)


def _used_only_by(sources: Q, model: type[Model]) -> set[int]:
    kind = ContentType.objects.get_for_model(model)
    uses: Any = ReferenceIndex.objects.filter(to_content_type=kind)
    used = set(uses.filter(sources).values_list("to_object_id", flat=True))
    others = uses.filter(to_object_id__in=used).exclude(sources)
    elsewhere = set(others.values_list("to_object_id", flat=True))
    return {int(pk) for pk in used - elsewhere}


def _is_used(model: type[Model], pk: int) -> bool:
    away_itself = _references(Video, Video.objects.filter(file__startswith=PREFIX))
    # Subjects are asked themselves: one may be saved before its references are.
    subjects = Q(base_content_type=ContentType.objects.get_for_model(Subject))
    uses = ReferenceIndex.get_references_to(model(pk=pk))
    if uses.exclude(away_itself | subjects).exists():
        return True
    return model is SiteImage and Subject.objects.filter(portrait=pk).exists()


def _portraits_beyond_consent() -> set[int]:
    consents = Consent.objects.in_force().filter(subject=OuterRef("pk"))
    subjects = Subject.objects.exclude(portrait=None).annotate(
        is_shown=Exists(consents.filter(scope_medical_detail=True))
        & Exists(consents.filter(scope_photograph=True))
    )
    beyond: set[int] = set()
    shown: set[int] = set()
    for portrait, is_shown, profile_portrait, is_published in subjects.values_list(
        "portrait", "is_shown", "person__portrait", "person__live"
    ):
        on_profile = is_published and profile_portrait == portrait
        (shown if is_shown or on_profile else beyond).add(portrait)
    return beyond - shown
