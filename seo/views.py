"""The view of robots.txt."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe
from wagtail.models import Site


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Serve robots.txt, which disallows all unless search engines are welcome."""
    site = Site.find_for_request(request)
    return render(
        request,
        "seo/robots.txt",
        {
            "allowed": settings.SEARCH_ENGINES_ALLOWED,
            "closed": settings.ROBOTS_DISALLOWED_PATHS,
            "sitemap": f"{site.root_url}{reverse('seo:sitemap')}" if site else "",
        },
        content_type="text/plain; charset=utf-8",
    )
