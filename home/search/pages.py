"""The pages that a visitor may find."""

from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from wagtail.models import Page, Site

from core.querysets import not_past
from testimonials.models.pages import TestimonialPage


def readable_pages(request: HttpRequest) -> Any:
    """Return the public pages of the request's site."""
    site = Site.find_for_request(request)
    if site is None:
        return Page.objects.none()
    withheld = TestimonialPage.objects.beyond_consent().values("pk")
    # What an alias says, its original says.
    others = Page.objects.filter(~not_past() | Q(alias_of__live=True)).values("pk")
    return (
        Page.objects.live()
        .public()
        .descendant_of(site.root_page, inclusive=True)
        .exclude(pk__in=withheld)
        .exclude(pk__in=others)
    )
