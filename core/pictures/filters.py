"""One filter for each specification, shared by all pictures and threads.

Wagtail makes one for every rendition of every picture, and reads its specification anew
with `inspect`, which takes longer than all else about a picture.
"""

from functools import lru_cache

from wagtail.images.models import Filter


def shared(wanted: Filter | str) -> Filter:
    """Return the filter of a specification such as ``width-400|format-avif``."""
    return _of(wanted if isinstance(wanted, str) else wanted.spec)


@lru_cache(maxsize=512)  # templates name some sixty
def _of(spec: str) -> Filter:
    return Filter(spec=spec)
