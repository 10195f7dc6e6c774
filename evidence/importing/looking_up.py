"""Looks works up in the registers of DOIs and PubMed."""

from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlencode
from urllib.request import Request, urlopen

from django.conf import settings
from django.utils.translation import gettext as _

from evidence.formats import detect
from evidence.formats.records import Draft
from evidence.models import TO_BE_COMPLETED, Reference

TIMEOUT = 15  # seconds
LARGEST = 2 * 1024 * 1024  # bytes; an answer about one work has a few thousand


class NotReached(Exception):
    """A register did not answer; the task may be retried."""


def look_up(reference: Reference) -> Draft | None:
    """Return a work's record from the register of its DOI, or else PubMed.

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
    """Fetch ``url``; None when the register does not know the work.

    Raises:
        NotReached: It gave no answer.
    """
    if not url.startswith(("https://", "http://")):
        raise NotReached(
            _("The register's address in the settings is not a web address.")
        )
    request = Request(url, headers={"User-Agent": settings.WAGTAIL_SITE_NAME})  # noqa: S310
    try:
        with urlopen(request, timeout=TIMEOUT) as response:  # noqa: S310
            answer: bytes = response.read(LARGEST)
    except HTTPError as error:
        error.close()
        if error.code == 404:
            return None
        raise NotReached(
            _("The register answered {code}.").format(code=error.code)
        ) from None
    except (URLError, OSError) as error:
        raise NotReached(f"{type(error).__name__}") from None
    return answer
