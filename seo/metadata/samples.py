"""A page's title or description as a pattern would make it, while that is typed."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from wagtail.models import Site

from seo import results
from seo.metadata import patterns
from seo.metadata.models import MetadataPatterns
from seo.metadata.patterns_form import KINDS, LONGEST, page_type


def sample(request: HttpRequest, site_pk: int, label: str, kind: str) -> JsonResponse:
    """Answer ``{"text", "problem"}`` of the pattern in the query."""
    site = get_object_or_404(Site, pk=site_pk)
    policy = MetadataPatterns.get_permission_policy()
    if not policy.user_has_permission_for_instance(
        request.user, "change", MetadataPatterns(site=site)
    ):
        raise PermissionDenied
    found = page_type(label)
    if found is None or kind not in KINDS:
        raise Http404
    typed = request.GET.get("pattern", "")[:LONGEST].replace("\x00", "")
    pattern = typed.strip() or KINDS[kind]
    if problem := patterns.problem(pattern, found, kind):
        return JsonResponse({"text": "", "problem": problem})
    pages = found.objects.live().descendant_of(site.root_page, inclusive=True)
    page = pages.order_by("-first_published_at", "-pk").first()
    if page is None:
        text = _("There is no published page of this type yet.")
        return JsonResponse({"text": text, "problem": ""})
    return JsonResponse(_sample(page, site, kind, pattern))


def _sample(page: Any, site: Site, kind: str, pattern: str) -> dict[str, str]:
    organisation = results.organisation(site)
    label = type(page)._meta.label_lower
    if kind == "description":
        own = MetadataPatterns(patterns={label: {kind: pattern}})
        page.search_description = ""
        text = results.description(page, own, organisation)
        return {"text": text, "problem": ""}
    title = results.title(
        results.name(page),
        organisation,
        is_front_page=site.root_page_id == page.pk,
        pattern=pattern,
        page=page,
    )
    return {"text": str(title), "problem": results.title_problem(page, title)}


def urlpatterns() -> list[URLPattern]:
    route = "metadata-sample/<int:site_pk>/<str:label>/<str:kind>/"
    return [path(route, sample, name="metadata_sample")]
