"""The admin's report on addresses that are not there."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import django_filters
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.db.models import Sum
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse, reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views import View
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.reports import ReportView
from wagtail.models import Site

from seo.not_found.counting import write
from seo.not_found.models import NotFoundAddress
from seo.not_found.suggesting import suggest
from seo.not_found.visitors import SCANNERS

# Whoever may make a redirect of an address may see that it is needed.
PERMISSION = "wagtailredirects.add_redirect"


class NotFoundFilterSet(WagtailFilterSet):
    """Narrows the list; without a choice, to what is not ignored."""

    asked_by = django_filters.ChoiceFilter(
        label=_("Asked for by"),
        choices=[("readers", _("readers")), ("crawlers", _("crawlers alone"))],
        method="by_whom",
    )
    asked_for = django_filters.ChoiceFilter(
        label=_("Asked for within"),
        choices=[("7", _("a week")), ("30", _("30 days"))],
        method="within",
    )
    is_ignored = django_filters.ChoiceFilter(
        label=_("Ignored"),
        choices=[("no", _("no")), ("yes", _("yes"))],
        method="ignored",
    )

    class Meta:
        model = NotFoundAddress
        fields: list[str] = []

    def by_whom(self, rows: Any, name: str, value: str) -> Any:
        return (
            rows.filter(readers__gt=0) if value == "readers" else rows.filter(readers=0)
        )

    def within(self, rows: Any, name: str, value: str) -> Any:
        first = timezone.localdate() - timedelta(days=int(value) - 1)
        return rows.filter(last_on__gte=first)

    def ignored(self, rows: Any, name: str, value: str) -> Any:
        return rows.filter(is_ignored=value == "yes")


class NotFoundView(PermissionRequiredMixin, ReportView):
    """Lists the addresses, those that most readers have asked for first."""

    model = NotFoundAddress
    permission_required = PERMISSION
    raise_exception = True
    results_template_name = "seo/not_found/results.html"
    page_title = _("Addresses not found")
    header_icon = "link"
    index_url_name = "not_found"
    index_results_url_name = "not_found_results"
    filterset_class = NotFoundFilterSet
    paginate_by = 50
    list_export = ["site", "path", "readers", "crawlers", "last_on", "is_ignored"]
    export_headings = {
        "site": _("Site"),
        "path": _("Address"),
        "readers": _("Readers"),
        "crawlers": _("Crawlers"),
        "last_on": _("Last asked for"),
        "is_ignored": _("Ignored"),
    }

    def get_base_queryset(self) -> Any:
        return rows()

    def get_queryset(self) -> Any:
        self.queryset = rows()
        found = super().get_queryset()
        if not self.request.GET.get("is_ignored"):
            found = found.filter(is_ignored=False)
        return found

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        several = len(Site.get_site_root_paths()) > 1
        context = super().get_context_data(*args, **kwargs)
        return {**context, "several_sites": several}

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer with what this process has counted so far, too."""
        write(at_once=True)
        response: HttpResponse = super().get(request, *args, **kwargs)
        return response

    def decorate_paginated_queryset(self, object_list: Any) -> list[NotFoundAddress]:
        """Add suggestions, and where a redirect is made, to each row on the screen."""
        found = list(object_list)
        if self.is_export:
            return found
        suggested = suggest(found)
        for row in found:
            row.suggestions = [
                (each, redirect_url(row, each.pk)) for each in suggested.get(row.pk, [])
            ]
            # A placeholder stands for many.
            row.redirect_url = "" if "{" in row.path else redirect_url(row)
            row.is_scanners = row.path == SCANNERS
        return found


def rows() -> Any:
    """Return the log with ``readers`` and ``crawlers``, the sums of all days."""
    counted = NotFoundAddress.objects.select_related("site").annotate(
        readers=Coalesce(Sum("days__readers"), 0),
        crawlers=Coalesce(Sum("days__crawlers"), 0),
    )
    return counted.order_by("-readers", "-crawlers", "path", "pk")


def redirect_url(row: NotFoundAddress, page_pk: int | None = None) -> str:
    """Return the address of the form for a redirect, filled in as far as is known."""
    given = {"old_path": row.path, "site": row.site_id, "redirect_page": page_pk}
    query = urlencode({name: value for name, value in given.items() if value})
    return f"{reverse('wagtailredirects:add')}?{query}"


class IgnoreView(PermissionRequiredMixin, View):
    """Ignores an address from now on, or does so no more."""

    permission_required = PERMISSION
    raise_exception = True
    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        row = get_object_or_404(NotFoundAddress, pk=pk)
        ignored = request.POST.get("ignore") == "yes"
        NotFoundAddress.objects.filter(pk=row.pk).update(is_ignored=ignored)
        sentence = (
            _("The address {path} is ignored from now on.")
            if ignored
            else _("The address {path} is ignored no more.")
        )
        messages.success(request, sentence.format(path=row.path))
        return redirect("not_found")


class NotFoundMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(PERMISSION)


def menu_item() -> NotFoundMenuItem:
    return NotFoundMenuItem(
        NotFoundView.page_title,
        reverse_lazy("not_found"),
        icon_name=NotFoundView.header_icon,
        order=1020,
    )


def urlpatterns() -> list[URLPattern]:
    view = NotFoundView
    return [
        path("reports/not-found/", view.as_view(), name="not_found"),
        path(
            "reports/not-found/results/",
            view.as_view(results_only=True),
            name="not_found_results",
        ),
        path(
            "reports/not-found/<int:pk>/ignore/",
            IgnoreView.as_view(),
            name="ignore_not_found",
        ),
    ]
