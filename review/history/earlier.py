"""An earlier version of a page, rendered as of now, for whoever wants to compare."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from wagtail.models import Revision

from delivery.middleware import never_store
from review.history.listing import open_versions, printable, published_corrections
from review.models.corrections import PublishedCorrection

ADDRESS = "versions"


def correction_after(page: Any, steps: list[str]) -> PublishedCorrection | None:
    """Return the first correction that leads to the version at an address.

    None for any other: drafts, guessed numbers, versions that no correction names or
    that nobody may read any more.

    Args:
        page: The page as it is published.
        steps: The parts of the address beneath the page's own.
    """
    match steps:
        case [step, number] if step == ADDRESS:
            return next(iter(_leading_to(page, number)), None)
    return None


def _leading_to(page: Any, version: Any) -> list[PublishedCorrection]:
    """Return the corrections of ``page`` that lead to a version, the first first."""
    named = published_corrections(page).values()
    leading = [each for each in named if str(each.version_id) == str(version)]
    is_open = leading and leading[0].version_id in open_versions(page)
    return leading if is_open else []


def serve_version(
    page: Any, correction: PublishedCorrection, request: HttpRequest
) -> HttpResponse:
    """Answer with the version that ``correction`` leads to.

    It is made like the page itself, so that consent is asked for now, and nobody is in
    it who has been forgotten since. Changes to a `Revision` start no generation, so
    that none is stored.
    """
    never_store(request)
    revision = Revision.objects.filter(pk=correction.version_id).first()
    if revision is None:  # between two generations
        raise Http404
    version = _as_earlier(revision.as_object(), page)
    context = {
        **version.get_context(request),
        "present": page,
        "correction": correction,
        "corrections": [
            printable(page, each.text)
            for each in _leading_to(page, correction.version_id)
        ],
        "page_template": version.get_template(request),
        "robots": "noindex",
    }
    response = TemplateResponse(request, "review/history/earlier_version.html", context)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _as_earlier(version: Any, page: Any) -> Any:
    """Say of ``version`` nothing that is true of the present page alone."""
    version.slug, version.url_path = page.slug, page.url_path
    version.is_earlier_version, version.present = True, page
    version.updated_at, version.updated_note = None, ""
    version.review = version.changed_since_review = None
    version.expire_at = page.expire_at
    return version
