"""What happens when a subject or a consent changes."""

from typing import Any

from django.db.models.signals import post_save
from django.dispatch import receiver

from core.tasks import enqueue
from testimonials.models.consent import Consent
from testimonials.models.subject import Subject
from testimonials.tasks import withhold_files


@receiver(post_save, sender=Consent)
@receiver(post_save, sender=Subject)
def withhold_at_once(sender: Any, raw: bool = False, **kwargs: Any) -> None:
    if not raw:
        enqueue(withhold_files)
