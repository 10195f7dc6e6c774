"""Signal handlers that make a page's renditions, and delete a record's files."""

from datetime import timedelta
from functools import cache
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.utils import timezone
from wagtail.images.models import Filter
from wagtail.models import Page, ReferenceIndex, Revision
from wagtail.signals import page_published, page_unpublished

from core.media.private_files import FILES
from core.media.stores import either_store
from core.media.tasks import (
    discard_files,
    make_missing,
    make_renditions,
    make_renditions_of_record,
)
from core.models.images import SiteImage
from core.models.replaced_files import ReplacedFile, renditions_replaced
from core.models.videos import Video, delete_after_commit
from core.tasks import enqueue, enqueue_once, waits_in_queue
from seo.social_pictures.tasks import (
    delete_social_pictures_with,
    make_social_picture,
)

_DRAFTS_WAIT = timedelta(seconds=10)
_AVIF = "format-avif"


@receiver(post_delete, sender=SiteImage)
@receiver(post_delete, sender=Video)
def discard_what_lies_in_its_folders(sender: Any, instance: Any, **kwargs: Any) -> None:
    enqueue(discard_files, sender._meta.model_name, instance.pk)


@receiver(post_save, sender=Revision)
def make_the_renditions_of_a_draft(
    sender: Any, instance: Revision, raw: bool = False, **kwargs: Any
) -> None:
    """Queue them for a little later: autosave stores a draft again and again."""
    if raw or not waits_in_queue(make_renditions):
        return
    kind = ContentType.objects.get_for_id(instance.content_type_id).model_class()
    if kind and issubclass(kind, Page):
        soon = timezone.now() + _DRAFTS_WAIT
        enqueue_once(make_renditions.using(run_after=soon), int(instance.object_id))


@receiver(page_published)
def make_the_renditions_of_a_page(sender: Any, instance: Page, **kwargs: Any) -> None:
    if waits_in_queue(make_renditions):
        enqueue(make_renditions, instance.pk)


@receiver(renditions_replaced)
def make_the_renditions_that_there_were(
    sender: Any, image: SiteImage, specs: set[str], **kwargs: Any
) -> None:
    _draw_again(image.pk, specs)


@receiver(post_save, sender=SiteImage)
def make_the_renditions_of_a_changed_picture(
    sender: Any,
    instance: SiteImage,
    created: bool,
    raw: bool = False,
    **kwargs: Any,
) -> None:
    """Make those that follow its new focal point, and those for its dark theme."""
    if created or raw or not waits_in_queue(make_missing):
        return
    rows = instance.renditions.order_by().values_list("filter_spec", "focal_point_key")
    made = set(rows)
    specs = {spec for spec, _ in made}
    keys = {spec: Filter(spec).get_cache_key(instance) for spec in specs}
    _draw_again(instance.pk, {spec for spec in specs if (spec, keys[spec]) not in made})
    if instance.for_dark_id:
        # As `{% picture %}` asks for it: each size once.
        avif = {spec for spec in specs if _AVIF in spec}
        dark = {spec.replace(_AVIF, "format-webp") for spec in avif}
        _draw_again(instance.for_dark_id, dark)


def _draw_again(image_pk: int, specs: set[str]) -> None:
    if specs and waits_in_queue(make_missing):
        enqueue_once(make_missing, image_pk, sorted(specs))


@receiver(post_save)
def make_the_renditions_of_a_records_picture(
    sender: Any, instance: Any, raw: bool = False, **kwargs: Any
) -> None:
    """Make those of a poster or portrait, which pages show by way of its record."""
    if raw or not any(getattr(instance, name) for name in _pictures_of(sender)):
        return
    if waits_in_queue(make_renditions_of_record):
        soon = timezone.now() + _DRAFTS_WAIT  # Wagtail notes first who refers to it
        later = make_renditions_of_record.using(run_after=soon)
        enqueue_once(later, sender._meta.label, instance.pk)


@cache
def _pictures_of(model: Any) -> list[str]:
    """Return the columns that refer to pictures, of records that pages refer to."""
    if issubclass(model, (Page, SiteImage)) or not ReferenceIndex.is_indexed(model):
        return []
    fields = model._meta.fields
    return [field.attname for field in fields if field.related_model is SiteImage]


@receiver([page_published, page_unpublished])
def make_the_social_picture_of_a_page(
    sender: Any, instance: Page, **kwargs: Any
) -> None:
    if waits_in_queue(make_social_picture):
        enqueue(make_social_picture, instance.pk)


@receiver(post_delete)
def delete_the_social_picture_of_a_page(
    sender: Any, instance: Any, **kwargs: Any
) -> None:
    if sender is Page:
        enqueue(make_social_picture, instance.pk)


@receiver(post_save, sender=SiteImage)
def delete_social_pictures_with_a_portrait(
    sender: Any, instance: SiteImage, **kwargs: Any
) -> None:
    if instance.shows_people:
        enqueue(delete_social_pictures_with, instance.pk)


@receiver(post_delete, sender=SiteImage)
def delete_social_pictures_with_a_deleted_portrait(
    sender: Any, instance: SiteImage, **kwargs: Any
) -> None:
    enqueue(delete_social_pictures_with, instance.pk)


@receiver(post_delete, sender=ReplacedFile)
def delete_a_replaced_file(sender: Any, instance: ReplacedFile, **kwargs: Any) -> None:
    transaction.on_commit(lambda: either_store.delete(instance.name))


@receiver(post_delete, sender=Video)
def delete_files_of_a_video(sender: Any, instance: Video, **kwargs: Any) -> None:
    """Delete the files of a deleted video."""
    for field in FILES[Video]:
        delete_after_commit(getattr(instance, field))
