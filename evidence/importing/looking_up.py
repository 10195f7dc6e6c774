"""Asking the registers of DOIs and of PubMed what a work is."""

from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlencode
from urllib.request import Request, urlopen

from django.conf import settings

from evidence.formats import detect
from evidence.formats.records import Draft
from evidence.models import TO_BE_COMPLETED, Reference

TIMEOUT = 15  # seconds
LARGEST = 2 * 1024 * 1024  # bytes; an answer about one work has a few thousand


class NotReached(Exception):
    """A register gave no answer; the task may be tried again."""


def look_up(reference: Reference) -> Draft | None:
    """Return what the register of its DOI, or else PubMed, knows about a work.

    Raises:
        NotReached: It gave no answer.
    """
    if reference.doi:
        url = settings.REFERENCE_LOOKUP_DOI.format(quote(reference.doi, safe=""))
    elif reference.pmid:
        query = {"db": "pubmed", "id": reference.pmid}
        query |= {"rettype": "medline", "retmode": "text"}
        url = f"{settings.REFERENCE_LOOKUP_PMID}?{urlencode(query)}"
    else:
        return None
    answer = fetch(url)
    if answer is None:
        return None
    try:
        found = detect.read(answer).records[0]
    except detect.Unreadable:
        return None
    titled = isinstance(found, Draft) and not found.fields["title"].startswith(
        TO_BE_COMPLETED
    )
    return found if isinstance(found, Draft) and titled else None


def fetch(url: str) -> bytes | None:
    """Return what stands at ``url``; None where the register knows no such work.

    Raises:
        NotReached: It gave no answer.
    """
    if not url.startswith(("https://", "http://")):
        raise NotReached("The register's address in the settings is no web address.")
    request = Request(url, headers={"User-Agent": settings.WAGTAIL_SITE_NAME})  # noqa: S310
    try:
        with urlopen(request, timeout=TIMEOUT) as response:  # noqa: S310
            answer: bytes = response.read(LARGEST)
    except HTTPError as error:
        error.close()
        if error.code == 404:
            return None
        raise NotReached(f"The register answered {error.code}.") from None
    except (URLError, OSError) as error:
        raise NotReached(f"{type(error).__name__}") from None
    return answer
