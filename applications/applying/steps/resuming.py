"""Going on with a draft in another browser, by a link that was mailed."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from applications.applying.steps import drafts
from applications.applying.steps.route import Route
from applications.applying.steps.stepping import to
from applications.models.links import AccessLink
from core.encryption import EncryptionError


def resume(request: HttpRequest, link: AccessLink) -> HttpResponse | None:
    """Return the way to where a link's draft goes on; None when nobody can go on.

    From now on it is this browser's, until it is closed.
    """
    draft = link.draft
    if draft is None or draft.expires_at <= timezone.now():
        return None
    try:
        typed = drafts.typed_in(draft)
    except EncryptionError:
        return None
    page = draft.definition.page
    response = to(page, request, Route(draft.definition.content, typed).next_address)
    path = page.get_url_parts(request)[2]
    drafts.remember(response, path, drafts.take_over(link), None)
    return response
