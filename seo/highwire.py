"""Highwire Press tags, from which reference managers and Google Scholar cite a page.

Source:
    https://scholar.google.com/intl/en/scholar/inclusion.html#indexing
"""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import get_language

Tag = tuple[str, str]


@dataclass(frozen=True)
class Citable:
    """The bibliographic data of a page.

    ``authors`` are those who wrote it, by name alone, in order; at least one.
    """

    title: str
    authors: list[str]
    published: datetime


def tags(work: Citable, *, url: str, publisher: str) -> list[Tag]:
    """Return the name and content of each tag.

    The organisation is named as publisher: ``citation_journal_title`` would have
    reference managers take a clinic's site for a journal.

    Args:
        work: What is cited.
        url: The page's absolute address, where the full text stands.
        publisher: What the organisation is called.
    """
    day = timezone.localtime(work.published).strftime("%Y/%m/%d")
    return [
        ("citation_title", work.title),
        *(("citation_author", author) for author in work.authors),
        ("citation_publication_date", day),
        ("citation_online_date", day),
        ("citation_language", (get_language() or "en").partition("-")[0]),
        ("citation_publisher", publisher),
        ("citation_public_url", url),
        ("citation_fulltext_html_url", url),
    ]
