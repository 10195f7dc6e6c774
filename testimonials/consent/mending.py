"""Finds the published pages that a consent has left with something to mend."""

from collections.abc import Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, TextField
from django.db.models.functions import Cast
from django.db.models.signals import post_save
from django.dispatch import receiver
from django_tasks import task
from wagtail.models import Page, ReferenceIndex

from core.media.coverage import Purpose
from core.models.base_page import BasePage
from core.models.images import SiteImage
from core.models.live_problems import LiveProblem
from core.models.videos import Video
from core.publishing.live_problems import look_at
from core.tasks import enqueue, waits_in_queue
from testimonials.changes import rows_changed
from testimonials.models.appearance import MEDIA, Appearance
from testimonials.models.consent import Consent
from testimonials.models.pages import TestimonialPage
from testimonials.models.subject import Subject

_CODES = (
    "story-beyond-consent",
    "story-picture-beyond-consent",
    "quotation-beyond-consent",
    "video-beyond-consent",
    "subject-named",
)


@task()
def find_places_to_mend() -> None:
    """Have editors told of what is gone from pages: stories, pictures and films.

    Readers see nothing of them in any case. What is right again is forgotten.
    """
    pks = set(
        LiveProblem.objects.filter(code__in=_CODES).values_list("page", flat=True)
    )
    stories = set(TestimonialPage.objects.beyond_consent().values_list("pk", flat=True))
    pks |= stories | _referring_to(Page, stories) | _without_their_pictures()
    nameless = _subjects_without("scope_name")
    of_them = TestimonialPage.objects.filter(subject__in=nameless)
    told = set(of_them.values_list("pk", flat=True))
    # Where such a name was typed, it is to go.
    pks |= told | _referring_to(Page, told)
    pks |= _referring_to(Subject, nameless | _subjects_without("scope_medical_detail"))
    unfilmed = _subjects_without("scope_video") | _subjects_without("scope_voice")
    pks |= _referring_to(Subject, unfilmed, within="outside_video")
    for model, field in MEDIA.items():
        beyond = Appearance.objects.beyond_consent(Purpose.PAGE).exclude(
            **{field: None}
        )
        pks |= _referring_to(model, set(beyond.values_list(field, flat=True)))
    for page in Page.objects.filter(pk__in=pks).live().specific().iterator():
        if isinstance(page, BasePage):
            look_at(page)


def _subjects_without(scope: str) -> set[int]:
    """Return the people who do not allow ``scope`` today."""
    allowing = Consent.objects.in_force().filter(**{scope: True})
    others = Subject.objects.exclude(pk__in=allowing.values("subject"))
    return set(others.values_list("pk", flat=True))


def _without_their_pictures() -> set[int]:
    """Return the stories that refer to pictures or films their consent leaves out.

    A timeline shows none then, of whomever; the records need not say whom they show.
    """
    stories = TestimonialPage.objects.published().with_scopes()
    pks: set[int] = set()
    for model, shows in ((SiteImage, "shows_portrait"), (Video, "shows_films")):
        beyond = stories.filter(**{shows: False}).values_list("pk", flat=True)
        pks |= set(beyond) & _referring_to(model)
    texts = stories.annotate(text=Cast("body", TextField()))
    at_other_hosts = texts.filter(shows_films=False, text__contains="outside_video")
    return pks | set(at_other_hosts.values_list("pk", flat=True))


def _referring_to(
    model: type[Model], pks: Iterable[int] | None = None, within: str = ""
) -> set[int]:
    """Return the pages that refer to one of ``pks`` of ``model``, None for to any.

    Args:
        model: What is referred to.
        pks: Its primary keys.
        within: The name of the block that refers to it, "" for wherever.
    """
    references = ReferenceIndex.objects.filter(
        to_content_type=ContentType.objects.get_for_model(model),
        base_content_type=ContentType.objects.get_for_model(Page),
        model_path__contains=within,
    )
    if pks is not None:
        references = references.filter(to_object_id__in=list(map(str, pks)))
    return set(map(int, references.values_list("object_id", flat=True)))


@receiver([post_save, rows_changed], sender=Consent)
def look_when_a_consent_changes(sender: Any, raw: bool = False, **kwargs: Any) -> None:
    # Each change queues its own: of one that runs already nobody knows whether it has
    # seen this change, which is not committed yet.
    if not raw and waits_in_queue(find_places_to_mend):
        enqueue(find_places_to_mend)
