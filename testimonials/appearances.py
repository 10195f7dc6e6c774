"""Says whom pictures and films show, and asks their consents.

`core` asks the `ConsentKeeper`. What a story or a portrait shows is marked here without
being asked: that takes back nothing and only ever protects.
"""

from collections.abc import Collection, Iterable
from typing import Any

from django.db import transaction
from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from core.media.coverage import Purpose, register_keeper
from core.media.private_files import say
from core.models.images import SiteImage
from core.models.shown_people import Shows
from core.models.videos import Video
from core.publishing.posted_form import before_storing
from testimonials.models.appearance import MEDIA, Appearance
from testimonials.models.pages import TestimonialPage
from testimonials.models.subject import Subject
from testimonials.pictures import pictures_of, protect_before_storing


class ConsentKeeper:
    """Answers for `core` whom pictures and films show; see `core.media.coverage`."""

    permission = "testimonials.change_subject"

    def covered(self, model: type[Model], purpose: Purpose) -> Q:
        """Return a filter for records that show somebody, and nobody without consent.

        One of which only its being of people is known is covered by nothing.
        """
        appearances = Appearance.objects.in_each(model)
        return Q(Exists(appearances)) & ~Q(Exists(appearances.beyond_consent(purpose)))

    def people(self) -> QuerySet[Subject]:
        return Subject.objects.order_by("reference_code")

    def shown_by(self, record: Any) -> Collection[int]:
        if record.pk is None:
            return []
        found = Appearance.objects.in_record(record)
        return list(found.values_list("subject", flat=True))

    def store(self, record: Any, people: Collection[int]) -> None:
        with transaction.atomic():
            Appearance.objects.in_record(record).exclude(subject__in=people).delete()
            _add(record, people)
            mark_companions(record)


register_keeper(ConsentKeeper())


def _add(record: Any, people: Iterable[int]) -> None:
    name = MEDIA[type(record)]
    Appearance.objects.bulk_create(
        [Appearance(subject_id=pk, **{name: record}) for pk in people],
        ignore_conflicts=True,
    )


def mark(records: Iterable[Any], subject_pk: int, *, asked: bool = False) -> None:
    """Say that ``records``, pictures and films, show somebody; their companions, too.

    Args:
        records: Stored ones; those that are right already cost a query a model.
        subject_pk: Of the person.
        asked: Whether to heed that somebody has said “nobody”.

    Raises:
        NotMoved: A store failed; that record and those after it are as they were.
    """
    for record in _unmarked(records, subject_pk):
        if asked and record.shows == Shows.NOBODY:
            continue
        with transaction.atomic():
            _add(record, [subject_pk])
            if not record.shows_people:
                say(record, Shows.PEOPLE)
            mark(_companions(record), subject_pk, asked=asked)


@before_storing
def protect_story(page: Any) -> None:
    """Protect what a story shows that is to be stored.

    Raises:
        ValidationError: A store failed.
    """
    if isinstance(page, TestimonialPage) and page.subject_id:
        protect_before_storing(pictures_of(page))


def mark_story(story: Any) -> None:
    """Say of what a story shows that it shows its subject, but for “nobody”.

    Raises:
        NotMoved: A store failed.
    """
    if story.subject_id:
        mark(pictures_of(story), story.subject_id, asked=True)


def mark_portraits() -> None:
    """Say of every subject's portrait that it shows the subject.

    Raises:
        NotMoved: A store failed.
    """
    appearances = Appearance.objects.filter(
        subject=OuterRef("pk"), image=OuterRef("portrait")
    )
    marked = Exists(appearances) & Q(portrait__shows=Shows.PEOPLE)
    subjects = Subject.objects.exclude(portrait=None).exclude(marked)
    for subject in subjects.select_related("portrait"):
        mark([subject.portrait], subject.pk)


def _companions(record: Any) -> list[Any]:
    """Return what shows the same people: a poster, a picture for the dark theme."""
    name = "poster" if isinstance(record, Video) else "for_dark"
    companion = getattr(record, name)
    return [companion] if companion else []


def mark_companions(record: Any) -> None:
    """Say of a film's poster, and of a picture for the dark theme, whom they show.

    Raises:
        NotMoved: A store failed.
    """
    if record.shows_people and (companions := _companions(record)):
        people = Appearance.objects.in_record(record)
        for pk in people.values_list("subject", flat=True):
            mark(companions, pk, asked=True)


def _unmarked(records: Iterable[Any], subject_pk: int) -> list[Any]:
    """Return those, as they are stored now, that are not said to show the subject."""
    found: list[Any] = []
    records = list(records)
    for model in (SiteImage, Video):
        pks = {record.pk for record in records if isinstance(record, model)}
        if pks:
            appearances = Appearance.objects.in_each(model).filter(subject=subject_pk)
            marked = Exists(appearances) & Q(shows=Shows.PEOPLE)
            found += model._default_manager.filter(pk__in=pks).exclude(marked)
    return found
