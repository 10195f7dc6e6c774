"""Signal handlers for topic pages."""

from typing import Any

from django.dispatch import receiver
from wagtail.signals import page_published

from core.models.topics import Topic
from home.models import TopicPage


@receiver(page_published, sender=TopicPage)
def lead_topic_to_its_page(sender: Any, instance: TopicPage, **kwargs: Any) -> None:
    """Make a published topic page its topic's hub, unless the topic has one already.

    Wagtail sends the signal for a page that is only scheduled as well.
    """
    if instance.live:
        Topic.objects.filter(pk=instance.topic_id, hub=None).update(hub=instance.pk)
