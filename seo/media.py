"""The pictures and films of a page, as the sitemap lists them."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class ListedPicture:
    """A picture: the address of the file that its page shows."""

    url: str


@dataclass(frozen=True)
class ListedFilm:
    """A film, with everything that search engines ask for.

    ``url`` and ``poster_url`` may lack the site's address; ``seconds`` is None when the
    length is not known.
    """

    url: str
    poster_url: str
    title: str
    description: str
    published_at: datetime
    seconds: int | None = None
