"""Answers with a page's social picture, for as long as the page says so."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from wagtail.models import Site

from seo.social_pictures.making import facts_of, made, needs_one, shown_page

# Shared caches forget within a minute what is withdrawn.
_CACHE_CONTROL = "public, max-age=60"


@require_safe
def social_picture(request: HttpRequest, pk: int, digest: str) -> HttpResponse:
    """Answer with the picture of a page that anyone may read.

    Whoever asks first has it made, on the page's own site: on any other, each site's
    name would have it drawn anew. A title, portrait or brand of yesterday is gone with
    the next request, for it is no longer what the page says.
    """
    page = shown_page(pk)
    if page is None:
        raise Http404("There is no such page.")
    site = Site.find_for_request(request)
    # Of several sites with this page, Wagtail names that of the request.
    own, *_address = page.get_url_parts(request) or [None]
    if site is None or own != site.pk or not needs_one(page, site):
        raise Http404("The page has no such picture.")
    said = facts_of(page, site)
    if said.digest != digest:
        raise Http404("There is no such picture.")
    return HttpResponse(
        made(page, said),
        content_type="image/jpeg",
        headers={
            "Cache-Control": _CACHE_CONTROL,
            # Other sites show it beside their links.
            "Cross-Origin-Resource-Policy": "cross-origin",
        },
    )
