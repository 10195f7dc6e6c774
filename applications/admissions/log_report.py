"""The report on who looked at applications, by person and by application."""

from typing import Any
from uuid import UUID

import django_filters
from django.db.models import QuerySet
from django.forms import HiddenInput
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic.history import HistoryFilterSet
from wagtail.admin.views.reports import ReportView
from wagtail.permission_policies import ModelPermissionPolicy

from applications.admissions.rights import Right, applications_where
from applications.models.log_entries import ApplicationLogEntry
from core.views.private import keep_private

PERMISSION = "applications.view_applicationlogentry"


class LogFilterSet(HistoryFilterSet):
    """By what was done, by whom, when, and to which application."""

    label = django_filters.CharFilter(
        label=_("Reference number"), lookup_expr="icontains"
    )
    # Set by the link at an application.
    application = django_filters.UUIDFilter(
        field_name="object_id", label=_("Application"), widget=HiddenInput
    )

    class Meta:
        model = ApplicationLogEntry
        fields: list[str] = []


class ApplicationLogView(ReportView):
    """Lists what was done with applications, the latest first; nothing changes it."""

    model = ApplicationLogEntry
    permission_policy = ModelPermissionPolicy(ApplicationLogEntry)
    permission_required = "view"
    http_method_names = ["get", "head"]
    page_title = _("Who looked at applications")
    header_icon = "history"
    index_url_name = "application_log"
    index_results_url_name = "application_log_results"
    filterset_class = LogFilterSet
    default_ordering = "-number"
    is_searchable = False
    FORMATS: tuple[str, ...] = ()  # an address with ?export= shows the list
    columns = [
        Column("number", label=_("Number")),
        Column("timestamp", label=_("When")),
        Column("person", label=_("Who")),
        Column("message", label=_("What")),
        TitleColumn(
            "label", label=_("Of what"), get_url=lambda entry: entry.address or None
        ),
    ]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return keep_private(super().get(request, *args, **kwargs))

    def get_queryset(self) -> "QuerySet[ApplicationLogEntry]":
        entries = ApplicationLogEntry.objects.order_by("-number")
        return entries.prefetch_related("user", "content_type")

    def decorate_paginated_queryset(self, object_list: Any) -> Any:
        """Give each entry the address of its application, if one may see that."""
        entries = list(object_list)
        pks = {pk for entry in entries if (pk := _application_pk(entry))}
        visible = applications_where(self.request.user, Right.SEE)
        found = set(visible.filter(pk__in=pks).values_list("pk", flat=True))
        for entry in entries:
            entry.person = entry.user_display_name
            entry.address = (
                reverse("application:inspect", args=[entry.object_id])
                if _application_pk(entry) in found
                else ""
            )
        return entries


def _application_pk(entry: ApplicationLogEntry) -> UUID | None:
    try:
        return UUID(entry.object_id)
    except ValueError:
        return None  # the number of a form, or something forged


class LogMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(PERMISSION)


menu_item = LogMenuItem(
    ApplicationLogView.page_title,
    reverse_lazy(ApplicationLogView.index_url_name),
    icon_name=ApplicationLogView.header_icon,
    order=985,
)


def urlpatterns() -> list[URLPattern]:
    view = ApplicationLogView
    return [
        path("reports/applications/", view.as_view(), name=view.index_url_name),
        path(
            "reports/applications/results/",
            view.as_view(results_only=True),
            name=view.index_results_url_name,
        ),
    ]
