"""The generations that this machine takes part in, as the settings say."""

from functools import lru_cache
from pathlib import Path

from django.conf import settings

from delivery.linked import LinkedGenerations
from delivery.protocol import Generations


def generations() -> Generations | None:
    """Return the generations, None where no pages are kept."""
    if not settings.PAGE_STORE:
        return None
    return _generations(settings.PAGE_STORE, settings.PAGE_GENERATIONS)


@lru_cache(maxsize=8)
def _generations(kept_in: str | Path, url: str) -> Generations:
    folder = Path(kept_in)
    if not url:
        return LinkedGenerations(folder)
    from delivery.shared import SharedGenerations  # one machine needs no Redis

    return SharedGenerations(folder, url)
