"""The admin's report on changes of metadata, and their line in a page's history."""

from typing import Any

import django_filters
from django.contrib.auth import get_user_model
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse, reverse_lazy
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.models import PageLogEntry
from wagtail.permissions import page_permission_policy

from seo.metadata import changes
from seo.metadata.fields import LOGGED, label
from seo.metadata.patterns_form import page_types

_PERMISSIONS = ["change", "publish"]


def field_label(entry: Any) -> str:
    """Return what staff know the changed field by."""
    name = entry.data.get("field", "")
    page_type = entry.content_type.model_class() if entry.content_type else None
    return label(page_type, name) if page_type else name


def shown(value: Any) -> str:
    """Return a value of a field in words."""
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    return "" if value is None else str(value)


class ChangeFormatter(LogFormatter):
    """A change of metadata, in a page's history."""

    label = _("Change metadata")

    def format_message(self, log_entry: Any) -> str:
        if "field" not in log_entry.data:
            return gettext("Changed metadata")  # whose words were erased
        return gettext("{field}: from “{before}” to “{after}”").format(
            field=field_label(log_entry),
            before=shown(log_entry.data.get("before")),
            after=shown(log_entry.data.get("after")),
        )


def _choices() -> list[tuple[str, str]]:
    labels: dict[str, str] = {}
    for page_type in page_types():
        for name in LOGGED:
            labels.setdefault(name, label(page_type, name))
    return list(labels.items())


class ChangeFilterSet(WagtailFilterSet):
    label = django_filters.CharFilter(label=_("Page"), lookup_expr="icontains")
    field = django_filters.ChoiceFilter(
        label=_("Field"), choices=_choices, field_name="data__field"
    )
    user = django_filters.ModelChoiceFilter(
        label=_("User"),
        queryset=lambda request: get_user_model().objects.filter(
            pk__in=changes.entries().order_by().values("user").distinct()
        ),
    )
    timestamp = django_filters.DateFromToRangeFilter(
        label=_("Date"), widget=DateRangePickerWidget
    )

    class Meta:
        model = PageLogEntry
        fields: list[str] = []


class MetadataChangesView(ReportView):
    """Lists who changed what search engines and social media get, newest first."""

    model = PageLogEntry
    permission_policy = page_permission_policy
    any_permission_required = _PERMISSIONS
    page_title = _("Changes of metadata")
    header_icon = "history"
    index_url_name = "metadata_changes"
    index_results_url_name = "metadata_changes_results"
    filterset_class = ChangeFilterSet
    is_searchable = False
    list_export = [
        "timestamp",
        "label",
        "page_id",
        "data.field",
        "data.before",
        "data.after",
        "user_display_name",
    ]
    export_headings = {
        "timestamp": _("Date/Time"),
        "label": _("Page"),
        "page_id": _("ID"),
        "data.field": _("Field"),
        "data.before": _("Before"),
        "data.after": _("After"),
        "user_display_name": _("User"),
    }

    @cached_property
    def columns(self) -> list[Column]:
        return [
            TitleColumn(
                "label",
                label=_("Page"),
                get_url=lambda entry: reverse(
                    "wagtailadmin_pages:history", args=[entry.page_id]
                ),
            ),
            Column("field", label=_("Field"), accessor=field_label),
            Column(
                "before",
                label=_("Before"),
                accessor=lambda entry: shown(entry.data["before"]),
            ),
            Column(
                "after",
                label=_("After"),
                accessor=lambda entry: shown(entry.data["after"]),
            ),
            Column("user", label=_("User"), accessor="user_display_name"),
            DateColumn("timestamp", label=_("Date")),
        ]

    def get_queryset(self) -> Any:
        """Return the changes of pages that the user may see, but for erased words."""
        viewable = PageLogEntry.objects.viewable_by_user(self.request.user)
        found = viewable.filter(action=changes.CHANGED, data__has_key="field")
        return found.select_related("user", "content_type").order_by("-pk")


class MetadataChangesMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(
            page_permission_policy.user_has_any_permission(request.user, _PERMISSIONS)
        )


def menu_item() -> MetadataChangesMenuItem:
    return MetadataChangesMenuItem(
        MetadataChangesView.page_title,
        reverse_lazy(MetadataChangesView.index_url_name),
        icon_name=MetadataChangesView.header_icon,
        order=1020,
    )


def urlpatterns() -> list[URLPattern]:
    view = MetadataChangesView
    return [
        path("reports/metadata/", view.as_view(), name=view.index_url_name),
        path(
            "reports/metadata/results/",
            view.as_view(results_only=True),
            name=view.index_results_url_name,
        ),
    ]


def register_action(actions: LogActionRegistry) -> None:
    actions.register_action(changes.CHANGED)(ChangeFormatter)
