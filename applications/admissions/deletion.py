"""Protects form pages with applications or drafts, and the pages above them."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext

from applications.models.pages import ApplicationFormPage


def refusal(pages: Iterable[Any]) -> str:
    """Return why ``pages`` and all beneath must not be deleted, "" when they may."""
    beneath = Q(pk__in=[])
    for page in pages:
        beneath |= Q(path__startswith=page.path)
    titles = (
        ApplicationFormPage.objects.filter(
            beneath,
            Q(definitions__applications__isnull=False)
            | Q(definitions__drafts__isnull=False),
        )
        .distinct()
        .values_list("title", flat=True)
    )
    names = ", ".join(gettext("“{title}”").format(title=title) for title in titles)
    if not names:
        return ""
    return gettext(
        "Nothing was deleted: applications have arrived through {names}, or are being "
        "filled in. Delete them first, or unpublish the form instead."
    ).format(names=names)


def lead_away(request: HttpRequest, page: Any, sentence: str) -> HttpResponse:
    """Answer with the page's list in the admin and the reason."""
    messages.error(request, sentence)
    return redirect("wagtailadmin_explore", page.get_parent().pk)
