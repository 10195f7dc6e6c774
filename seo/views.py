"""The view of robots.txt."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe
from wagtail.models import Site

from seo.crawling.robots_txt.robots_file import written


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Serve robots.txt.

    Where search engines are unwelcome it forbids nothing: they must read each answer to
    learn that it is to be left out (`seo.middleware`).
    """
    if not settings.SEARCH_ENGINES_ALLOWED:
        site, sitemap = None, ""
    else:
        site = Site.find_for_request(request)
        sitemap = f"{site.root_url}{reverse('seo:sitemap')}" if site else ""
    return HttpResponse(
        written(site, sitemap), content_type="text/plain; charset=utf-8"
    )
