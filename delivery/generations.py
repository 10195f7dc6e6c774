"""The generations that this machine takes part in, as the settings say."""

from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.signals import setting_changed
from django.dispatch import receiver

from delivery.linked import LinkedGenerations
from delivery.protocol import Generations


@lru_cache(maxsize=1)
def generations() -> Generations | None:
    """Return the generations, None where no pages are kept."""
    if not settings.PAGE_STORE:
        return None
    folder = Path(settings.PAGE_STORE)
    if not settings.PAGE_GENERATIONS:
        return LinkedGenerations(folder)
    from delivery.shared import SharedGenerations  # one machine needs no Redis

    return SharedGenerations(folder, settings.PAGE_GENERATIONS)


@receiver(setting_changed)
def _read_again(**kwargs: Any) -> None:  # tests change settings
    generations.cache_clear()
