"""Signal handlers for topic pages, and for the words that the search keeps."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.models import Page
from wagtail.signals import page_published

from core.models.topics import Topic
from home.models import TopicPage
from home.search.indexing import follow_consents, index_page
from home.search.passages import searched_fields
from testimonials.changes import rows_changed
from testimonials.models.consent import Consent


@receiver(page_published, sender=TopicPage)
def lead_topic_to_its_page(sender: Any, instance: TopicPage, **kwargs: Any) -> None:
    """Make a published topic page its topic's hub, unless the topic has one already.

    Wagtail sends the signal for a page that is only scheduled as well.
    """
    if instance.live:
        Topic.objects.filter(pk=instance.topic_id, hub=None).update(hub=instance.pk)


@receiver(post_save)
def keep_the_words_of_a_page(
    sender: Any,
    instance: Any,
    raw: bool = False,
    update_fields: frozenset[str] | None = None,
    **kwargs: Any,
) -> None:
    """Index what is stored of a page: in memory a published one may be a draft."""
    if raw or not isinstance(instance, Page) or instance.depth == 1:
        return
    searched = {"live", *searched_fields(instance)}
    if update_fields is None or searched & set(update_fields):
        index_page(sender.objects.get(pk=instance.pk).specific)


@receiver([post_save, post_delete, rows_changed], sender=Consent)
def keep_the_words_that_consents_cover(
    sender: Any, raw: bool = False, **kwargs: Any
) -> None:
    if not raw:
        follow_consents()
