"""The list of applications in the admin; nobody can add or change one there."""

from typing import Any

from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.generic import DeleteView, IndexView
from wagtail.admin.viewsets.model import ModelViewSet

from applications.admissions.views import InspectApplicationView, StatusView
from applications.models.applications import Application


class ApplicationIndexView(IndexView):
    """The list: numbers, dates and status, no answers."""

    any_permission_required = ["view"]
    permission_required = "view"
    FORMATS: tuple[str, ...] = ()  # an address with ?export= shows the list

    def get_base_queryset(self) -> Any:
        return super().get_base_queryset().select_related("definition__page")


class ApplicationDeleteView(DeleteView):
    """Deletes an application with its answers, and says in the log who did."""

    def get_usage(self) -> None:
        return None


class ApplicationViewSet(ModelViewSet):
    """Lists, shows and files applications; registers no address to add or edit one."""

    model = Application
    name = "application"
    url_prefix = "applications"
    icon = "form"
    menu_order = 150
    add_to_admin_menu = True
    add_to_reference_index = False
    inspect_view_enabled = True
    copy_view_enabled = False
    form_fields: list[str] = []
    list_display = [
        "reference",
        Column("form", label=_("Form"), accessor="definition.page.title"),
        DateColumn("submitted_at", label=_("Received"), sort_key="submitted_at"),
        "status",
    ]
    list_filter = ["status"]
    list_export: list[str] = []
    search_fields = ["reference"]
    ordering = ["-submitted_at"]
    index_view_class = ApplicationIndexView
    inspect_view_class = InspectApplicationView
    delete_view_class = ApplicationDeleteView
    inspect_template_name = "applications/admin/inspect.html"

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        view_kwargs: dict[str, Any] = super().get_common_view_kwargs(**kwargs)
        return view_kwargs | {
            "add_url_name": None,
            "edit_url_name": None,
            "history_url_name": None,
            "usage_url_name": None,
        }

    @property
    def status_view(self) -> Any:
        return self.construct_view(
            StatusView,
            model=self.model,
            permission_policy=self.permission_policy,
            inspect_url_name=self.get_url_name("inspect"),
        )

    def get_urlpatterns(self) -> list[Any]:
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("inspect/<uuid:pk>/", self.inspect_view, name="inspect"),
            path("status/<uuid:pk>/", self.status_view, name="status"),
            path("delete/<uuid:pk>/", self.delete_view, name="delete"),
        ]

    def register_admin_url_finder(self) -> None:
        """Register none: there is no address to edit an application at."""
