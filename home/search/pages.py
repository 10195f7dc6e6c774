"""The pages that a visitor may find."""

from typing import Any

from django.http import HttpRequest
from wagtail.models import Page, Site

from core.querysets import shown_pages


def readable_pages(request: HttpRequest) -> Any:
    """Return the public pages of the request's site.

    What an alias says, its original says.
    """
    site = Site.find_for_request(request)
    if site is None:
        return Page.objects.none()
    return shown_pages().originals().descendant_of(site.root_page, inclusive=True)
