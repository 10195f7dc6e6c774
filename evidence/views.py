"""Public downloads of references."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from wagtail.models import Page, ReferenceIndex

from core.querysets import shown_pages
from evidence.formats import bibtex_writing
from evidence.formats.writers import WRITERS
from evidence.models import Reference


@require_safe
# A page that is taken off readers has its sources with it, after a minute at most.
@cache_control(public=True, max_age=60)
def bibtex(request: HttpRequest, pk: int) -> HttpResponse:
    """Download a reference that a public page cites."""
    reference = get_object_or_404(Reference, pk=pk)
    kept = reference.merged_into_id or reference.pk
    if not _cited_in_public(kept):
        raise Http404("No page cites this.")
    if kept != pk:
        return redirect("evidence:bibtex", kept)
    entry = bibtex_writing.entry(reference)
    return HttpResponse(
        entry,
        content_type=f"{WRITERS['bibtex'].content_type}; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="reference-{pk}.bib"',
            "X-Robots-Tag": "noindex",
        },
    )


def _cited_in_public(pk: int) -> bool:
    """Return whether a public page cites a reference, or one merged into it.

    The index knows pages as they are stored, and what is live is stored.
    """
    ids = Reference.objects.filter(Q(pk=pk) | Q(merged_into=pk)).values_list("pk")
    types = ContentType.objects.get_for_models(Reference, Page)
    citing = ReferenceIndex.objects.filter(
        to_content_type=types[Reference],
        to_object_id__in=[str(found) for (found,) in ids],
        base_content_type=types[Page],
    ).values_list("object_id", flat=True)
    pages = shown_pages().filter(pk__in=list(citing))
    return bool(pages.exists())
