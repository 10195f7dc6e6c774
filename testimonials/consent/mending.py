"""Finds the published pages that a consent has left with something to mend."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models.signals import post_save
from django.dispatch import receiver
from django_tasks import task
from wagtail.models import Page, ReferenceIndex

from core.models.base_page import BasePage
from core.models.live_problems import LiveProblem
from core.publishing.live_problems import look_at
from core.tasks import enqueue_once
from testimonials.changes import rows_changed
from testimonials.models.consent import Consent
from testimonials.models.pages import TestimonialPage

_CODES = ("story-beyond-consent", "story-picture-beyond-consent")


@task()
def find_places_to_mend() -> None:
    """Have editors told of stories that are gone, and of pages that quote them.

    Readers see nothing of them in any case. What is right again is forgotten.
    """
    pks = set(
        LiveProblem.objects.filter(code__in=_CODES).values_list("page", flat=True)
    )
    stories = TestimonialPage.objects.beyond_consent().values_list("pk", flat=True)
    pks |= set(stories) | _referring_to(list(stories))
    for page in Page.objects.filter(pk__in=pks).live().specific().iterator():
        if isinstance(page, BasePage):
            look_at(page)


def _referring_to(stories: list[int]) -> set[int]:
    pages = ContentType.objects.get_for_model(Page)
    references = ReferenceIndex.objects.filter(
        to_content_type=pages,
        base_content_type=pages,
        to_object_id__in=list(map(str, stories)),
    )
    return set(map(int, references.values_list("object_id", flat=True)))


@receiver([post_save, rows_changed], sender=Consent)
def look_when_a_consent_changes(sender: Any, raw: bool = False, **kwargs: Any) -> None:
    if not raw:
        enqueue_once(find_places_to_mend)
