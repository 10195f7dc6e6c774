"""Signal handlers that mark pictures as showing those who tell stories."""

from contextlib import suppress
from typing import Any

from django.apps import apps as installed_apps
from django.contrib.contenttypes.models import ContentType
from django.db.models.signals import post_delete, post_migrate, post_save
from django.dispatch import receiver
from wagtail.models import Revision
from wagtail.signals import page_unpublished

from core.encryption import EncryptionError
from core.media.private_files import let_go_of_replaced_files, out_of_place
from core.media.tasks import put_files_in_place
from core.models.images import SiteImage
from core.models.videos import Video
from core.tasks import enqueue
from testimonials.appearances import mark_companions, mark_portraits, mark_story
from testimonials.changes import rows_changed
from testimonials.erased_stories import remember
from testimonials.models.appearance import MEDIA, Appearance
from testimonials.models.consent import Consent
from testimonials.models.pages import TestimonialPage
from testimonials.models.scope import Scope
from testimonials.models.subject import Subject


@receiver([post_save, rows_changed], sender=Subject)
def mark_portraits_at_once(sender: Any, raw: bool = False, **kwargs: Any) -> None:
    """Mark a portrait; should the store fail, the subject is not stored."""
    if not raw:
        mark_portraits()


@receiver(post_save, sender=Video)
@receiver(post_save, sender=SiteImage)
def mark_companions_at_once(
    sender: Any, instance: Any, raw: bool = False, **kwargs: Any
) -> None:
    if not raw:
        mark_companions(instance)


@receiver(post_delete, sender=Appearance)
def let_go_of_what_showed_whom_is_taken_out(
    sender: Any, instance: Appearance, **kwargs: Any
) -> None:
    for model, name in MEDIA.items():
        if pk := getattr(instance, f"{name}_id"):
            let_go_of_replaced_files(model, pk)


@receiver(post_save, sender=TestimonialPage)
def mark_what_a_story_shows(
    sender: Any, instance: TestimonialPage, raw: bool = False, **kwargs: Any
) -> None:
    if not raw:
        mark_story(instance)


@receiver(post_save, sender=Revision)
def mark_what_a_draft_shows(
    sender: Any, instance: Revision, raw: bool = False, **kwargs: Any
) -> None:
    story = ContentType.objects.get_for_model(TestimonialPage)
    if not raw and instance.content_type_id == story.pk:
        mark_story(instance.as_object())


@receiver(page_unpublished, sender=TestimonialPage)
def remember_a_story_that_was_taken_back(
    sender: Any, instance: TestimonialPage, **kwargs: Any
) -> None:
    """Have readers still be told that it is gone, once its page is unpublished, too."""
    if Scope.of(instance).story:
        return
    consents = Consent.objects.filter(subject=instance.subject_id)
    parts = instance.get_url_parts()
    if parts and consents.have_covered_since(instance.first_published_at):
        # Without a key it is a page that is not there.
        with suppress(EncryptionError):
            remember([parts[2]])


@receiver(post_migrate)
def move_what_a_migration_has_marked(
    app_config: Any, apps: Any = installed_apps, **kwargs: Any
) -> None:
    """Let the worker move the files of records that were marked without it."""
    if app_config.name != "testimonials":
        return
    fields = apps.get_model("core", "SiteImage")._meta.get_fields()
    if any(field.name == "shows" for field in fields) and any(out_of_place()):
        enqueue(put_files_in_place)
